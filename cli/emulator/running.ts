import { z } from "zod";

import type { TerraformOutput } from "../../emulator";
import { EMULATOR_PATH } from "../../emulator/address";
import { CommandFailure, noEmulator } from "../errors";

export type Outputs = Readonly<Record<string, TerraformOutput>>;

/** An emulator answers in milliseconds; what takes longer is something else. */
const ANSWER_MS = 5_000;

const system = z.object({
  endpoints: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      authorizerType: z.string(),
      httpTargets: z.array(z.unknown()).optional(),
      leftOut: z.array(z.object({ target: z.string(), reason: z.string() })),
      signIn: z.array(z.object({ clientId: z.string(), userPoolId: z.string() })),
    }),
  ),
});

export type EmulatedGateway = z.infer<typeof system>["endpoints"][number];

/** The gateways of the emulator at this origin that speak MCP, or all where none does; none where it cannot be told. */
export async function fetchGateways(origin: string): Promise<readonly EmulatedGateway[]> {
  const response = await fetch(`${origin}${EMULATOR_PATH}/system`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const answer = system.safeParse(response.ok ? await response.json() : undefined);
  const { endpoints = [] } = answer.data ?? {};
  const speakMcp = endpoints.filter(({ httpTargets }) => httpTargets === undefined);
  return speakMcp.length > 0 ? speakMcp : endpoints;
}

/** The targets of an emulated gateway that are not there, and why; none where it cannot be told. */
export async function fetchLeftOut(gateway: URL): Promise<EmulatedGateway["leftOut"]> {
  const gateways = await fetchGateways(gateway.origin);
  return gateways.find(({ url }) => url === gateway.href)?.leftOut ?? [];
}

/** The outputs of the stack that the emulator at this port runs. @throws CommandFailure where no emulator answers */
export async function fetchOutputs(port: number): Promise<Outputs> {
  const url = `http://127.0.0.1:${port}${EMULATOR_PATH}/outputs`;
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  } catch {
    throw noEmulator(port);
  }
  if (response.status === 503) {
    throw new CommandFailure(`The emulator on port ${port} is still deploying its stack: try again in a moment.`);
  }
  const outputs: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (typeof outputs !== "object" || outputs === null) {
    throw new CommandFailure(`What listens on port ${port} is no emulator: it answered ${response.status} to ${url}.`);
  }
  return outputs as Outputs;
}

const account = z.object({ region: z.string() });

/** The emulator at this port; undefined where nothing listens. @throws CommandFailure where something else does */
export async function findEmulator(port: number): Promise<{ readonly region: string } | undefined> {
  const url = `http://127.0.0.1:${port}${EMULATOR_PATH}/system`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  if (!response) return undefined;
  const answer = account.safeParse(response.ok ? await response.json().catch(() => undefined) : undefined);
  if (!answer.success) {
    throw new CommandFailure(
      `What listens on port ${port} is no emulator: it answered ${response.status} to ${url}; name another port with --port.`,
    );
  }
  return answer.data;
}
