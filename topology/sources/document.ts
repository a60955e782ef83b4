// topology/sources/: where a reading begins: configurations and plans.
import { dirname } from "node:path";
import { damagedPlan, damagedState, notAPlan, notForThis, unsupportedPlanFormat } from "../errors";
import { type ConfigurationFile, FileReader, jsonFile } from "./configuration/files";
import type { Assignment } from "./configuration/assignment";
import { readSource, type Source } from "./configuration/folder";
import { damageIn, unplannedChange } from "./plan/damage";
import { readBytes, statusOf } from "./file";
import { type JsonText, parseJsonBytes } from "./json-file";
import { isObject, type ValueObject } from "../language/value";

/** What somebody gave to be read: what `terraform show -json` prints of a plan or a state, or a configuration. */
export type Document =
  | { readonly kind: "state"; readonly name: string; readonly state: ValueObject }
  | {
      readonly kind: "plan";
      readonly name: string;
      readonly plan: ValueObject;
      /** The configuration that it was made of. */
      readonly source?: Source;
      readonly answers: Answers;
    }
  | { readonly kind: "configuration"; readonly source: Source; readonly answers: Answers };

/** What data sources answer, by their addresses. */
export type Answers = ReadonlyMap<string, ValueObject>;

export interface ReadingOptions {
  /** Values of a configuration's variables, the stronger ones last. @default - those of its folder and the environment */
  readonly assignments?: readonly Assignment[];
  /** The folder of the configuration that a plan was made of. @default - the plan alone is read */
  readonly source?: string;
  /** The JSON of what data sources answer, by their addresses. @default - what a plan tells, or a stand-in */
  readonly answers?: Readonly<Record<string, string>>;
}

/**
 * Reads a plan from `terraform show -json`, a folder in HCL or Terraform's JSON syntax, a file of these, or a `cdktf.out`
 * of one stack.
 * @throws TopologyError when the path is none of these.
 */
export function readDocument(path: string, options: ReadingOptions = {}): Document {
  const status = statusOf(path);
  const isJson = (status.isFile() || status.isFIFO()) && !/\.(tf|tofu|tfvars)$/.test(path);
  return isJson
    ? documentOf(path, parseJsonBytes(path, readBytes(path)), options, dirname(path))
    : ofConfiguration(path, readSource(path), options);
}

/**
 * Reads what is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration.
 */
export function parseDocument(name: string, bytes: Buffer, options: ReadingOptions = {}): Document {
  return documentOf(name, parseJsonBytes(name, bytes), options);
}

/** A configuration of one file. @param folder - where it stands; undefined for one that was never written to a file */
export function sourceOf(file: ConfigurationFile, folder?: string): Source {
  return { files: [file], overrides: [], folder, reader: new FileReader(), variables: [] };
}

function documentOf(name: string, json: JsonText, options: ReadingOptions, folder?: string): Document {
  if (isState(json.content)) return { kind: "state", name, state: wholeState(name, json.content) };
  if (isPlan(json.content)) return ofPlan(name, wholePlan(name, json.content), options);
  return ofConfiguration(name, sourceOf(jsonFile(name, configuration(name, json)), folder), options);
}

function ofPlan(name: string, plan: ValueObject, options: ReadingOptions): Document {
  const { assignments = [], source } = options;
  if (assignments.length > 0) {
    throw notForThis(name, "a plan", "-var and -var-file", "it holds the values of variables");
  }
  const written = source === undefined ? undefined : readSource(source);
  return { kind: "plan", name, plan, source: written, answers: readAnswers(options) };
}

function ofConfiguration(name: string, source: Source, options: ReadingOptions): Document {
  if (options.source !== undefined) throw notForThis(name, "a configuration", "--source", "it is its own source");
  const answers = readAnswers(options);
  return { kind: "configuration", source: { ...source, assignments: options.assignments }, answers };
}

function readAnswers({ answers = {} }: ReadingOptions): Answers {
  const entries = Object.entries(answers);
  return new Map(
    entries.map(([address, text]) => [address, parseJsonBytes(`The answer of ${address}`, Buffer.from(text)).content]),
  );
}

function isState(content: ValueObject): boolean {
  return "terraform_version" in content && "values" in content && !("planned_values" in content);
}

/** Members that a plan has and a configuration has not. */
const OF_A_PLAN = ["format_version", "planned_values", "resource_changes", "prior_state"];

function isPlan(content: ValueObject): boolean {
  return OF_A_PLAN.some((name) => Object.hasOwn(content, name));
}

function wholePlan(name: string, plan: ValueObject): ValueObject {
  const { format_version: version, planned_values: planned } = plan;
  if (typeof version !== "string") throw damagedPlan(name, "it names no format_version");
  if (!/^1\.\d/.test(version)) throw unsupportedPlanFormat(name, version);
  if (planned === undefined || !isObject(planned)) throw damagedPlan(name, "it has no planned_values");
  const unplanned = unplannedChange(plan);
  const damage =
    damageIn(planned) ?? (unplanned && `it changes or keeps ${unplanned}, and has no planned values of it`);
  if (damage !== undefined) throw damagedPlan(name, damage);
  return plan;
}

function wholeState(name: string, state: ValueObject): ValueObject {
  const { values } = state;
  const damage = values !== undefined && isObject(values) ? damageIn(values) : "its values are no object";
  if (damage !== undefined) throw damagedState(name, damage);
  return state;
}

function configuration(name: string, json: JsonText): JsonText {
  const { content } = json;
  if ("terraform_version" in content && "lineage" in content) throw notAPlan(name, "a state file");
  return json;
}
