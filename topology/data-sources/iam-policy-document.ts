import { escapedAsGo } from "../language/go-json";
import type { Arguments } from "../arguments/arguments";
import { entryOf } from "../language/maps";
import { parseObject } from "../language/members";
import { isList, isObject, member, sortedNames, type Value, type ValueObject } from "../language/value";

const DEFAULT_VERSION = "2012-10-17";
/** In this version, policies have no variables. */
const OLD_VERSION = "2008-10-17";

/** The members of a statement in the order in which the provider writes them. */
type Statement = ValueObject;

interface Document {
  readonly version: string;
  readonly id?: string;
  readonly statements: readonly Statement[];
}

/**
 * `aws_iam_policy_document`: the JSON of a policy exactly as the provider writes it (hashicorp/terraform-provider-aws
 * `internal/service/iam/policy_document_data_source.go` and `policy_model.go`).
 */
export function policyDocument(args: Arguments): ValueObject {
  const sources = parsedDocuments(args, "source_policy_documents");
  refuseEqualSids(
    args,
    "source_policy_documents",
    sources.flatMap((source) => source.statements),
  );
  const overrides = parsedDocuments(args, "override_policy_documents");
  const merged = [...sources, ownDocument(args), ...overrides].reduce(mergeDocuments, { version: "", statements: [] });
  const json = {
    ...(merged.version && { Version: merged.version }),
    ...(merged.id && { Id: merged.id }),
    ...(merged.statements.length > 0 && { Statement: merged.statements }),
  };
  return { json: escapedAsGo(JSON.stringify(json, null, 2)), minified_json: escapedAsGo(JSON.stringify(json)) };
}

function ownDocument(args: Arguments): Document {
  const version = args.optionalText("version") ?? DEFAULT_VERSION;
  const statements = args.blocks("statement").map((statement) => readStatement(statement, version));
  refuseEqualSids(args, "statement", statements);
  return { version, id: args.optionalText("policy_id"), statements };
}

function readStatement(statement: Arguments, version: string): Statement {
  const texts = (name: string): Value | undefined =>
    oneOrMany(statement.texts(name).map((text) => variables(statement, name, text, version)));
  const members: [string, Value | undefined][] = [
    ["Sid", statement.optionalText("sid") || undefined],
    ["Effect", statement.optionalText("effect") ?? "Allow"],
    ["Action", oneOrMany(statement.texts("actions"))],
    ["NotAction", oneOrMany(statement.texts("not_actions"))],
    ["Resource", texts("resources")],
    ["NotResource", texts("not_resources")],
    ["Principal", readPrincipals(statement.blocks("principals"), version)],
    ["NotPrincipal", readPrincipals(statement.blocks("not_principals"), version)],
    ["Condition", readConditions(statement.blocks("condition"), version)],
  ];
  return Object.fromEntries(members.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** A set of strings: one alone stands by itself, more come in descending order. */
function oneOrMany(texts: readonly string[]): Value | undefined {
  const unique = sortedNames(new Set(texts)).reverse();
  return unique.length > 1 ? unique : unique[0];
}

/** `&{aws:username}` stands for the policy variable `${aws:username}`, which Terraform would take for its own. */
function variables(args: Arguments, name: string, text: string, version: string): string {
  if (version === OLD_VERSION && text.includes("&{")) {
    throw args.invalid(name, `has &{…}, which version ${version} does not know`);
  }
  return text.replaceAll("&{", "${");
}

function readPrincipals(blocks: readonly Arguments[], version: string): Value | undefined {
  const identifiers = new Map<string, string[]>();
  for (const block of blocks) {
    const type = block.text("type");
    const texts = sortedNames(block.texts("identifiers").map((text) => variables(block, "identifiers", text, version)));
    entryOf(identifiers, type, () => []).push(...texts.reverse());
  }
  if (identifiers.size === 0) return undefined;
  if (identifiers.size === 1 && String(identifiers.get("*")) === "*") return "*";
  return sortedObject(identifiers, (texts) => (texts.length === 1 ? (texts[0] ?? null) : texts));
}

function readConditions(blocks: readonly Arguments[], version: string): Value | undefined {
  const tests = new Map<string, Map<string, string[]>>();
  for (const block of blocks) {
    const test = entryOf(tests, block.text("test"), () => new Map<string, string[]>());
    const values = entryOf(test, block.text("variable"), () => []);
    values.push(...block.texts("values").map((text) => variables(block, "values", text, version)));
  }
  if (tests.size === 0) return undefined;
  return sortedObject(tests, (test) =>
    sortedObject(test, (values) => (values.length === 1 ? (values[0] ?? null) : values)),
  );
}

function sortedObject<T>(entries: ReadonlyMap<string, T>, change: (value: T) => Value): ValueObject {
  return Object.fromEntries(
    sortedNames(entries.keys()).flatMap((name) => {
      const value = entries.get(name);
      return value === undefined ? [] : [[name, change(value)]];
    }),
  );
}

function refuseEqualSids(args: Arguments, name: string, statements: readonly Statement[]): void {
  const sids = statements.map((statement) => member(statement, "Sid")).filter((sid) => sid !== undefined);
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (repeated !== undefined) throw args.invalid(name, `has the Sid ${JSON.stringify(repeated)} twice`);
}

/** A later document replaces statements by their Sid and adds the others. */
function mergeDocuments(base: Document, next: Document): Document {
  const statements = [...base.statements];
  for (const statement of next.statements) {
    const sid = member(statement, "Sid");
    const index = sid === undefined ? -1 : statements.findIndex((other) => member(other, "Sid") === sid);
    if (index < 0) statements.push(statement);
    else statements[index] = statement;
  }
  return { version: next.version > base.version ? next.version : base.version, id: next.id ?? base.id, statements };
}

function parsedDocuments(args: Arguments, name: string): Document[] {
  return args.texts(name).map((text) => {
    const document = parseObject(text);
    const { Version: version, Id: id, Statement: statements = [] } = document ?? {};
    if (document === undefined || !isList(statements)) {
      throw args.invalid(name, "must hold JSON policy documents with a list of statements");
    }
    return {
      version: typeof version === "string" ? version : "",
      ...(typeof id === "string" && { id }),
      statements: statements.filter(isObject).map(rewrittenStatement),
    };
  });
}

const MEMBERS = "Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition".split(" ");

/** A statement of another document as the provider writes it again. */
function rewrittenStatement(statement: Statement): Statement {
  const members = MEMBERS.flatMap((name) => {
    const value = member(statement, name);
    return value === undefined || value === "" ? [] : [[name, rewrittenMember(name, value)] as const];
  });
  return Object.fromEntries(members);
}

function rewrittenMember(name: string, value: Value): Value {
  if (!isObject(value)) return value;
  const entries = new Map(Object.entries(value));
  if (name !== "Condition") {
    return sortedObject(entries, (texts) => (isList(texts) ? sortedNames(texts.map(String)).reverse() : texts));
  }
  return sortedObject(entries, (test) =>
    isObject(test) ? sortedObject(new Map(Object.entries(test)), conditionValue) : test,
  );
}

function conditionValue(value: Value): Value {
  if (isList(value) && value.length === 1) return value[0] ?? null;
  return typeof value === "boolean" ? String(value) : value;
}
