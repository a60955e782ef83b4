/**
 * How long a review takes, and how much memory, by the number of targets: `npm run bench:review`.
 *
 * The plans are terraform's own for two tools in modules (__tests__/review/modules), with the tools repeated.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

const repository = join(__dirname, "..");
const template = JSON.parse(readFileSync(join(repository, "__tests__/review/modules/plan.json"), "utf8")) as Plan;

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

function planOf(targets: number): Plan {
  const keys = Array.from({ length: targets }, (_, index) => `tool${index}`);
  const { root_module: root } = template.planned_values;
  const planned = {
    root_module: { resources: repeated(root.resources, keys), child_modules: repeated(root.child_modules, keys) },
  };
  return { ...template, planned_values: planned, resource_changes: repeated(template.resource_changes, keys) };
}

const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
const command = join(repository, "dist/cli/main.js");
/** Prints the peak memory of the process in kB when it ends. */
const memory = join(folder, "memory.cjs");
try {
  writeFileSync(memory, 'process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)));');
  for (const targets of [125, 250, 500, 1_000, 2_000]) {
    const path = join(folder, `plan-${targets}.json`);
    writeFileSync(path, JSON.stringify(planOf(targets)));
    const start = process.hrtime.bigint();
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", memory, command, "review", path, "--format", "json"],
      {
        encoding: "utf8",
        maxBuffer: 1024 ** 3,
      },
    );
    const seconds = (Number(process.hrtime.bigint() - start) / 1e9).toFixed(2);
    const { hops } = JSON.parse(stdout) as { hops: unknown[] };
    if (hops.length !== targets) throw new Error(`The review saw ${hops.length} targets of ${targets}.`);
    const megabytes = (statSync(path).size / 1e6).toFixed(1);
    console.log(`${targets} targets, ${megabytes} MB of plan: ${seconds} s, ${Math.round(Number(stderr) / 1024)} MB`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
