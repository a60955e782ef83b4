import { z } from "zod";

import type { InterceptionPoint } from "../../../../aws/agentcore/values";
import { FIELD_NAME } from "../../../../targets/http-values";
import type { InterceptorDeclaration } from "../../../../topology";
import type { HopRecorder, Trace } from "../../../trace/hop-record";
import { answerSummary, requestSummary } from "../../../trace/summary";
import { AwsError } from "../../errors";
import type { HttpRequest } from "../../network/http-message";
import { FunctionError } from "../../lambda/execution-environment";
import type { LambdaFunctions } from "../../lambda/lambda-functions";
import { callFunction } from "../function-call";
import type { Gateway } from "../gateways";
import { interceptorFailed, type JsonRpcError, UNTOLD_FAILURE } from "../protocol/json-rpc-errors";
import type { OutboundAuthorization } from "../outbound/outbound-authorization";

const HOPS = { REQUEST: "request interceptor", RESPONSE: "response interceptor" } as const;

/** Header fields that only the answer as it is sent can tell. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set(["connection", "content-length", "transfer-encoding"]);

/** RFC 9110, section 5.5; a line's end would begin another field. */
export const FIELD_VALUE = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/);
export const HEADERS = z.record(z.string().regex(FIELD_NAME), FIELD_VALUE).nullish();
export const STATUS = z.int().min(200).max(599);
export const OUTPUT_VERSION = z.literal("1.0");

/** What a function is told at a point, and what it has to say. */
export interface Interception<Output> {
  /** @param headers of the request, where the configuration passes them: they hold the caller's token */
  event(headers: object): object;
  /** @default - nothing */
  readonly clientContext?: object;
  readonly output: z.ZodType<Output>;
  /** What `output` takes. */
  readonly expected: string;
  decision(output: Output): string;
}

/** The Lambda functions that a gateway shows requests and answers. */
export class InterceptorFunctions {
  constructor(
    private readonly outbound: OutboundAuthorization,
    private readonly functions: LambdaFunctions,
  ) {}

  /** @returns undefined without an interceptor at the point. @throws JsonRpcError when the function fails */
  async run<Output>(
    gateway: Gateway,
    point: InterceptionPoint,
    request: HttpRequest,
    interception: Interception<Output>,
    trace: Trace,
  ): Promise<Output | undefined> {
    const interceptor = interceptorAt(gateway, point);
    if (!interceptor) return undefined;
    const { lambdaArn, passRequestHeaders } = interceptor;
    const headers = passRequestHeaders ? { headers: request.headers.toRecord() } : {};
    const { clientContext = {} } = interception;
    const start = { name: HOPS[point], station: lambdaArn, request: requestSummary(request, request.body) };
    return trace.hop(start, async (hop) => {
      try {
        const session = this.outbound.assumeServiceRole(gateway, hop);
        const call = { lambdaArn, event: interception.event(headers), clientContext };
        const text = await callFunction(this.functions, session, call, hop);
        hop.answer(answerSummary(200, text));
        const output = readOutput(text, interception, hop);
        hop.check("decision", true, { actual: interception.decision(output) });
        return output;
      } catch (error) {
        if (!(error instanceof FunctionError || error instanceof AwsError)) throw error;
        hop.fail(error.message);
        throw failure(gateway, error.message);
      }
    });
  }
}

export function interceptorAt({ declaration }: Gateway, point: InterceptionPoint): InterceptorDeclaration | undefined {
  return declaration.interceptors?.find(({ points }) => points.includes(point));
}

function readOutput<Output>(
  text: string,
  interception: Interception<Output>,
  hop: HopRecorder<(typeof HOPS)[InterceptionPoint]>,
): Output {
  const { success, data, error } = interception.output.safeParse(JSON.parse(text));
  const expected = `interceptorOutputVersion "1.0", headers that HTTP can send, and ${interception.expected}`;
  hop.check("interceptor output", success, { expected, actual: text });
  if (success) return data;
  const [{ path, message }] = error.issues as [z.core.$ZodIssue];
  const wrong = path.length === 0 ? "it as a whole" : path.join(".");
  throw new FunctionError(
    "InvalidOutput",
    `The interceptor's output must have ${expected}; wrong is ${wrong}: ${message}`,
  );
}

/** The fields of a message that a function has made, without those of a connection. */
export function fieldsOf(headers: z.output<typeof HEADERS>): Record<string, string> {
  const fields = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(fields.filter(([name]) => !OF_THE_CONNECTION.has(name)));
}

function failure({ declaration }: Gateway, reason: string): JsonRpcError {
  const isTold = declaration.exceptionLevel === "DEBUG";
  return interceptorFailed(isTold ? reason : UNTOLD_FAILURE);
}
