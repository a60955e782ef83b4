import { PAGINATION_TOKEN, POOL_ID } from "../../cloud/cognito/constraints";
import { integer, structure } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import type { Times } from "../../cloud/times";
import { seconds } from "../protocols/times";

export function datesOf({ createdAt, updatedAt }: Times) {
  return { CreationDate: seconds(createdAt), LastModifiedDate: seconds(updatedAt) };
}

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** @param least of the entries that a request may ask for */
export function listOfPool(most: number, least = 1) {
  return structure({ UserPoolId: POOL_ID, MaxResults: integer(least, most).optional(), NextToken: PAGINATION_TOKEN });
}

/** A page of a list, under its name. 0 results count as none said. @throws AwsError InvalidParameterException */
export function pageOf<Item>(
  name: string,
  all: readonly Item[],
  { MaxResults, NextToken }: PageRequest,
  shape: (item: Item) => object,
  most = 60,
): object {
  const request = { maxResults: MaxResults || undefined, nextToken: NextToken };
  const { items, nextToken } = paginate(all, request, { most, refusal: "InvalidParameterException" });
  return { [name]: items.map(shape), NextToken: nextToken };
}
