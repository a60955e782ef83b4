// cli/commands/review/: the review of a configuration or a plan, with its settings and baseline.
import { relative, sep } from "node:path";
import { setFlagsFromString } from "node:v8";
import { version } from "../../../package.json";
import { fails, formats, type ReportContext, type Review, review as reviewInventory } from "../../../review";
import { entryOf, type Inventory, inventoryOfStacks, type Position } from "../../../topology";
import { UsageError } from "../../errors";
import { parseParameters } from "../../parameters";
import { readDeployedStacks, takeAssignments } from "../../stack/documents";
import { paint } from "../../terminal";
import { writeWhole } from "./report-files";
import { baselineText, readBaseline, readSettings } from "./settings";

/** Prints what a configuration or a plan says about who may call whom. Exit status 1 when something will fail. */
export async function review(parameters: string[]): Promise<void> {
  compileLess();
  const { assignments, others } = takeAssignments(parameters);
  const { values, positionals } = parseParameters(others, {
    source: { type: "string" },
    format: { type: "string", default: "text" },
    report: { type: "string", multiple: true, default: [] },
    config: { type: "string" },
    only: { type: "string", multiple: true },
    skip: { type: "string", multiple: true },
    "fail-on": { type: "string" },
    strict: { type: "boolean" },
    baseline: { type: "string" },
    "write-baseline": { type: "string" },
    acknowledgements: { type: "string" },
  });
  const [path = "cdktf.out", ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one file or folder, not ${positionals.length}.`);
  const print = formatNamed(values.format);
  const files = values.report.map(reportFile);
  const settings = readSettings(values);
  const known = settings.baseline === undefined ? [] : readBaseline(settings.baseline);
  const stacks = await readDeployedStacks(path, { assignments, source: values.source });
  const inventory = withRelativeFiles(inventoryOfStacks(stacks, process.env));
  const context: ReportContext = { artifact: artifactOf(path), version, policy: settings, style: paint };
  let result = reviewInventory(inventory, { ...settings, baseline: known });
  if (values["write-baseline"] !== undefined) {
    const all = [...result.baseline, ...result.findings.filter(({ rule }) => rule !== "baseline-unused")];
    writeWhole(values["write-baseline"], baselineText(all));
    result = reviewInventory(inventory, { ...settings, baseline: all });
  }
  for (const file of files) writeWhole(file.path, file.print(result, context));
  process.stdout.write(print(result, context));
  if (fails(result, settings)) process.exitCode = 1;
}

/** By the first number of V8's version, in Node.js 20, 22 and 24: how often code runs before it is compiled for speed. */
const COMPILES_LATER: Readonly<Record<string, string>> = {
  "11": "--interrupt-budget=400000",
  "12": "--invocation-count-for-turbofan=12000",
  "13": "--invocation-count-for-turbofan=400000 --invocation-count-for-osr=100000",
};

/** A review is over before such code has paid for its compilation, which is up to half of its CPU time. */
function compileLess(): void {
  const flag = COMPILES_LATER[process.versions.v8.split(".")[0] ?? ""];
  if (flag !== undefined) setFlagsFromString(flag);
}

type Print = (review: Review, context: ReportContext) => string;

function formatNamed(name: string): Print {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) {
    throw new UsageError(`There is no format '${name}': use one of ${Object.keys(formats).join(", ")}.`);
  }
  return format;
}

/** `FORMAT=FILE`. */
function reportFile(text: string): { readonly path: string; readonly print: Print } {
  const [name = "", path = ""] = text.split(/=(.*)/s);
  if (path === "") throw new UsageError(`--report takes FORMAT=FILE, such as sarif=review.sarif, not '${text}'.`);
  return { path, print: formatNamed(name) };
}

function artifactOf(path: string): string {
  return path === "-" ? "plan.json" : fromHere(path);
}

/** How the pages of CI systems name files: from where the command is called, with slashes. */
function fromHere(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/") || ".";
}

function withRelativeFiles(inventory: Inventory): Inventory {
  // Thousands of blocks stand in a few files.
  const files = new Map<string, string>();
  const moved = <T extends { readonly position?: Position }>(entry: T): T => {
    if (entry.position === undefined) return entry;
    const { file } = entry.position;
    return { ...entry, position: { ...entry.position, file: entryOf(files, file, () => fromHere(file)) } };
  };
  return { ...inventory, instances: inventory.instances.map(moved), outputs: inventory.outputs.map(moved) };
}
