import { TOOL_NAME_SEPARATOR } from "../../../../aws/agentcore/names";
import type { Gateway } from "../gateways";
import { pageOf } from "./pages";
import type { Target } from "../target";
import { describedIn, type Tool, type ToolDescription } from "../tool";
import { SEARCH_TOOL } from "./tool-search";

interface ToolsPage {
  readonly tools: readonly ToolDescription[];
  readonly nextCursor?: string;
}

/**
 * Pages of one target each; the search tool leads the first.
 *
 * @param version of the protocol, in which the caller asks
 * @param isShown which tools the caller may see
 * @throws JsonRpcError
 */
export function listTools(
  gateway: Gateway,
  cursor: unknown,
  version: string,
  isShown: (tool: ToolDescription) => boolean = () => true,
): ToolsPage {
  const own = hasSearch(gateway) ? [SEARCH_TOOL.description] : [];
  const [first = [], ...others] = listedTargets(gateway).map(({ tools }) =>
    tools.filter(({ description }) => isShown(description)).map((tool) => describedIn(tool, version)),
  );
  const { items, nextCursor } = pageOf([[...own, ...first], ...others], cursor);
  return { tools: items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** The tool of a name such as `target___tool`, where its target is listed. */
export function findTool(gateway: Gateway, name: string): { target: Target; tool: Tool } | undefined {
  const [targetName] = name.split(TOOL_NAME_SEPARATOR, 1);
  const target = gateway.targets.find((candidate) => candidate.declaration.name === targetName && isListed(candidate));
  const tool = target?.tools.find(({ description }) => description.name === name);
  return target && tool && { target, tool };
}

export function allTools(gateway: Gateway): ToolDescription[] {
  return listedTargets(gateway).flatMap(({ tools }) => tools.map(({ description }) => description));
}

/** Whether the gateway was created with the search tool. */
export function hasSearch({ declaration }: Gateway): boolean {
  return declaration.searchType === "SEMANTIC";
}

function listedTargets({ targets }: Gateway): Target[] {
  return targets.filter(isListed);
}

/** The catalogue is kept through a synchronization, and past one that fails. */
export function isListed({ status, lastSynchronizedAt }: Target): boolean {
  return lastSynchronizedAt !== undefined && status !== "DELETING";
}
