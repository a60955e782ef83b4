import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type BaselineEntry, type FailurePolicy, rules } from "../../../review";
import { type Acknowledgement, objectsAt, readAcknowledgements, type Value, type ValueObject } from "../../../topology";
import { systemCode, UsageError } from "../../errors";

/** The configuration file that is read without being named. */
export const CONFIG_FILE = "cdktf-agentcore.json";

/** What a review is told beside what to read, from the command line and the configuration file. */
export interface ReviewSettings extends FailurePolicy {
  readonly only?: readonly string[];
  readonly skip: readonly string[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** A file. */
  readonly baseline?: string;
}

/** What the command line says; it outweighs the configuration file. */
export interface ReviewParameters {
  readonly config?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly "fail-on"?: string;
  readonly strict?: boolean;
  readonly baseline?: string;
  readonly acknowledgements?: string;
}

/** @throws UsageError for a file that cannot be read, or a rule or setting that there is not */
export function readSettings(parameters: ReviewParameters): ReviewSettings {
  const path = parameters.config ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  const config = path === undefined ? {} : readConfig(path);
  const only = parameters.only?.flatMap(splitList) ?? config.only;
  const skip = parameters.skip?.flatMap(splitList) ?? config.skip ?? [];
  const given = parameters.acknowledgements === undefined ? [] : acknowledgementsIn(parameters.acknowledgements);
  return {
    ...(only !== undefined && { only: only.map(knownRule) }),
    skip: skip.map(knownRule),
    failOn: failOnOf("--fail-on", parameters["fail-on"] ?? config.failOn ?? "error"),
    strict: parameters.strict ?? config.strict ?? false,
    acknowledgements: [...(config.acknowledgements ?? []), ...given],
    ...((parameters.baseline ?? config.baseline) !== undefined && { baseline: parameters.baseline ?? config.baseline }),
  };
}

const splitList = (text: string): string[] => text.split(",").filter((part) => part !== "");

function knownRule(id: string): string {
  if (rules.some((rule) => rule.id === id)) return id;
  throw new UsageError(`There is no rule '${id}': docs/review.md and the SARIF report list all of them.`);
}

function failOnOf(name: string, text: string): FailurePolicy["failOn"] {
  if (text === "error" || text === "warning" || text === "never") return text;
  throw new UsageError(`${name} cannot be '${text}': use error, warning or never.`);
}

interface Config {
  only?: string[];
  skip?: string[];
  failOn?: string;
  strict?: boolean;
  baseline?: string;
  acknowledgements?: Acknowledgement[];
}

function readConfig(path: string): Config {
  const content = readJson(path);
  const wrong = (name: string, what: string): UsageError => new UsageError(`${path}: ${name} has to be ${what}.`);
  const config: Config = {};
  for (const [name, value] of Object.entries(content)) {
    switch (name) {
      case "$schema":
        break;
      case "only":
      case "skip":
        if (!isTexts(value)) throw wrong(name, "a list of rules");
        config[name] = value;
        break;
      case "failOn":
        if (typeof value !== "string") throw wrong(name, "error, warning or never");
        config.failOn = failOnOf(`${path}: failOn`, value);
        break;
      case "strict":
        if (typeof value !== "boolean") throw wrong(name, "true or false");
        config.strict = value;
        break;
      case "baseline":
        if (typeof value !== "string") throw wrong(name, "the path of a file");
        config.baseline = resolve(dirname(path), value);
        break;
      case "acknowledgements": {
        const list = readAcknowledgements(content);
        if (!Array.isArray(value) || list.length !== value.length) {
          throw wrong(name, 'a list of {"rule": …, "address": …, "reason": …}');
        }
        config.acknowledgements = list;
        break;
      }
      default:
        throw new UsageError(
          `${path} has a setting '${name}', which there is not: use only, skip, failOn, strict, baseline or acknowledgements.`,
        );
    }
  }
  return config;
}

function isTexts(value: Value): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** A file that holds acknowledgements alone, or a synthesized stack that holds them. */
function acknowledgementsIn(path: string): Acknowledgement[] {
  const list = readAcknowledgements(readJson(path));
  if (list.length === 0) {
    throw new UsageError(
      `${path} holds no acknowledgements: write {"acknowledgements": [{"rule": …, "address": …, "reason": …}]}.`,
    );
  }
  return list;
}

/** @throws UsageError where the file is no baseline */
export function readBaseline(path: string): BaselineEntry[] {
  const content = readJson(path);
  const { version, findings } = content;
  const entries = objectsAt(content, "findings").flatMap(entriesIn);
  if (version !== 1 || !Array.isArray(findings) || entries.length !== findings.length) {
    throw new UsageError(`${path} is no baseline: write one with --write-baseline ${path}.`);
  }
  return entries;
}

function entriesIn({ rule, address, fingerprint }: ValueObject): BaselineEntry[] {
  const isEntry = typeof rule === "string" && typeof address === "string" && typeof fingerprint === "string";
  return isEntry ? [{ rule, address, fingerprint }] : [];
}

export function baselineText(findings: readonly BaselineEntry[]): string {
  const entries = findings.map(({ rule, address, fingerprint }) => ({ rule, address, fingerprint }));
  return `${JSON.stringify({ version: 1, findings: entries }, undefined, 2)}\n`;
}

function readJson(path: string): ValueObject {
  try {
    const content = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, "")) as Value;
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return content as ValueObject;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path} cannot be read as JSON.`);
    throw new UsageError(`${path} cannot be read: ${systemCode(error)}.`);
  }
  throw new UsageError(`${path} holds no JSON object.`);
}
