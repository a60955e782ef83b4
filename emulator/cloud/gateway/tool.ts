import type { ErrorObject, ValidateFunction } from "ajv";

import { MAX_TOOL_NAME } from "../../../aws/agentcore/limits";
import { TOOL_NAME_SEPARATOR } from "../../../aws/agentcore/names";
import type { DescribedTool as ServerTool } from "../../../topology";
import { AwsError } from "../errors";
import { toolNameTooLong } from "./errors";
import { dialectOf, discardValidators, validatorOf } from "./schema-dialects";
import { programsAProcessor, TimeLimitError, withinTime } from "./time-limit";

export type { ServerTool };

/** How a gateway describes a tool; the order of the keys is that of its answers. */
export interface ToolDescription {
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly description?: string;
}

/** A tool of a target, as the gateway keeps it. */
export interface Tool {
  /** As the MCP server knows it. */
  readonly serverName: string;
  readonly description: ToolDescription;
  /** What callers of some versions see besides. @default - nothing */
  readonly newer?: Readonly<Record<string, unknown>> | undefined;
  /** @returns the faults of the arguments in AWS's words; none when they fit the input schema. */
  faults(toolArguments: unknown): string[];
}

/** A server's tool has an input schema that is no JSON Schema. */
export class InputSchemaError extends AwsError {
  constructor(toolName: string, reason: string) {
    super("ValidationException", `The input schema of the tool ${toolName} is invalid: ${reason}`);
  }
}

/** What the arguments of one call may take, while nobody else is served. */
const MOST_FOR_ARGUMENTS_MS = 1_000;

/**
 * The gateway's view of the tools of a server, in the order of their names; a server may send schemas of any size with any patterns in them.
 *
 * @param milliseconds what all of them may take
 * @throws InputSchemaError
 */
export function publishTools(targetName: string, tools: readonly ServerTool[], milliseconds: number): Tool[] {
  let underWay = "";
  try {
    const publish = (): Tool[] =>
      tools
        .map((tool) => {
          underWay = tool.name;
          return publishTool(targetName, tool);
        })
        .sort((one, other) => (one.serverName < other.serverName ? -1 : 1));
    return withinTime(milliseconds, publish, programsAProcessor());
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    discardValidators();
    throw new InputSchemaError(underWay, `${error.message} to read it and those before it`);
  }
}

/**
 * Members that newer gateways keep (AWS's blog, June 2026, "Extending MCP support for Amazon Bedrock AgentCore Gateway"),
 * with the first version of MCP that has them: in 2025-03-26 a gateway of January 2026 was seen to show no output schema.
 */
const NEWER_MEMBERS: Readonly<Partial<Record<keyof ServerTool, string>>> = {
  annotations: "2025-03-26",
  outputSchema: "2025-06-18",
  icons: "2025-11-25",
};

/** As a caller of a version sees it. */
export function describedIn(
  { description, newer }: Pick<Tool, "description" | "newer">,
  version: string,
): ToolDescription {
  if (!newer) return description;
  const known = Object.entries(newer).filter(
    ([member]) => (NEWER_MEMBERS[member as keyof ServerTool] ?? "") <= version,
  );
  return { ...description, ...Object.fromEntries(known) };
}

/**
 * The gateway's view of a server's tool: the target's name in front, without titles.
 *
 * @throws InputSchemaError
 * @throws AwsError ValidationException for a name that is too long
 */
export function publishTool(targetName: string, tool: ServerTool): Tool {
  const name = `${targetName}${TOOL_NAME_SEPARATOR}${tool.name}`;
  if (name.length > MAX_TOOL_NAME) throw toolNameTooLong(tool.name, name);
  const inputSchema = orRefuse(tool.name, () => mapSchemas(tool.inputSchema, withoutTitle) as Schema);
  const compile = compiler(tool.name, inputSchema);
  const newer = Object.keys(NEWER_MEMBERS).filter((member) => tool[member as keyof ServerTool] !== undefined);
  return {
    serverName: tool.name,
    ...(newer.length > 0 && { newer: pickMembers(tool, newer) }),
    description: {
      inputSchema,
      name,
      ...(tool.description !== undefined && { description: tool.description }),
    },
    faults: mayTakeLong(inputSchema)
      ? (toolArguments) => faultsInTime(compile, toolArguments)
      : (toolArguments) => describeFaults(compile(), toolArguments),
  };
}

function pickMembers(tool: ServerTool, members: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(members.map((member) => [member, tool[member as keyof ServerTool]]));
}

/** Keywords whose work does not grow with the arguments alone, and schemas that are slow to compile. */
const SLOW_KEYWORD = /"(\$\w*ref|pattern|patternProperties|uniqueItems)":/i;
const SLOW_SIZE = 50_000;

function mayTakeLong(schema: object): boolean {
  const text = JSON.stringify(schema);
  return text.length > SLOW_SIZE || SLOW_KEYWORD.test(text);
}

function faultsInTime(compile: () => ValidateFunction, toolArguments: unknown): string[] {
  try {
    return withinTime(MOST_FOR_ARGUMENTS_MS, () => describeFaults(compile(), toolArguments));
  } catch (error) {
    // A schema may as well lead back to itself without end.
    if (!(error instanceof TimeLimitError || error instanceof RangeError)) throw error;
    discardValidators();
    const reason = error instanceof TimeLimitError ? error.message : "it has no end";
    return [`The arguments cannot be checked against the input schema: ${reason}`];
  }
}

/** A tool of the gateway's own. */
export function gatewayTool(description: ToolDescription): Pick<Tool, "description" | "faults"> {
  const compile = compiler(description.name, description.inputSchema);
  return { description, faults: (toolArguments) => describeFaults(compile(), toolArguments) };
}

/** Keywords whose values are arguments instead of schemas. */
const ARGUMENT_KEYWORDS = ["const", "default", "enum", "examples"];

type Schema = Readonly<Record<string, unknown>>;

/** Changes a schema, and those in it: a property may itself be called as a keyword is. */
function mapSchemas(schema: unknown, change: (schema: Schema) => Schema): unknown {
  if (Array.isArray(schema)) return schema.map((each) => mapSchemas(each, change));
  if (typeof schema !== "object" || schema === null) return schema;
  const within = (inner: unknown) => mapSchemas(inner, change);
  const read = ([keyword, value]: [string, unknown]): [string, unknown] => {
    if (ARGUMENT_KEYWORDS.includes(keyword)) return [keyword, value];
    return [keyword, keyword === "properties" ? mapValues(value, within) : within(value)];
  };
  return Object.fromEntries(Object.entries(change(schema as Schema)).map(read));
}

function withoutTitle(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword, value]) => !(keyword === "title" && typeof value === "string")),
  );
}

function mapValues(value: unknown, map: (value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, map(entry)]));
}

/** What only compiling shows to be sound: references, regular expressions, and a keyword that Ajv adds to the standard's. */
const COMPILED_AT_ONCE = /"(\$|pattern|nullable)/;

/**
 * Ajv keeps schemas by `$id` and knows one `$schema` only, while a server may send any: both are left out.
 *
 * @returns compiles at the first call, since compiling is slow and most tools of a large catalogue are never called
 * @throws InputSchemaError
 */
function compiler(toolName: string, schema: Readonly<Record<string, unknown>>): () => ValidateFunction {
  const anonymous = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !["$id", "$schema"].includes(keyword)),
  );
  let compiled: ValidateFunction | undefined;
  const text = orRefuse(toolName, () => JSON.stringify(anonymous));
  const dialect = dialectOf(text, String(schema["$schema"]));
  const compile = () => (compiled ??= validatorOf(dialect).compile(checkingPrototype(anonymous, text)));
  orRefuse(toolName, () => {
    const ajv = validatorOf(dialect);
    if (COMPILED_AT_ONCE.test(text)) compile();
    else if (!ajv.validateSchema(anonymous)) throw new Error(ajv.errorsText());
  });
  return compile;
}

const PROTOTYPE = "__proto__";

/** Ajv passes over the one property of this name, and over none that a pattern is for. */
function checkingPrototype(schema: Schema, text: string): Schema {
  if (!text.includes(`"${PROTOTYPE}":`)) return schema;
  return mapSchemas(schema, (each) => {
    const { properties, patternProperties } = each;
    if (typeof properties !== "object" || properties === null || !Object.hasOwn(properties, PROTOTYPE)) return each;
    const { [PROTOTYPE]: own } = properties as Schema;
    return { ...each, patternProperties: { ...Object(patternProperties), [`^${PROTOTYPE}$`]: own } };
  }) as Schema;
}

/** A schema may be wrong in many ways, and nested so deep that it cannot be read at all. */
function orRefuse<T>(toolName: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputSchemaError(toolName, error instanceof Error ? error.message : String(error));
  }
}

function describeFaults(validate: ValidateFunction, toolArguments: unknown): string[] {
  return validate(toolArguments) ? [] : (validate.errors ?? []).map((error) => describeFault(error, toolArguments));
}

function describeFault(error: ErrorObject, toolArguments: unknown): string {
  const parameters = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required":
      return `Missing required field(s): '${String(parameters["missingProperty"])}'`;
    case "type": {
      const found = typeName(valueAt(toolArguments, error.instancePath));
      return `Field '${error.instancePath}' has invalid type: ${found} found, ${String(parameters["type"])} expected`;
    }
    case "additionalProperties":
      return (
        `additionalProperties validation failed: property '${String(parameters["additionalProperty"])}' is not defined ` +
        "in the schema and the schema does not allow additional properties"
      );
    case "unevaluatedProperties":
      return (
        `unevaluatedProperties validation failed: property '${String(parameters["unevaluatedProperty"])}' is not ` +
        "evaluated and the schema does not allow unevaluated properties"
      );
    default:
      return `Field '${error.instancePath}' ${error.message ?? `fails ${error.keyword}`}`;
  }
}

function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  return steps.reduce<unknown>(
    (current, step) =>
      typeof current === "object" && current !== null ? (current as Record<string, unknown>)[step] : undefined,
    value,
  );
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
