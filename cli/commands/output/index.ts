// cli/commands/output/: a stack's outputs as terraform prints them.
import { fetchOutputs, type Outputs } from "../../emulator/running";
import { CommandFailure, UsageError } from "../../errors";
import { parseParameters, parsePort } from "../../parameters";
import { legible } from "../../terminal";
import { outputsAsJson, outputsAsText, unknownOutputs, valueAsText } from "./terraform-output";

interface Format {
  readonly raw: boolean;
  readonly json: boolean;
}

/** `terraform output` for the running emulator: the same options, the same text. */
export async function output(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters.map(spellOut), {
    raw: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    port: { type: "string" },
  });
  const [name, ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one output, not ${positionals.length}.`);
  if (values.raw && values.json) throw new UsageError("-raw and -json exclude each other.");
  if (values.raw && name === undefined) throw new UsageError("-raw needs the name of an output.");

  const outputs = await fetchOutputs(parsePort(values.port));
  process.stdout.write(name === undefined ? describeAll(outputs, values) : describe(outputs, name, values));
  if (name === undefined) tellUnknown(outputs);
}

function tellUnknown(outputs: Outputs): void {
  const unknown = unknownOutputs(outputs).sort();
  const leftOut = unknown.filter((name) => outputs[name]?.reason !== undefined);
  const notReached = unknown.filter((name) => !leftOut.includes(name));
  if (notReached.length > 0) {
    process.stderr.write(`Unknown, since the deployment failed before it knew them: ${notReached.join(", ")}.\n`);
  }
  for (const name of leftOut) process.stderr.write(`${name} is left out: ${legible(outputs[name]?.reason ?? "")}\n`);
}

/** Terraform's options have one hyphen. */
function spellOut(parameter: string): string {
  return /^-(raw|json)$/.test(parameter) ? `-${parameter}` : parameter;
}

function describeAll(outputs: Outputs, { json }: Format): string {
  return json ? outputsAsJson(outputs) : legible(outputsAsText(outputs));
}

function describe(outputs: Outputs, name: string, { raw, json }: Format): string {
  if (unknownOutputs(outputs).includes(name)) {
    const reason = outputs[name]?.reason;
    throw new CommandFailure(
      reason === undefined
        ? `The output '${name}' is unknown: the deployment failed before it knew it.`
        : `The output '${name}' is left out: ${reason}`,
    );
  }
  const value: unknown = Object.hasOwn(outputs, name) ? outputs[name]?.value : undefined;
  if (value === undefined || value === null) {
    const known = Object.keys(outputs).join(", ") || "none";
    throw new CommandFailure(`The output '${name}' is not there: the stack's outputs are ${known}.`);
  }
  if (json) return `${JSON.stringify(value)}\n`;
  if (!raw) return `${legible(valueAsText(value))}\n`;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new CommandFailure(`The output '${name}' is no string, number or boolean: use -json instead of -raw.`);
}
