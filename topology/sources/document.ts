import { statSync } from "node:fs";
import { notAPlan, unsupportedPlanFormat } from "../errors";
import { readSource, type Source } from "./configuration/folder";
import { parseJsonObject, reading, readJsonFile } from "./json-file";
import type { ValueObject } from "../language/value";

/** What somebody gave to be read: what `terraform show -json PLAN` prints, or a configuration. */
export type Document =
  | { readonly kind: "plan"; readonly name: string; readonly plan: ValueObject }
  | { readonly kind: "configuration"; readonly source: Source };

/**
 * Reads a plan from `terraform show -json`, a Terraform JSON file, a folder of these, or a `cdktf.out` of one stack.
 * @throws TopologyError when the path is none of these.
 */
export function readDocument(path: string): Document {
  const status = reading(path, () => statSync(path));
  const isReadable = status.isFile() || status.isFIFO();
  if (!isReadable || /\.(tf|tfvars)$/.test(path)) return { kind: "configuration", source: readSource(path) };
  return documentOf(path, readJsonFile(path));
}

/**
 * Reads what is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration.
 */
export function parseDocument(name: string, bytes: Buffer): Document {
  return documentOf(name, parseJsonObject(name, bytes));
}

/** A configuration of one file. */
export function sourceOf(path: string, content: ValueObject): Source {
  return { files: [{ path, content }], overrides: [], variables: [] };
}

function documentOf(name: string, content: ValueObject): Document {
  if (isPlan(content)) return { kind: "plan", name, plan: ofKnownFormat(name, content) };
  return { kind: "configuration", source: sourceOf(name, configuration(name, content)) };
}

function isPlan(content: ValueObject): boolean {
  return "planned_values" in content || "resource_changes" in content;
}

function ofKnownFormat(name: string, plan: ValueObject): ValueObject {
  const version = plan["format_version"];
  if (typeof version === "string" && !version.startsWith("1.")) throw unsupportedPlanFormat(name, version);
  return plan;
}

function configuration(name: string, content: ValueObject): ValueObject {
  if ("terraform_version" in content && "values" in content) throw notAPlan(name, "a state, not a plan");
  if ("terraform_version" in content && "lineage" in content) throw notAPlan(name, "a state file");
  return content;
}
