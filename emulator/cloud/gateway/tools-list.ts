import { TOOL_NAME_SEPARATOR } from "../../../aws/agentcore/names";
import type { Gateway } from "./gateways";
import { INVALID_PARAMS, JsonRpcError } from "./json-rpc";
import type { Target } from "./target";
import type { Tool, ToolDescription } from "./tool";
import { SEARCH_TOOL } from "./tool-search";

interface ToolsPage {
  readonly tools: readonly ToolDescription[];
  readonly nextCursor?: string;
}

/** 44 tools of a target, with the search tool before them, came in pages of 30 and 15 (anthropics/claude-code#24785). */
const TOOLS_ON_A_PAGE = 30;

/** Pages of one target each; the search tool leads the first. @throws JsonRpcError */
export function listTools(gateway: Gateway, cursor: unknown): ToolsPage {
  const page = readCursor(cursor);
  const pages = pagesOf(gateway);
  if (page > 0 && page >= pages.length) throw new JsonRpcError(INVALID_PARAMS, "Invalid params: unknown cursor");
  return { tools: pages[page] ?? [], ...(page + 1 < pages.length && { nextCursor: writeCursor(page + 1) }) };
}

function pagesOf(gateway: Gateway): readonly ToolDescription[][] {
  const own = hasSearch(gateway) ? [SEARCH_TOOL.description] : [];
  const [first = [], ...others] = listedTargets(gateway).map(({ tools }) =>
    tools.map(({ description }) => description),
  );
  return [[...own, ...first], ...others].flatMap(inPages);
}

/** A target without tools has a page all the same. */
function inPages(tools: ToolDescription[]): ToolDescription[][] {
  const count = Math.max(1, Math.ceil(tools.length / TOOLS_ON_A_PAGE));
  return Array.from({ length: count }, (_, page) => tools.slice(page * TOOLS_ON_A_PAGE, (page + 1) * TOOLS_ON_A_PAGE));
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
function isListed({ status, lastSynchronizedAt }: Target): boolean {
  return lastSynchronizedAt !== undefined && status !== "DELETING";
}

function readCursor(cursor: unknown): number {
  if (cursor === undefined) return 0;
  const page = typeof cursor === "string" ? Number(Buffer.from(cursor, "base64url").toString()) : NaN;
  if (!Number.isInteger(page) || page < 1) throw new JsonRpcError(INVALID_PARAMS, "Invalid params: unknown cursor");
  return page;
}

function writeCursor(page: number): string {
  return Buffer.from(String(page)).toString("base64url");
}
