import type { Stack } from "./clean-stack";

/** Arguments of maps and objects, which HCL does not write as nested blocks. */
const VALUES = new Set(["environment_variables", "tags", "environment", "lifecycle_configuration", "entries"]);

/** Writes a stack in Terraform's native language, with policies as `jsonencode` has them. */
export function inHcl(stack: Stack): string {
  const labelled = (keyword: string, blocks: Record<string, Record<string, unknown>>): string =>
    Object.entries(blocks)
      .flatMap(([type, named]) =>
        Object.entries(named).map(([name, body]) => `${keyword} "${type}" "${name}" ${block(body)}\n`),
      )
      .join("\n");
  const single = (keyword: string, blocks: Record<string, unknown>): string =>
    Object.entries(blocks)
      .flatMap(([name, bodies]) => [bodies].flat().map((body) => `${keyword} "${name}" ${block(body)}\n`))
      .join("\n");
  const { data, provider, resource, output } = stack;
  return [
    single("provider", provider),
    labelled("data", data as Record<string, Record<string, unknown>>),
    labelled("resource", resource),
    single("output", output),
  ].join("\n");
}

function block(body: unknown): string {
  return `{\n${Object.entries(body as object)
    .map(([name, value]) => member(name, value))
    .join("")}}`;
}

function member(name: string, value: unknown): string {
  if (name === "//") return "";
  if (name === "depends_on") return `${name} = [${(value as string[]).join(", ")}]\n`;
  if (name === "provider") return `${name} = ${String(value).replace(/^\$\{|\}$/g, "")}\n`;
  if (name === "provisioner") return provisioners(value);
  const blocks = [value].flat();
  const isBlock =
    !VALUES.has(name) && blocks.length > 0 && blocks.every((each) => typeof each === "object" && each !== null);
  return isBlock ? blocks.map((each) => `${name} ${block(each)}\n`).join("") : `${name} = ${expression(value)}\n`;
}

function provisioners(value: unknown): string {
  return [value]
    .flat()
    .flatMap((each) => Object.entries(each as object))
    .flatMap(([type, bodies]) => [bodies].flat().map((body) => `provisioner "${type}" ${block(body)}\n`))
    .join("");
}

function expression(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{\n${Object.entries(value)
      .map(([name, each]) => `${JSON.stringify(name)} = ${expression(each)}\n`)
      .join("")}}`;
  }
  if (typeof value !== "string") return String(value);
  const [, whole] = /^\$\{([^{}]*)\}$/.exec(value) ?? [];
  if (whole !== undefined) return whole;
  return value.startsWith("{") && isJson(value) ? `jsonencode(${expression(JSON.parse(value))})` : quoted(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A string in which what stands between `${` and `}` is an expression. */
function quoted(text: string): string {
  const parts = text.split(/(\$\{[^}]*\})/);
  return `"${parts.map((part, index) => (index % 2 === 0 ? JSON.stringify(part).slice(1, -1) : part)).join("")}"`;
}
