import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");
/** Two tools in modules behind one gateway, in HCL, with terraform's own plan of them. */
const MODULES = join(repository, "__tests__/review/modules");
const ARTICLE = join(repository, "__tests__/review/article");

interface Resource {
  readonly address: string;
  readonly index?: string;
}
interface Plan {
  planned_values: {
    root_module: { resources: Resource[]; child_modules: { address: string; resources: Resource[] }[] };
  };
  resource_changes: Resource[];
}

/** The article's system in plain HCL, without its plans. */
export function articleIn(folder: string): string {
  const path = join(folder, "article");
  cpSync(ARTICLE, path, { recursive: true, filter: (file) => !file.endsWith(".json") });
  return path;
}

/** A tree of modules with a call for each target: `for_each` over modules and over targets. */
export function modulesIn(folder: string, targets: number): string {
  const path = join(folder, `modules-${targets}`);
  cpSync(MODULES, path, { recursive: true, filter: (file) => !file.endsWith(".json") });
  const main = readFileSync(join(path, "main.tf"), "utf8");
  const tools = keysOf(targets).map((key) => `    ${key} = "MCP"\n`);
  const repeated = main.replace('{ search = "MCP", report = "HTTP" }', `{\n${tools.join("")}  }`);
  if (repeated === main) throw new Error("The modules name their tools in another way.");
  writeFileSync(join(path, "main.tf"), repeated);
  return path;
}

/** The plan of the same. */
export function planIn(folder: string, targets: number): string {
  const template = JSON.parse(readFileSync(join(MODULES, "plan.json"), "utf8")) as Plan;
  const keys = keysOf(targets);
  const { root_module: root } = template.planned_values;
  const planned = {
    root_module: { resources: repeated(root.resources, keys), child_modules: repeated(root.child_modules, keys) },
  };
  const plan = { ...template, planned_values: planned, resource_changes: repeated(template.resource_changes, keys) };
  const path = join(folder, `plan-${targets}.json`);
  writeFileSync(path, JSON.stringify(plan));
  return path;
}

/** A stack of CDK for Terraform, 125 targets to a gateway. */
export function stackIn(folder: string, targets: number): string {
  const path = join(folder, `stack-${targets}`);
  const program = join(__dirname, "../synth/programs/many-targets.cjs");
  execFileSync(process.execPath, [program, String(targets), String(targets / 125)], {
    env: { ...process.env, CDKTF_OUTDIR: path },
    stdio: "ignore",
  });
  return join(path, "stacks/many-targets/cdk.tf.json");
}

function keysOf(targets: number): string[] {
  return Array.from({ length: targets }, (_, index) => `tool${index}`);
}

/** The same object for another tool. */
function renamed<T>(value: T, key: string): T {
  return JSON.parse(
    JSON.stringify(value).replaceAll('[\\"search\\"]', `[\\"${key}\\"]`).replaceAll('"search"', `"${key}"`),
  ) as T;
}

/** Everything of the tool "search" once for each key; the other tool and the rest once. */
function repeated<T extends { readonly address: string }>(all: readonly T[], keys: readonly string[]): T[] {
  const own = all.filter(({ address }) => address.includes('["search"]'));
  const others = all.filter(({ address }) => !address.includes('["search"]') && !address.includes('["report"]'));
  return [...others, ...keys.flatMap((key) => own.map((item) => renamed(item, key)))];
}
