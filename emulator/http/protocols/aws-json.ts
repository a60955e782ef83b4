import type { z } from "zod";

import { enforce } from "../../cloud/constraints";
import { AwsError, type AwsErrorCode } from "../../cloud/errors";
import type { Environment } from "../../cloud/environment";
import type { Journal } from "../../cloud/journal";
import { claimedScope, type Sessions, sigV4Error, verifySigV4 } from "./sigv4";

/** A front door: it answers a request whose URL is AWS's own, wherever the emulator listens. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** What an operation has to say; nothing stands for a structure without members. */
export type Answer = object | void;

/** One operation of a service that speaks AWS JSON. */
export interface AwsJsonOperation {
  /** Whether callers sign it with AWS credentials. */
  readonly isSigned: boolean;
  /** From the request's JSON to the answer's. */
  run(request: unknown): Promise<object>;
}

/** Makes the signed operations of a service. @param refusal its one error for members that break their constraints */
export function signedOperations(refusal: AwsErrorCode) {
  return <Schema extends z.ZodType>(
    schema: Schema,
    run: (request: z.output<Schema>) => Answer | Promise<Answer>,
  ): AwsJsonOperation => ({
    isSigned: true,
    run: async (request) => (await run(enforce(schema, request, refusal))) ?? {},
  });
}

export interface AwsJsonService {
  /** What comes before the operation in the header `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly signingName: string;
  /** Other regions, in which something exists that the operations are about. @default - none */
  readonly otherRegions?: () => readonly string[];
  readonly operations: Readonly<Record<string, AwsJsonOperation>>;
}

/** The account whose API it is. */
export interface ServedAccount {
  readonly environment: Pick<Environment, "region" | "random">;
  readonly journal: Journal;
  readonly sessionCredentials: Sessions;
}

const CONTENT_TYPE = "application/x-amz-json-1.1";
/** The one status of every refusal: models of this protocol carry no codes (botocore `cognito-idp/2016-04-18`). */
const CLIENT_ERROR = 400;

/** The AWS JSON 1.1 protocol: one URL, the operation in a header, errors with their type in header and body. */
export function awsJsonHandler(service: AwsJsonService, account: ServedAccount): FetchHandler {
  const { signingName, operations } = service;
  account.journal.offer(signingName, Object.keys(operations), (name, input) => operations[name]?.run(input));
  return async (request) => {
    const requestId = account.environment.random.uuid();
    try {
      const answer = await dispatch(service, account, request);
      return respond(200, answer, { "x-amzn-requestid": requestId });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const headers = { "x-amzn-requestid": requestId, "x-amzn-errortype": error.code };
      return respond(CLIENT_ERROR, { __type: error.code, message: error.message }, headers);
    }
  };
}

async function dispatch(
  service: AwsJsonService,
  { environment, journal, sessionCredentials }: ServedAccount,
  request: Request,
): Promise<object> {
  const { signingName, otherRegions = () => [] } = service;
  const target = request.headers.get("x-amz-target") ?? "";
  const [prefix, name = ""] = target.split(".");
  const isOffered = prefix === service.targetPrefix && Object.hasOwn(service.operations, name);
  const found = isOffered ? service.operations[name] : undefined;
  if (!found) throw unknownOperation(service, target);
  const body = Buffer.from(await request.arrayBuffer());
  if (found.isSigned) {
    const { region } = environment;
    const claimed = claimedScope(request)?.region ?? region;
    const scope = { service: signingName, region: otherRegions().includes(claimed) ? claimed : region };
    const verdict = await verifySigV4(request, body, scope, sessionCredentials);
    if (!verdict.verified) throw sigV4Error(verdict);
  }
  const input = parseJsonBody(body);
  // What users call themselves changes them alone.
  if (!found.isSigned) return found.run(input);
  return journal.run(signingName, name, input, () => found.run(input));
}

/** A member that is null counts as left out. @throws AwsError SerializationException */
export function parseJsonBody(body: Buffer): object {
  const text = body.toString();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text === "" ? "{}" : text, (_key, value: unknown) => (value === null ? undefined : value));
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new AwsError("SerializationException", "The request body must be a JSON object");
  }
  return parsed;
}

function unknownOperation({ operations, targetPrefix }: AwsJsonService, target: string): AwsError {
  const asked = target === "" ? "The request has no X-Amz-Target" : `The emulator does not offer ${target}`;
  const offered = Object.keys(operations).join(", ");
  return new AwsError("UnknownOperationException", `${asked}. It offers ${targetPrefix}: ${offered}.`);
}

function respond(status: number, body: object, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": CONTENT_TYPE, ...headers } });
}
