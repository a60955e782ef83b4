import { AwsError, type AwsErrorCode } from "./errors";

export interface PageRequest {
  /** The service's own maximum when left out. */
  readonly maxResults?: number;
  /** From the page before. */
  readonly nextToken?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Left out on the last page. */
  readonly nextToken?: string;
}

/**
 * One page of a list whose order is stable.
 *
 * @param refusal the error for a token that no page gave
 * @throws AwsError
 */
export function paginate<Item>(
  all: readonly Item[],
  { maxResults, nextToken }: PageRequest,
  limits: { readonly most: number; readonly refusal: AwsErrorCode },
): Page<Item> {
  const start = nextToken === undefined ? 0 : readToken(nextToken);
  if (start === undefined) throw new AwsError(limits.refusal, "The pagination token is invalid.");
  const end = start + (maxResults ?? limits.most);
  return { items: all.slice(start, end), ...(end < all.length && { nextToken: writeToken(end) }) };
}

/** A page as the member of an answer, with the token of the next. @throws AwsError */
export function pageOf(
  member: string,
  all: readonly object[],
  request: PageRequest,
  limits: Parameters<typeof paginate>[2],
): object {
  const { items, nextToken } = paginate(all, request, limits);
  return { [member]: items, nextToken };
}

function writeToken(start: number): string {
  return Buffer.from(`page:${start}`).toString("base64url");
}

function readToken(token: string): number | undefined {
  const start = /^page:(\d{1,9})$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  return start === undefined ? undefined : Number(start);
}
