import { z } from "zod";

import type { InterceptionPoint } from "../../../aws/agentcore/values";
import type { InterceptorDeclaration } from "../../../topology";
import type { HopRecorder, Trace } from "../../trace/hop-record";
import { answerSummary, requestSummary } from "../../trace/summary";
import { AwsError } from "../errors";
import { HttpResponse, type HttpRequest } from "../http-message";
import { FunctionError } from "../lambda/execution-environment";
import type { LambdaFunctions } from "../lambda/lambda-functions";
import { callFunction } from "./function-call";
import { describeChange, type Message } from "./interceptor-decision";
import type { Gateway } from "./gateways";
import { JsonRpcError, PARSE_ERROR, SERVER_FAILURE, UNTOLD_FAILURE } from "./json-rpc";
import type { OutboundAuthorization } from "./outbound-authorization";

const HOPS = { REQUEST: "request interceptor", RESPONSE: "response interceptor" } as const;
type InterceptorHop = (typeof HOPS)[keyof typeof HOPS];

/** Header fields that only the answer as it is sent can tell. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set(["connection", "content-length", "transfer-encoding"]);

const message = { headers: z.record(z.string(), z.string()).nullish(), body: z.unknown() };
const answer = z.object({ ...message, statusCode: z.int().min(200).max(599).default(200) });

/** What an interceptor says: developer guide, "gateway-interceptors-types". */
const OUTPUT = z.object({
  interceptorOutputVersion: z.literal("1.0"),
  mcp: z.object({
    transformedGatewayRequest: z.object(message).nullish(),
    transformedGatewayResponse: answer.nullish(),
  }),
});

type Output = z.output<typeof OUTPUT>["mcp"];

/** What becomes of a request: another one, or an answer that no target has to give. */
export type Intercepted = PassedRequest | { readonly answer: HttpResponse };

/** A request that goes on, with the header fields that an interceptor gave it, by names in lower case. */
export interface PassedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What has an id among the events of a streamed answer, and the head of the answer as long as it is not sent. */
export interface StreamedEvent {
  readonly body: unknown;
  readonly head?: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
}

/** The Lambda functions that a gateway shows each request before, and each answer after, it does anything with it. */
export class Interceptors {
  constructor(
    private readonly outbound: OutboundAuthorization,
    private readonly functions: LambdaFunctions,
  ) {}

  /** @throws JsonRpcError when the function fails, or lets the request pass without telling its body */
  async request(gateway: Gateway, request: HttpRequest, trace: Trace): Promise<Intercepted> {
    const output = await this.run(gateway, "REQUEST", request, undefined, trace);
    if (!output) return { body: request.body.toString(), headers: {} };
    if (output.transformedGatewayResponse) return { answer: answerOf(output.transformedGatewayResponse) };
    const { body, headers } = output.transformedGatewayRequest ?? {};
    // As a report quotes it for an interceptor that answered with nothing in `mcp`.
    if (body === undefined) throw new JsonRpcError(PARSE_ERROR, "Parse error - Invalid JSON format");
    return { body: JSON.stringify(body), headers: lowerCased(headers) };
  }

  /** @throws JsonRpcError when the function fails, or gives no answer back */
  async response(gateway: Gateway, request: HttpRequest, response: HttpResponse, trace: Trace): Promise<HttpResponse> {
    const { responseStreaming } = gateway.declaration;
    const told = async () => ({
      ...(await describeResponse(response)),
      // Seen where an answer of a gateway that streams is none: awslabs' sample of a consent portal, September 2026.
      ...(responseStreaming && { isStreamingResponse: false }),
    });
    const output = await this.run(gateway, "RESPONSE", request, told, trace);
    return output?.transformedGatewayResponse ? answerOf(output.transformedGatewayResponse) : response;
  }

  /** Developer guide, "gateway-interceptors-types-streaming". @throws JsonRpcError as for an answer */
  async event(gateway: Gateway, request: HttpRequest, event: StreamedEvent, trace: Trace): Promise<StreamedEvent> {
    const { body, head } = event;
    const start = head && { statusCode: head.status, headers: head.headers };
    const told = () => ({ ...start, isStreamingResponse: true, body });
    const made = (await this.run(gateway, "RESPONSE", request, told, trace))?.transformedGatewayResponse;
    if (!made) return event;
    return { body: made.body ?? body, head: head && { status: made.statusCode, headers: fieldsOf(made.headers) } };
  }

  private async run(
    gateway: Gateway,
    point: InterceptionPoint,
    request: HttpRequest,
    told: (() => Message | Promise<Message>) | undefined,
    trace: Trace,
  ): Promise<Output | undefined> {
    const interceptor = gateway.declaration.interceptors?.find(({ points }) => points.includes(point));
    if (!interceptor) return undefined;
    const event = eventOf(interceptor, request, await told?.());
    const start = { name: HOPS[point], station: interceptor.lambdaArn, request: requestSummary(request, request.body) };
    return trace.hop(start, async (hop) => {
      try {
        const text = await this.invoke(gateway, interceptor.lambdaArn, event, hop);
        hop.answer(answerSummary(200, text));
        const output = readOutput(text, point, hop);
        hop.check("decision", true, { actual: decisionOf(output, event.mcp, point) });
        return output;
      } catch (error) {
        if (!(error instanceof FunctionError || error instanceof AwsError)) throw error;
        hop.fail(error.message);
        throw failure(gateway, error.message);
      }
    });
  }

  private async invoke(
    gateway: Gateway,
    lambdaArn: string,
    event: object,
    hop: HopRecorder<InterceptorHop>,
  ): Promise<string> {
    const session = this.outbound.assumeServiceRole(gateway, hop);
    return callFunction(this.functions, session, { lambdaArn, event, clientContext: {} }, hop);
  }
}

/** Whether the function gave what its point asks for; `undefined` members of a request's are for `request` to judge. */
function readOutput(text: string, point: InterceptionPoint, hop: HopRecorder<InterceptorHop>): Output {
  const output = OUTPUT.safeParse(JSON.parse(text));
  const isWhole = output.success && (point === "REQUEST" || Boolean(output.data.mcp.transformedGatewayResponse));
  const expected = `interceptorOutputVersion "1.0" and ${
    point === "REQUEST"
      ? "mcp.transformedGatewayRequest with a body, or mcp.transformedGatewayResponse"
      : "mcp.transformedGatewayResponse"
  }`;
  hop.check("interceptor output", isWhole, { expected, actual: text });
  if (output.success && isWhole) return output.data.mcp;
  throw new FunctionError("InvalidOutput", `The interceptor's output must have ${expected}`);
}

function decisionOf(output: Output, event: ReturnType<typeof eventOf>["mcp"], point: InterceptionPoint): string {
  const { transformedGatewayRequest, transformedGatewayResponse } = output;
  if (point === "REQUEST" && transformedGatewayResponse) {
    return `answered in the target's place with HTTP ${transformedGatewayResponse.statusCode}`;
  }
  const { gatewayRequest, gatewayResponse = gatewayRequest } = event;
  const made: Message = transformedGatewayResponse ?? transformedGatewayRequest ?? {};
  const isHeadSent = point === "RESPONSE" && !("statusCode" in gatewayResponse);
  return describeChange(gatewayResponse, isHeadSent ? { body: made.body } : made);
}

/** Headers reach a function only where the configuration passes them: they hold the caller's token. */
function eventOf(
  { passRequestHeaders }: InterceptorDeclaration,
  { method, location, headers, body }: HttpRequest,
  gatewayResponse: Message | undefined,
) {
  const text = body.toString();
  return {
    interceptorInputVersion: "1.0",
    mcp: {
      rawGatewayRequest: { body: text },
      gatewayRequest: {
        path: location.pathname,
        httpMethod: method,
        ...(passRequestHeaders && { headers: headers.toRecord() }),
        body: JSON.parse(text) as unknown,
      },
      ...(gatewayResponse && { gatewayResponse }),
    },
  };
}

async function describeResponse(response: HttpResponse) {
  const text = await response.text();
  return {
    statusCode: response.status,
    headers: response.headers.toRecord(),
    body: text === "" ? null : (JSON.parse(text) as unknown),
  };
}

function lowerCased(headers: Readonly<Record<string, string>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

function answerOf({ statusCode, headers, body }: z.output<typeof answer>): HttpResponse {
  const head = { status: statusCode, headers: fieldsOf(headers) };
  return body === null || body === undefined ? new HttpResponse(undefined, head) : HttpResponse.json(body, head);
}

function fieldsOf(headers: z.output<typeof answer>["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(lowerCased(headers)).filter(([name]) => !OF_THE_CONNECTION.has(name)));
}

/** A guess: what callers see of an interceptor that fails is documented nowhere. Targets that fail say the same. */
function failure({ declaration }: Gateway, reason: string): JsonRpcError {
  const isTold = declaration.exceptionLevel === "DEBUG";
  return new JsonRpcError(SERVER_FAILURE, isTold ? reason : UNTOLD_FAILURE);
}
