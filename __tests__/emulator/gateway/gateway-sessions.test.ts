import { ManualClock } from "../../../emulator";
import type { Environment } from "../../../emulator/cloud/environment";
import { GatewaySessions, MOST_SESSIONS } from "../../../emulator/cloud/gateway/gateway-sessions";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { Random } from "../../../emulator/cloud/random";

const ann = { claims: { sub: "ann" } };
const environment = { clock: new ManualClock(0), random: new Random("sessions") } as unknown as Environment;
const sessions = new GatewaySessions(environment);
const gateway = {} as Gateway;
const open = (at = gateway) => sessions.open(at, ann, 3_600, {});

test("a gateway keeps so many sessions and no more: the oldest ends, with the calls under way in it", () => {
  const elsewhere = {} as Gateway;
  const other = open(elsewhere);
  const [oldest, second] = [open(), open()];
  const { signal } = oldest.begin(1);
  for (let count = 2; count < MOST_SESSIONS; count++) open();
  expect(sessions.find(gateway, oldest.id, ann)).toBe(oldest);

  const newest = open();
  expect(() => sessions.find(gateway, oldest.id, ann)).toThrow("Session not found");
  expect(signal.aborted).toBe(true);
  expect(sessions.find(gateway, second.id, ann)).toBe(second);
  expect(sessions.find(gateway, newest.id, ann)).toBe(newest);
  expect(sessions.find(elsewhere, other.id, ann)).toBe(other);
});
