import { notImplemented } from "../../cloud/s3/errors";
import type { XmlValue } from "../protocols/xml";
import type { S3Address } from "./address";

/** A request whose signature and digests hold, as the journal keeps it. */
export interface S3Request {
  readonly bucketName: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body: string;
}

export interface S3Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object's content, or a document: its one element. */
  readonly body?: Buffer | { readonly [root: string]: XmlValue };
}

export interface S3Operation {
  readonly name: string;
  readonly method: string;
  readonly level: "account" | "bucket" | "object";
  /** The parameter that tells it from others of its method: `GET /?policy`. */
  readonly subresource?: string;
  /** Parameters and headers that it takes beside those that any operation has. */
  readonly takes: readonly string[];
  run(request: S3Request): S3Answer;
}

/** @param route for example `GET bucket?policy` */
export function s3Operation(
  name: string,
  route: string,
  takes: readonly string[],
  run: (request: S3Request) => S3Answer,
): S3Operation {
  const [method = "", place = ""] = route.split(" ");
  const [level, subresource] = place.split("?");
  return { name, method, level: level as S3Operation["level"], subresource, takes, run };
}

/** Which operation it is, SDKs say in the query, too; S3 heeds it not. */
const UNHEEDED = "x-id";

/**
 * The operation that a request means.
 *
 * @throws AwsError NotImplemented for what is not offered, down to a single parameter
 */
export function operationOf(
  operations: readonly S3Operation[],
  method: string,
  { bucketName, key }: S3Address,
  query: Readonly<Record<string, string>>,
): S3Operation {
  const level = key !== undefined ? "object" : bucketName !== undefined ? "bucket" : "account";
  const given = Object.keys(query).filter((name) => name !== UNHEEDED);
  const there = operations.filter((offered) => offered.method === method && offered.level === level);
  const found =
    there.find(({ subresource }) => subresource !== undefined && given.includes(subresource)) ??
    there.find(({ subresource }) => subresource === undefined);
  const strange = given.filter((name) => name !== found?.subresource && !found?.takes.includes(name));
  if (found && strange.length === 0) return found;
  const asked = given.length > 0 ? ` with ?${strange.join("&")}` : "";
  throw notImplemented(`The emulator does not offer ${method} of ${PLACES[level]}${asked} in S3.`);
}

const PLACES = { account: "an account", bucket: "a bucket", object: "an object" };
