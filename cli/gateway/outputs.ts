import { readFileSync } from "node:fs";
import { z } from "zod";

import { isLoopback } from "../../emulator/address";
import { parseJson } from "../../targets/json";
import { type EmulatedGateway, fetchGateways, fetchOutputs, type Outputs } from "../emulator/running";
import { CommandFailure, systemCode, UsageError } from "../errors";
import { parsePort } from "../parameters";

const outputsFile = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }));

/** The outputs by which a gateway is found and called: those that the article's session starts from. */
export const ARTICLE_OUTPUTS = ["inbound_user_pool_id", "inbound_client_id", "gateway_url"] as const;

interface Sources {
  readonly port?: string | undefined;
  readonly outputs?: string | undefined;
  readonly gateway?: string | undefined;
}

/**
 * The outputs of the stack that the emulator at a port runs, or those in a file. What a stack does not put out, its
 * emulator knows.
 *
 * @throws UsageError, CommandFailure
 */
export async function readOutputs({ port, outputs, gateway }: Sources): Promise<Outputs> {
  if (outputs === undefined) return outputsOfEmulator(parsePort(port), gateway);
  if (port !== undefined) throw new UsageError("--port names an emulator and --outputs a file: give one of them.");
  if (gateway !== undefined) throw new UsageError("--gateway names one of an emulator's, not one of --outputs.");
  return readOutputsFile(outputs);
}

async function outputsOfEmulator(port: number, named: string | undefined): Promise<Outputs> {
  const outputs = await fetchOutputs(port);
  const isWhole = ARTICLE_OUTPUTS.every((name) => outputNamed(outputs, name) !== undefined);
  if (named === undefined && isWhole) return outputs;
  const gateways = await fetchGateways(`http://127.0.0.1:${port}`);
  const url = outputs[outputNamed(outputs, "gateway_url") ?? ""]?.value;
  if (named !== undefined || url === undefined) return outputsOf(oneOf(gateways, named));
  const gateway = gateways.find((each) => each.url === url);
  const known = Object.entries(gateway ? outputsOf(gateway) : {});
  return { ...Object.fromEntries(known.filter(([name]) => outputNamed(outputs, name) === undefined)), ...outputs };
}

/** @throws CommandFailure */
function oneOf(gateways: readonly EmulatedGateway[], named: string | undefined): EmulatedGateway {
  const [found, ...others] = gateways.filter(({ name }) => named === undefined || name === named);
  if (found && others.length === 0) return found;
  if (gateways.length === 0) throw new CommandFailure("The stack has no gateway.");
  const names = gateways.map(({ name }) => name).join(", ");
  throw new CommandFailure(
    named === undefined
      ? `The stack has no output gateway_url, and its gateways are ${names}: name one with --gateway.`
      : `The stack's gateways are ${names}: '${named}' names ${found ? "several" : "none"} of them.`,
  );
}

interface CallableGateway {
  readonly url: string;
  readonly authorizerType: string;
  /** Clients that sign users in, those that the gateway lets in first. */
  readonly signIn: readonly { readonly clientId: string; readonly userPoolId: string }[];
}

/** What a stack could put out of a gateway and of a pool whose users it lets in. */
export function outputsOf({ url, authorizerType, signIn: [client] }: CallableGateway): Outputs {
  const values = {
    gateway_url: url,
    ...(client &&
      authorizerType === "CUSTOM_JWT" && {
        inbound_user_pool_id: client.userPoolId,
        inbound_client_id: client.clientId,
      }),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, sensitive: false }]));
}

/** @throws CommandFailure for a URL to which nobody should show who he is */
export function gatewayUrl(outputs: Outputs): URL {
  const text = textOutput(outputs, "gateway_url");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && !isLoopback(url))) {
    throw new CommandFailure(`The output gateway_url is '${text}': a token is sent to an https URL only.`);
  }
  return url;
}

/** The stack's output for one of the article's: of that name, or the only one whose name ends in it. */
export function outputNamed(outputs: Outputs, name: string): string | undefined {
  const [found, ...others] = outputsNamed(outputs, name);
  return others.length === 0 ? found : undefined;
}

function outputsNamed(outputs: Outputs, name: string): string[] {
  return Object.hasOwn(outputs, name) ? [name] : Object.keys(outputs).filter((each) => each.endsWith(`_${name}`));
}

/** @throws CommandFailure */
export function textOutput(outputs: Outputs, name: string): string {
  const found = outputs[outputNamed(outputs, name) ?? name]?.value;
  if (typeof found === "string") return found;
  const several = outputsNamed(outputs, name);
  if (several.length > 1) {
    throw new CommandFailure(
      `The stack has several gateways (${several.join(", ")}): hand the outputs of one to --outputs, under the name ${name}.`,
    );
  }
  throw new CommandFailure(
    `The stack has no output ${name}: the gateway is found by gateway_url, its users by inbound_user_pool_id and inbound_client_id.`,
  );
}

function readOutputsFile(path: string): Outputs {
  const name = path === "-" ? "Standard input" : path;
  let text: string;
  try {
    text = readFileSync(path === "-" ? process.stdin.fd : path, "utf8");
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${systemCode(error)}.`);
  }
  const parsed = outputsFile.safeParse(parseJson(text));
  if (!parsed.success) throw new UsageError(`${name} is not what 'terraform output -json' prints.`);
  return parsed.data;
}
