import { readFileSync } from "node:fs";
import { z } from "zod";

import { isLoopback } from "../../emulator/address";
import { parseJson } from "../../targets/json";
import { fetchOutputs, type Outputs } from "../emulator/running";
import { CommandFailure, systemCode, UsageError } from "../errors";
import { parsePort } from "../parameters";

const outputsFile = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().default(false) }));

/** The outputs of the stack that the emulator at a port runs, or those in a file. @throws UsageError, CommandFailure */
export async function readOutputs({
  port,
  outputs,
}: {
  port?: string | undefined;
  outputs?: string | undefined;
}): Promise<Outputs> {
  if (outputs === undefined) return fetchOutputs(parsePort(port));
  if (port !== undefined) throw new UsageError("--port names an emulator and --outputs a file: give one of them.");
  return readOutputsFile(outputs);
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
