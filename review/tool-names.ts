import {
  findTargetKind,
  type Instance,
  memberName,
  parseMcpTools,
  type Target,
  TargetDocumentError,
} from "../topology";
import { textsAt } from "./arguments";

type Described = Pick<Target, "kind" | "instance">;

/** Several rules ask, and documents may be long. */
const names = new WeakMap<Instance, readonly string[]>();
const documented = new WeakMap<Instance, DocumentedTools>();

/** The tools that a target's configuration describes, by name; those of a server are known only to the server. */
export function describedTools(target: Described): readonly string[] {
  const known = names.get(target.instance) ?? readTools(target);
  names.set(target.instance, known);
  return known;
}

function readTools({ kind, instance }: Described): readonly string[] {
  if (kind === "mcp_server") return writtenDown(instance);
  if (kind !== "lambda") return documentedTools({ kind, instance }).names;
  const lambda = instance.arguments
    .optionalBlock("target_configuration")
    ?.optionalBlock("mcp")
    ?.optionalBlock("lambda");
  return (lambda?.optionalBlock("tool_schema")?.blocks("inline_payload") ?? []).flatMap((tool) => {
    const name = tool.text("name");
    return typeof name === "string" ? [name] : [];
  });
}

function writtenDown({ arguments: target }: Instance): readonly string[] {
  const [payload] = textsAt(target, "target_configuration.mcp.mcp_server.mcp_tool_schema.inline_payload.payload");
  const tools = typeof payload === "string" ? parseMcpTools(payload) : undefined;
  return tools?.map(({ name }) => name) ?? [];
}

interface DocumentedTools {
  readonly names: readonly string[];
  readonly fault?: string;
}

/** What the document of a target says, such as an OpenAPI schema, and what is wrong with it; a hidden one says nothing. */
export function documentedTools(target: Described): DocumentedTools {
  const known = documented.get(target.instance) ?? readDocument(target);
  documented.set(target.instance, known);
  return known;
}

function readDocument({ kind = "", instance }: Described): DocumentedTools {
  const [payload] = textsAt(instance.arguments, `target_configuration.mcp.${kind}.inline_payload.payload`);
  if (typeof payload !== "string") return { names: [] };
  try {
    const tools = findTargetKind(memberName(kind))?.described?.(payload) ?? [];
    return { names: tools.map(({ name }) => name) };
  } catch (error) {
    if (!(error instanceof TargetDocumentError)) throw error;
    return { names: [], ...(!error.isUnsupported && { fault: error.message }) };
  }
}
