import { z } from "zod";

import type { InterceptionPoint } from "../../../../aws/agentcore/values";
import type { Trace } from "../../../trace/hop-record";
import { HttpResponse, type HttpRequest } from "../../network/http-message";
import { describeChange, type Message } from "./interceptor-decision";
import {
  fieldsOf,
  HEADERS,
  interceptorAt,
  type InterceptorFunctions,
  OUTPUT_VERSION,
  STATUS,
} from "./interceptor-functions";
import type { Gateway } from "../gateways";
import { notJson } from "../protocol/json-rpc-errors";

const message = { headers: HEADERS, body: z.unknown().optional() };
const answer = z.object({ ...message, statusCode: STATUS.nullish() });

/** What an interceptor says: developer guide, "gateway-interceptors-types". */
function outputWith<Answer extends z.ZodType>(transformedGatewayResponse: Answer) {
  const mcp = z.object({ transformedGatewayRequest: z.object(message).nullish(), transformedGatewayResponse });
  return z.object({ interceptorOutputVersion: OUTPUT_VERSION, mcp }).transform((output) => output.mcp);
}

/** What is left out of a request is for `request` to judge. */
const OUTPUTS = { REQUEST: outputWith(answer.nullish()), RESPONSE: outputWith(answer) };

type Output = z.output<(typeof OUTPUTS)["REQUEST"]>;

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

/** Interceptors of MCP, which see each request before, and each answer after, the gateway does anything with it. */
export class Interceptors {
  constructor(private readonly functions: InterceptorFunctions) {}

  /** @throws JsonRpcError when the function fails, or lets the request pass without telling its body */
  async request(gateway: Gateway, request: HttpRequest, trace: Trace): Promise<Intercepted> {
    const output = await this.run(gateway, "REQUEST", request, undefined, trace);
    if (!output) return { body: request.body.toString(), headers: {} };
    if (output.transformedGatewayResponse) return { answer: answerOf(output.transformedGatewayResponse, NO_ANSWER) };
    const { body, headers } = output.transformedGatewayRequest ?? {};
    // As a report quotes it for an interceptor that answered with nothing in `mcp`.
    if (body === undefined) throw notJson();
    return { body: JSON.stringify(body), headers: fieldsOf(headers) };
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
    return output?.transformedGatewayResponse ? answerOf(output.transformedGatewayResponse, response) : response;
  }

  /** Developer guide, "gateway-interceptors-types-streaming". @throws JsonRpcError as for an answer */
  async event(gateway: Gateway, request: HttpRequest, event: StreamedEvent, trace: Trace): Promise<StreamedEvent> {
    const { body, head } = event;
    const start = head && { statusCode: head.status, headers: head.headers };
    const told = () => ({ ...start, isStreamingResponse: true, body });
    const made = (await this.run(gateway, "RESPONSE", request, told, trace))?.transformedGatewayResponse;
    if (!made) return event;
    return {
      body: made.body ?? body,
      head: head && { status: made.statusCode ?? head.status, headers: fieldsOf(made.headers) },
    };
  }

  private async run(
    gateway: Gateway,
    point: InterceptionPoint,
    request: HttpRequest,
    told: (() => Message | Promise<Message>) | undefined,
    trace: Trace,
  ): Promise<Output | undefined> {
    if (!interceptorAt(gateway, point)) return undefined;
    const text = request.body.toString();
    const body = JSON.parse(text) as unknown;
    const gatewayResponse = await told?.();
    const gatewayRequest = { path: request.location.pathname, httpMethod: request.method };
    const interception = {
      event: (headers: object) => ({
        interceptorInputVersion: "1.0",
        mcp: {
          rawGatewayRequest: { body: text },
          gatewayRequest: { ...gatewayRequest, ...headers, body },
          ...(gatewayResponse && { gatewayResponse }),
        },
      }),
      output: OUTPUTS[point],
      expected:
        point === "REQUEST"
          ? "mcp.transformedGatewayRequest with a body, or mcp.transformedGatewayResponse"
          : "mcp.transformedGatewayResponse",
      decision: ({ transformedGatewayRequest, transformedGatewayResponse }: Output) => {
        if (point === "REQUEST" && transformedGatewayResponse) {
          return `answered in the target's place with HTTP ${transformedGatewayResponse.statusCode ?? NO_ANSWER.status}`;
        }
        const before: Message = gatewayResponse ?? { body };
        const made = transformedGatewayResponse ?? { statusCode: undefined, ...transformedGatewayRequest };
        const isHeadSent = before.statusCode === undefined;
        const statusCode = isHeadSent ? undefined : (made.statusCode ?? before.statusCode);
        return describeChange(before, { statusCode, body: made.body === undefined ? before.body : made.body });
      },
    };
    return this.functions.run(gateway, point, request, interception, trace);
  }
}

async function describeResponse(response: HttpResponse) {
  const text = await response.text();
  return {
    statusCode: response.status,
    headers: response.headers.toRecord(),
    body: text === "" ? null : (JSON.parse(text) as unknown),
  };
}

/** In the place of one that nothing is known of yet. */
const NO_ANSWER = new HttpResponse();

/** What is left out stays as it was, as with events and HTTP targets: a guess. */
function answerOf({ statusCode, headers, body }: z.output<typeof answer>, original: HttpResponse): HttpResponse {
  const status = statusCode ?? original.status;
  const fields = { ...original.headers.toRecord(), ...fieldsOf(headers) };
  if (body === undefined) return new HttpResponse(original.body, { status, headers: fields });
  if (body === null) return new HttpResponse(undefined, { status, headers: fields });
  return HttpResponse.json(body, { status, headers: fields });
}
