import type { z } from "zod";

import { paginate } from "../../cloud/pagination";
import type { XmlValue } from "../protocols/xml";
import type { PAGE } from "./constraints";

/** One page of a list, as IAM answers it. */
export function listShape<Item>(
  member: string,
  all: readonly Item[],
  { Marker: nextToken, MaxItems: maxResults }: z.output<z.ZodObject<typeof PAGE>>,
  shape: (item: Item) => XmlValue,
): { readonly [name: string]: XmlValue } {
  const page = paginate(all, { nextToken, maxResults }, { most: 100, refusal: "ValidationError" });
  return { [member]: page.items.map(shape), IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}
