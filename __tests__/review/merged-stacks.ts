import { cleanStack, type Json, type Stack } from "./clean-stack";
import type { Mistake } from "./mistakes";

const REFERENCE = /(?<![.\w])((?:aws|terraform)_[a-z0-9_]+)\.([a-z_]+)\b/g;

/** A stack of its own for each mistake, all in one configuration, so that terraform plans them at once. */
export function mergedStacks(mistakes: readonly Mistake[]): Stack {
  const merged: Stack = { ...cleanStack(), resource: {}, output: {} };
  mistakes.forEach((mistake, index) => {
    const stack = cleanStack();
    mistake.bend(stack);
    addStack(merged, JSON.parse(JSON.stringify(stack).replace(REFERENCE, `$1.$2_${index}`)) as Stack, index);
  });
  return merged;
}

function addStack(merged: Stack, stack: Stack, index: number): void {
  for (const [type, resources] of Object.entries(stack.resource)) {
    merged.resource[type] ??= {};
    for (const [name, resource] of Object.entries(resources)) {
      Object.assign(merged.resource[type] ?? {}, { [`${name}_${index}`]: resource });
    }
  }
  for (const [name, output] of Object.entries(stack.output)) merged.output[`${name}_${index}`] = output;
}

/** The address that a mistake's resource has in the merged configuration. */
export function mergedAddress(address: string, index: number): string {
  return `${address}_${index}`;
}

/** Which of the merged stacks an address belongs to. */
export function stackIndex(address: string): number {
  return Number(/_(\d+)(?:\[.*\])?$/.exec(address)?.[1]);
}

const MAPS = new Set(["environment_variables", "environment"]);

/** The same configuration in Terraform's native language. */
export function toHcl({ provider, data, resource, output }: Stack): string {
  return [
    ...Object.entries(provider).map(([name, body]) => hclBlock(`provider "${name}"`, body as Json)),
    ...labelled("data", data as Record<string, Record<string, Json>>),
    ...labelled("resource", resource),
    ...Object.entries(output).map(([name, body]) => hclBlock(`output "${name}"`, body)),
  ].join("\n");
}

function labelled(keyword: string, blocks: Record<string, Record<string, Json>>): string[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => hclBlock(`${keyword} "${type}" "${name}"`, body)),
  );
}

function hclBlock(header: string, body: Json): string {
  return `${header} {\n${Object.entries(body)
    .map(([name, value]) => hclMember(name, value))
    .join("")}}\n`;
}

function hclMember(name: string, value: unknown): string {
  if (name === "provisioner") {
    return hclBlock('provisioner "local-exec"', (value as { "local-exec": Json }[])[0]?.["local-exec"] ?? {});
  }
  if (name === "depends_on") return `depends_on = [${(value as string[]).join(", ")}]\n`;
  if (name === "lifecycle_configuration" || MAPS.has(name) || !isBlock(value)) return `${name} = ${hclValue(value)}\n`;
  return [value]
    .flat()
    .map((body) => hclBlock(name, body as Json))
    .join("");
}

function isBlock(value: unknown): boolean {
  const [first] = [value].flat();
  return typeof first === "object" && first !== null;
}

/** JSON's strings are HCL's; a text that is one interpolation is written bare, as people do. */
function hclValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hclValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, item]) => `${name} = ${hclValue(item)}`)
      .join(", ")}}`;
  }
  const bare = typeof value === "string" ? /^\$\{([^{}]*)\}$/.exec(value)?.[1] : undefined;
  return bare ?? JSON.stringify(value);
}
