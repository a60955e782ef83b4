import type { TerraformOutput } from "../../emulator";
import { DEFAULT_PORT, EMULATOR_PATH } from "../../emulator/address";
import { CommandFailure, UsageError } from "../errors";
import { parseParameters, parsePort } from "../parameters";

type Outputs = Record<string, TerraformOutput>;

/** `terraform output` for the running emulator: the same options, the same text. */
export async function output(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters.map(spellOut), {
    raw: { type: "boolean" },
    json: { type: "boolean" },
    port: { type: "string" },
  });
  const [name, ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one output, not ${positionals.length}.`);
  if (values.raw && name === undefined) throw new UsageError("-raw needs the name of an output.");

  const outputs = await fetchOutputs(parsePort(values.port, DEFAULT_PORT));
  process.stdout.write(name === undefined ? describeAll(outputs, values.json) : describe(outputs, name, values));
}

/** Terraform's options have one hyphen. */
function spellOut(parameter: string): string {
  return /^-(raw|json)$/.test(parameter) ? `-${parameter}` : parameter;
}

async function fetchOutputs(port: number): Promise<Outputs> {
  const url = `http://127.0.0.1:${port}${EMULATOR_PATH}/outputs`;
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new CommandFailure(`No emulator answers on port ${port}: start one with npm start, or name its port with --port.`);
  }
  if (!response.ok) throw new CommandFailure(`What listens on port ${port} is no emulator: it answered ${response.status} to ${url}.`);
  return (await response.json()) as Outputs;
}

function describeAll(outputs: Outputs, asJson = false): string {
  if (asJson) return `${JSON.stringify(outputs, undefined, 2)}\n`;
  return Object.entries(outputs)
    .map(([name, { value, sensitive }]) => `${name} = ${sensitive ? "<sensitive>" : JSON.stringify(value)}\n`)
    .join("");
}

function describe(outputs: Outputs, name: string, { raw = false }: { raw?: boolean }): string {
  const found = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (!found) {
    const known = Object.keys(outputs).join(", ") || "none";
    throw new CommandFailure(`The output '${name}' is not declared: the stack's outputs are ${known}.`);
  }
  if (!raw) return `${JSON.stringify(found.value)}\n`;
  const { value } = found;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new CommandFailure(`The output '${name}' is no string, number or boolean: use -json.`);
  }
  return String(value);
}
