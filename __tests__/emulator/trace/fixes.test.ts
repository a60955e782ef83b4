import type { Hop } from "../../../emulator/trace/call";
import { ManualClock } from "../../../emulator";
import { fixFor, openName } from "../../../emulator/trace/fixes";
import { Tracer } from "../../../emulator/trace/tracer";

const hop = (changes: Partial<Hop>): Hop => ({ name: "", depth: 0, offset: 0, checks: [], ...changes });
const refused = (name: string, evidence = {}) => ({ name, passed: false, ...evidence });

test("is known for every name that a hop and a check can have, or left out for a reason", () => {
  const tracer = new Tracer(new ManualClock(0));
  // @ts-expect-error -- a misspelt hop
  tracer.hop({ name: "tokn vault" }, () => undefined);
  tracer.hop({ name: "token endpoint" }, (recorder) => {
    // @ts-expect-error -- a misspelt check
    recorder.check("scop", false);
    // @ts-expect-error -- a check of another hop
    recorder.check("iss", false);
    // @ts-expect-error -- a name from elsewhere, where no fix is for all of them
    recorder.check(openName("anything"), false);
  });
  tracer.hop({ name: "user pool" }, (recorder) => recorder.check(openName("AdminGetUser"), false));
  expect(tracer.calls().map(({ hops }) => hops[0]?.fix)).toEqual([undefined, undefined, undefined]);
});

test("fills in what was expected and what was there", () => {
  const checks = [{ name: "iss", passed: true }, refused("client_id", { expected: "one", actual: "another" })];
  expect(fixFor(hop({ name: "runtime authorizer", checks }))).toContain("the token is of client another");
});

test("takes evidence literally, also where it looks like a pattern", () => {
  const checks = [refused("scope", { expected: "$& {actual}", actual: "$1" })];
  expect(fixFor(hop({ name: "gateway authorizer", checks }))).toContain("$& $1");
});

test.each([
  ["a code that was asked for without a scope", "scope of the code", /^Send scope in the authorization request/],
  ["a machine's scope", "scope", /of the M2M client/],
])("tells apart %s", (_, name, fix) => {
  expect(fixFor(hop({ name: "token endpoint", checks: [refused(name)] }))).toMatch(fix);
});

test("fills in nothing where no check tells what was expected", () => {
  expect(fixFor(hop({ name: "gateway authorizer", failure: "broken" }))).toBeUndefined();
});

test("knows what to do about a function that fails, which no check tells", () => {
  expect(fixFor(hop({ name: "Lambda function", failure: "ended with exit code 1" }))).toContain("the emulator's log");
});

test.each([
  ["an unknown check", hop({ name: "token vault", checks: [refused("something new")] })],
  ["an unknown hop", hop({ name: "something new", checks: [refused("iss")] })],
])("fails to find a fix for %s", (_, unknown) => {
  expect(fixFor(unknown)).toBeUndefined();
});
