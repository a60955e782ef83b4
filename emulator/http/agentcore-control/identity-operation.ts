import type { z } from "zod";

import { integer, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { pageOf } from "../../cloud/pagination";
import type { Answer } from "../protocols/aws-json";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";

/** An operation of AgentCore Identity: its path is its name, and all its members are in the body. */
export function identityOperation<Schema extends z.ZodType>(
  name: string,
  status: number,
  schema: Schema,
  run: (input: z.output<Schema>) => Answer,
): RestJsonOperation {
  return operation(name, `POST /identities/${name}`, status, schema, run);
}

/** @param member of the answer that has the entries of a page */
export function listOperation(
  name: string,
  most: number,
  member: string,
  all: () => readonly object[],
): RestJsonOperation {
  const page = structure({ maxResults: integer(1, most).optional(), nextToken: text(UNBOUNDED).optional() });
  return identityOperation(name, 200, page, (request) =>
    pageOf(member, all(), request, { most, refusal: "ValidationException" }),
  );
}

export function deleteOperation<Schema extends z.ZodType<{ name: string }>>(
  operationName: string,
  byName: Schema,
  remove: (name: string) => void,
): RestJsonOperation {
  return identityOperation(operationName, 204, byName, ({ name }) => {
    remove(name);
  });
}
