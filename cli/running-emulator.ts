import { EMULATOR_PATH } from "../emulator/address";
import { CommandFailure } from "./errors";
import type { Outputs } from "./terraform-output";

/** An emulator answers in milliseconds; what takes longer is something else. */
const ANSWER_MS = 5_000;

/** The outputs of the stack that the emulator at this port runs. @throws CommandFailure where no emulator answers */
export async function fetchOutputs(port: number): Promise<Outputs> {
  const url = `http://127.0.0.1:${port}${EMULATOR_PATH}/outputs`;
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  } catch {
    throw new CommandFailure(
      `No emulator answers on port ${port}: start one with npm start, or name its port with --port.`,
    );
  }
  if (response.status === 503)
    throw new CommandFailure(`The emulator on port ${port} is still deploying its stack: try again in a moment.`);
  const outputs: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (typeof outputs !== "object" || outputs === null) {
    throw new CommandFailure(`What listens on port ${port} is no emulator: it answered ${response.status} to ${url}.`);
  }
  return outputs as Outputs;
}
