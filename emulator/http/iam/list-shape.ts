import { paginate } from "../../cloud/pagination";
import type { XmlValue } from "../protocols/xml";

export interface ListRequest {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** One page of a list, as IAM answers it. */
export function listShape<Item>(
  member: string,
  all: readonly Item[],
  { Marker: nextToken, MaxItems: maxResults }: ListRequest,
  shape: (item: Item) => XmlValue,
): { readonly [name: string]: XmlValue } {
  const page = paginate(all, { nextToken, maxResults }, { most: 100, refusal: "ValidationError" });
  return { [member]: page.items.map(shape), IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}
