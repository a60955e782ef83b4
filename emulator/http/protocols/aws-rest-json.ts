import { Hono, type Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";

import { checkMembers } from "../../cloud/agentcore-constraints";
import { integer } from "../../cloud/constraints";
import { AwsError } from "../../cloud/errors";
import type { UrlMapping } from "../../cloud/network/network";
import type { Trace } from "../../trace/hop-record";
import { parseJsonBody, type Answer, type ServedAccount } from "./aws-json";
import { sigV4Error, verifySigV4 } from "./sigv4";

/** One operation of a service that speaks AWS REST-JSON. */
export interface RestJsonOperation {
  readonly name: string;
  readonly method: string;
  /** As Hono has it, for example `/gateways/:gatewayIdentifier`; a slash at its end makes no difference. */
  readonly path: string;
  /** The status of success. */
  readonly status: number;
  /** The member that the body is, as text. @default - the body has members in JSON */
  readonly payload?: string;
  /** From the members of path, query and body, in one object, to the answer's body. */
  run(input: unknown, urls: UrlMapping, trace: Trace): Promise<object>;
}

/** Operations that change the account are no hops of a call. */
const UNTRACED: Trace = {
  hop: ({ name }) => {
    throw new Error(`The hop ${name} cannot be made again.`);
  },
};

/** @param route for example `GET /gateways/:gatewayIdentifier` */
export function operation<Schema extends z.ZodType>(
  name: string,
  route: string,
  status: number,
  schema: Schema,
  run: (input: z.output<Schema>, urls: UrlMapping, trace: Trace) => Answer | Promise<Answer>,
): RestJsonOperation {
  const [method = "", path = ""] = route.split(" ");
  return {
    name,
    method,
    path,
    status,
    run: async (input, urls, trace) => (await run(checkMembers(schema, input), urls, trace)) ?? {},
  };
}

/** A whole number that comes in the query, as text. */
export function queryInteger(min: number, max: number) {
  const toNumber = (value: unknown) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value);
  return z.preprocess(toNumber, integer(min, max)).optional();
}

export type RestJsonHandler = (request: Request, urls: UrlMapping, trace: Trace) => Promise<Response>;

/**
 * The AWS REST-JSON protocol: operations by method and path, errors with their type in a header.
 *
 * @param account without a journal where no call is kept
 */
export function restJsonHandler(
  signingName: string,
  operations: readonly RestJsonOperation[],
  { environment, journal, sessionCredentials }: Omit<ServedAccount, "journal"> & Partial<ServedAccount>,
): RestJsonHandler {
  const app = new Hono<{ Bindings: { urls: UrlMapping; trace: Trace } }>({ strict: false });
  const tokens = new ClientTokens();
  const names = operations.map(({ name }) => name);
  journal?.offer(signingName, names, (name, input) =>
    operations.find((offered) => offered.name === name)?.run(input, (url) => url, UNTRACED),
  );
  for (const offered of operations) {
    app.on(offered.method, offered.path, async (c) => {
      const body = Buffer.from(await c.req.raw.arrayBuffer());
      const scope = { service: signingName, region: environment.region };
      const verdict = await verifySigV4(c.req.raw, body, scope, sessionCredentials);
      if (!verdict.verified) throw sigV4Error(verdict);
      const { payload } = offered;
      const members = payload === undefined ? parseJsonBody(body) : { [payload]: body.toString() };
      const input = { ...members, ...queryMembers(c), ...c.req.param() };
      const run = () => offered.run(input, c.env.urls, c.env.trace);
      const answer = await tokens.once(offered.name, input, async () =>
        journal ? journal.run(signingName, offered.name, input, run) : run(),
      );
      return offered.status === 204 ? c.body(null, 204) : c.json(answer, offered.status as ContentfulStatusCode);
    });
  }
  app.notFound((c) => {
    const message = `The emulator does not offer ${c.req.method} ${c.req.path} of ${signingName}.`;
    return errorResponse(new AwsError("UnknownOperationException", message), 404);
  });
  app.onError((error) => {
    if (error instanceof AwsError) return errorResponse(error, error.status);
    throw error;
  });
  return async (request, urls, trace) => {
    const response = await app.fetch(request, { urls, trace });
    response.headers.set("x-amzn-requestid", environment.random.uuid());
    return response;
  };
}

function queryMembers(c: Context): Record<string, unknown> {
  const entries = Object.entries(c.req.queries());
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function errorResponse({ code, message, members }: AwsError, status: number): Response {
  // The model requires a reason of every validation error.
  const reason = code === "ValidationException" ? { reason: "FieldValidationFailed" } : {};
  const headers = { "x-amzn-errortype": code };
  return Response.json({ message, ...reason, ...members }, { status, headers });
}

const KEPT_TOKENS = 1_000;

/** A request that repeats a client token is not carried out again (developer guide, `clientToken`). */
class ClientTokens {
  private readonly answers = new Map<string, Promise<object>>();

  async once(operationName: string, input: object, run: () => Promise<object>): Promise<object> {
    const token = "clientToken" in input ? input.clientToken : undefined;
    if (typeof token !== "string") return run();
    const key = `${operationName} ${token}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answer = run();
    this.answers.set(key, answer);
    if (this.answers.size > KEPT_TOKENS) this.answers.delete([...this.answers.keys()][0] ?? key);
    answer.catch(() => this.answers.delete(key));
    return answer;
  }
}
