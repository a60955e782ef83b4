import type { z } from "zod";

import { NEXT_TOKEN } from "../../cloud/agentcore-constraints";
import { structure } from "../../cloud/constraints";
import { pageOf } from "../../cloud/pagination";
import { operation, queryInteger, type RestJsonOperation } from "../protocols/aws-rest-json";

/**
 * An operation that lists, page by page.
 *
 * @param about what the request says beside which page it wants
 * @param most entries of a page
 * @param member of the answer that has them
 */
export function listOperation<Schema extends z.ZodType<object>>(
  name: string,
  route: string,
  about: Schema,
  most: number,
  member: string,
  all: (request: z.output<Schema>) => readonly object[],
): RestJsonOperation {
  const page = structure({ maxResults: queryInteger(1, most), nextToken: NEXT_TOKEN });
  return operation(name, route, 200, about.and(page), (request) =>
    pageOf(member, all(request), request, { most, refusal: "ValidationException" }),
  );
}
