import { notAPlan, unsupportedPlanFormat } from "../errors";
import { type ConfigurationFile, jsonFile } from "./configuration/files";
import { readSource, type Source } from "./configuration/folder";
import { readBytes, statusOf } from "./file";
import { type JsonText, parseJsonBytes } from "./json-file";
import type { ValueObject } from "../language/value";

/** What somebody gave to be read: what `terraform show -json PLAN` prints, or a configuration. */
export type Document =
  | { readonly kind: "plan"; readonly name: string; readonly plan: ValueObject }
  | { readonly kind: "configuration"; readonly source: Source };

/**
 * Reads a plan from `terraform show -json`, a folder in HCL or Terraform's JSON syntax, a file of these, or a `cdktf.out`
 * of one stack.
 * @throws TopologyError when the path is none of these.
 */
export function readDocument(path: string): Document {
  const status = statusOf(path);
  const isJson = (status.isFile() || status.isFIFO()) && !/\.(tf|tofu|tfvars)$/.test(path);
  return isJson ? parseDocument(path, readBytes(path)) : { kind: "configuration", source: readSource(path) };
}

/**
 * Reads what is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration.
 */
export function parseDocument(name: string, bytes: Buffer): Document {
  const json = parseJsonBytes(name, bytes);
  if (isPlan(json.content)) return { kind: "plan", name, plan: ofKnownFormat(name, json.content) };
  return { kind: "configuration", source: sourceOf(jsonFile(name, configuration(name, json))) };
}

/** A configuration of one file. */
export function sourceOf(file: ConfigurationFile): Source {
  return { files: [file], overrides: [], variables: [] };
}

function isPlan(content: ValueObject): boolean {
  return "planned_values" in content || "resource_changes" in content;
}

function ofKnownFormat(name: string, plan: ValueObject): ValueObject {
  const version = plan["format_version"];
  if (typeof version === "string" && !version.startsWith("1.")) throw unsupportedPlanFormat(name, version);
  return plan;
}

function configuration(name: string, json: JsonText): JsonText {
  const { content } = json;
  if ("terraform_version" in content && "values" in content) throw notAPlan(name, "a state, not a plan");
  if ("terraform_version" in content && "lineage" in content) throw notAPlan(name, "a state file");
  return json;
}
