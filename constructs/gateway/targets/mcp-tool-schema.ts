import { readFileSync } from "node:fs";
import { MAX_INLINE_SCHEMA, MAX_TARGET_TOOLS } from "../../../aws/agentcore/limits";
import type { Permission } from "../../iam/permission";
import { bundledToolList, isToolListCurrent } from "../../private/bundled-server";
import { type Problem, throwProblems } from "../../private/errors";
import { escaped } from "../../private/escaped";
import { lengthProblems } from "../../private/names";
import { invalidToolSchema, missingSchemaFile, staleToolList } from "../../private/problems/schemas";
import { type S3Location, s3Block, s3Permissions } from "./s3-location";

/** A tool as MCP's `tools/list` describes it, as far as a gateway shows it. */
export interface McpTool {
  /** As the server knows the tool; clients see `<target name>___<name>`. */
  readonly name: string;
  /**
   * What the tool does; models read it.
   * @default - none
   */
  readonly description?: string;
  /** A JSON Schema of the type `object`. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/**
 * The tools of an MCP server, written down. AWS asks the server for none then, neither when the target is created nor
 * later: no runtime has to be warm, and a new tool is seen once the schema has it.
 *
 * With all credentials since the service's autumn of 2026; before, with the OAuth authorization code grant alone.
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_McpServerTargetConfiguration.html
 */
export class McpToolSchema {
  /** Tools that are written down in the program: 1 to 1000, and 1 MB together. */
  public static fromInline(tools: readonly McpTool[]): McpToolSchema {
    refuseOther(tools);
    const payload = JSON.stringify({ tools: tools.map(shown) });
    const block = { inline_payload: [{ payload: escaped(payload) }] };
    return new McpToolSchema(block, [], tools, [
      ...toolProblems(tools),
      ...lengthProblems("list of tools", payload, 1, MAX_INLINE_SCHEMA),
    ]);
  }

  /** Tools in a JSON file, as `tools/list` answers: `{ "tools": [ … ] }`. Synthesis copies them. */
  public static fromLocalFile(path: string): McpToolSchema {
    try {
      return McpToolSchema.fromInline(readTools(path));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return new McpToolSchema({}, [], undefined, [missingSchemaFile(path, reason)]);
    }
  }

  /**
   * The tools of the MCP server that comes with this package: those of its `server/tools`, as its bundle lists them. In a
   * checkout whose tools have changed since, `npm run bundle` comes first.
   */
  public static fromBundledServer(): McpToolSchema {
    const schema = McpToolSchema.fromLocalFile(bundledToolList());
    return schema.tools && !isToolListCurrent()
      ? new McpToolSchema({}, [], undefined, [staleToolList(bundledToolList())])
      : schema;
  }

  /** Tools in a JSON file of up to 10 MB in S3. The gateway's role may read that object. */
  public static fromS3(location: S3Location): McpToolSchema {
    const { uri, bucketOwnerAccountId } = s3Block(location);
    const block = { s3: [{ uri, bucket_owner_account_id: bucketOwnerAccountId }] };
    return new McpToolSchema(block, s3Permissions(location), undefined, []);
  }

  private constructor(
    /** The target's `mcp_tool_schema` block, as Terraform has it. @internal */
    public readonly block: object,
    /** What the gateway's role must be allowed. */
    public readonly permissions: readonly Permission[],
    private readonly tools: readonly McpTool[] | undefined,
    /** What the service would refuse. */
    public readonly problems: readonly Problem[],
  ) {}

  /** The tools' names; undefined where this program does not see them. */
  public get toolNames(): readonly string[] | undefined {
    return this.tools?.map(({ name }) => name);
  }
}

/** @throws ValidationError for what JavaScript or a file may hold in the place of tools */
export function refuseOther(tools: unknown): void {
  const isList = Array.isArray(tools) && tools.every((tool) => typeof tool === "object" && tool !== null);
  if (!isList) throwProblems([invalidToolSchema("it is no list of objects", "pass one with an object for each tool")]);
}

/** What a gateway shows of a tool; servers say more of theirs. */
function shown({ name, description, inputSchema }: McpTool): McpTool {
  return { name, ...(description !== undefined && { description }), inputSchema };
}

/** @throws Error for a file that cannot be read or holds no list of tools */
function readTools(path: string): readonly McpTool[] {
  const json = JSON.parse(readFileSync(path, "utf8")) as { readonly tools?: unknown } | null;
  if (!Array.isArray(json?.tools)) throw new Error('it holds no { "tools": [ … ] }');
  return json.tools as McpTool[];
}

function toolProblems(tools: readonly McpTool[]): Problem[] {
  const names = tools.map(({ name }) => name);
  const isNamed = (name: unknown): boolean => typeof name === "string" && name !== "";
  return [
    ...(names.length === 0 ? [invalidToolSchema("it has no tool", "define at least one")] : []),
    ...(names.length > MAX_TARGET_TOOLS
      ? [invalidToolSchema(`it has ${names.length} tools`, `use at most ${MAX_TARGET_TOOLS} in a target`)]
      : []),
    ...(names.every(isNamed) ? [] : [invalidToolSchema("a tool has no name", "give each a name")]),
    ...repeated(names).map((name) =>
      invalidToolSchema(`more than one tool is called "${name}"`, "give each its own name"),
    ),
    ...tools
      .filter(({ inputSchema }) => (inputSchema as McpTool["inputSchema"] | undefined)?.["type"] !== "object")
      .map(({ name }) =>
        invalidToolSchema(
          `the inputSchema of the tool "${name}" is not of the type object`,
          'use type "object" with a property for each argument',
        ),
      ),
  ];
}

/** The names that stand more than once, once each. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
