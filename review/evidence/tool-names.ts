import { entryOf, findTargetKind, type Instance, memberName, type Target, TargetDocumentError } from "../../topology";

/** Several rules ask, and documents may be long. */
const names = new WeakMap<Instance, readonly string[]>();
const documented = new WeakMap<Instance, DocumentedTools>();

/** The tools that a target's configuration describes, by name; those of a server are known only to the server. */
export function describedTools(target: Target): readonly string[] {
  return entryOf(
    names,
    target.instance,
    () => target.toolNames?.filter((name) => typeof name === "string") ?? documentedTools(target).names,
  );
}

interface DocumentedTools {
  readonly names: readonly string[];
  readonly fault?: string;
}

/** What the document of a target says, such as an OpenAPI schema, and what is wrong with it; a hidden one says nothing. */
export function documentedTools(target: Target): DocumentedTools {
  return entryOf(documented, target.instance, () => readDocument(target));
}

function readDocument({ kind = "", payload }: Target): DocumentedTools {
  if (typeof payload !== "string") return { names: [] };
  try {
    const tools = findTargetKind(memberName(kind))?.described?.(payload) ?? [];
    return { names: tools.map(({ name }) => name) };
  } catch (error) {
    if (!(error instanceof TargetDocumentError)) throw error;
    return { names: [], ...(!error.isUnsupported && { fault: error.message }) };
  }
}
