import { unknownCursor } from "../protocol/json-rpc-errors";

/** One page of a list, and where the next begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

/** 44 tools of a target, with the search tool before them, came in pages of 30 and 15 (anthropics/claude-code#24785). */
const ON_A_PAGE = 30;

/**
 * A page of what targets have, on pages of one target each.
 *
 * @throws JsonRpcError for a cursor that is none
 */
export function pageOf<Item>(ofTargets: readonly (readonly Item[])[], cursor: unknown): Page<Item> {
  const page = readCursor(cursor);
  const pages = ofTargets.flatMap(inPages);
  if (page > 0 && page >= pages.length) throw unknownCursor();
  return { items: pages[page] ?? [], ...(page + 1 < pages.length && { nextCursor: writeCursor(page + 1) }) };
}

/** A target without anything has a page all the same. */
function inPages<Item>(items: readonly Item[]): (readonly Item[])[] {
  const count = Math.max(1, Math.ceil(items.length / ON_A_PAGE));
  return Array.from({ length: count }, (_, page) => items.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE));
}

function readCursor(cursor: unknown): number {
  // Clients that write out what they leave out say null.
  if (cursor === undefined || cursor === null) return 0;
  const page = typeof cursor === "string" ? Number(Buffer.from(cursor, "base64url").toString()) : NaN;
  if (!Number.isInteger(page) || page < 1) throw unknownCursor();
  return page;
}

function writeCursor(page: number): string {
  return Buffer.from(String(page)).toString("base64url");
}
