// emulator/cloud/gateway/interceptors/: functions that see a request before its target, and an answer before the client.

import { z } from "zod";

import type { InterceptionPoint } from "../../../../aws/agentcore/values";
import { parseJson } from "../../../../targets/json";
import type { Trace } from "../../../trace/hop-record";
import type { Environment } from "../../environment";
import { HttpHeaders, HttpRequest, HttpResponse } from "../../network/http-message";
import { describeChange } from "./interceptor-decision";
import {
  FIELD_VALUE,
  fieldsOf,
  HEADERS,
  interceptorAt,
  type InterceptorFunctions,
  OUTPUT_VERSION,
  STATUS,
} from "./interceptor-functions";
import type { Gateway } from "../gateways";

const message = { headers: HEADERS, body: z.base64().nullish() };

/** What an interceptor says of HTTP targets: developer guide, "gateway-interceptors-types". */
const OUTPUT = z
  .object({
    interceptorOutputVersion: OUTPUT_VERSION,
    http: z.object({
      transformedGatewayRequest: z.object(message).nullish(),
      transformedGatewayResponse: z
        .object({ ...message, contentType: FIELD_VALUE.nullish(), statusCode: STATUS.nullish() })
        .nullish(),
    }),
  })
  .transform(({ http }) => http);

type Output = z.output<typeof OUTPUT>;

/** Interceptors of HTTP targets, which are shown bodies in base64; of answers, when these are whole. */
export class HttpInterceptors {
  constructor(
    private readonly environment: Environment,
    private readonly functions: InterceptorFunctions,
  ) {}

  /** @returns what goes on, or the answer that is given at once. @throws JsonRpcError when the function fails */
  async request(gateway: Gateway, request: HttpRequest, trace: Trace): Promise<HttpRequest | HttpResponse> {
    const { method, location, body } = request;
    const described = { path: location.pathname, httpMethod: method };
    const event = (headers: object) => ({ gatewayRequest: { ...described, ...headers, body: encode(body) } });
    const { transformedGatewayRequest: made, transformedGatewayResponse: answer } =
      (await this.run(gateway, "REQUEST", request, { event, before: { body: parse(body) } }, trace)) ?? {};
    if (answer) return answerOf(answer, new HttpResponse());
    const headers = new HttpHeaders({ ...request.headers.toRecord(), ...fieldsOf(made?.headers) });
    return new HttpRequest(method, location, headers, request.trace, decode(made?.body) ?? body);
  }

  /** @throws JsonRpcError when the function fails */
  async response(gateway: Gateway, request: HttpRequest, response: HttpResponse, trace: Trace): Promise<HttpResponse> {
    if (!interceptorAt(gateway, "RESPONSE")) return response;
    const { status, headers } = response;
    const body = await response.bytes();
    const whole = new HttpResponse(body, { status, headers: headers.toRecord() });
    const contentType = headers.get("content-type");
    const told = { statusCode: status, headers: null, body: encode(body), contentType };
    const event = () => ({ gatewayRequest: null, gatewayResponse: told });
    const before = { statusCode: status, body: parse(body) };
    const output = await this.run(gateway, "RESPONSE", request, { event, before }, trace);
    return output?.transformedGatewayResponse ? answerOf(output.transformedGatewayResponse, whole) : whole;
  }

  private run(
    gateway: Gateway,
    point: InterceptionPoint,
    request: HttpRequest,
    { event, before }: { event: (headers: object) => object; before: { statusCode?: number; body: unknown } },
    trace: Trace,
  ): Promise<Output | undefined> {
    const { accountId, random } = this.environment;
    const interception = {
      event: (headers: object) => ({ interceptorInputVersion: "1.0", http: event(headers) }),
      clientContext: {
        custom: {
          GATEWAY_ARN: gateway.attributes.gatewayArn,
          GATEWAY_ACCOUNT_ID: accountId,
          REQUEST_ID: random.uuid(),
        },
      },
      output: OUTPUT,
      expected: "http, with bodies in base64",
      decision: ({ transformedGatewayRequest: passed, transformedGatewayResponse: answer }: Output) =>
        point === "REQUEST" && answer
          ? `answered in the target's place with HTTP ${answer.statusCode ?? 200}`
          : describeChange(before, madeOf(before, answer ?? passed)),
    };
    return this.functions.run(gateway, point, request, interception, trace);
  }
}

type Made =
  | { readonly statusCode?: number | null | undefined; readonly body?: string | null | undefined }
  | null
  | undefined;

/** What is left out stays as it was. */
function madeOf(before: { readonly statusCode?: number; readonly body: unknown }, made: Made) {
  const body = decode(made?.body);
  return { statusCode: made?.statusCode ?? before.statusCode, body: body ? parse(body) : before.body };
}

function answerOf(
  { statusCode, headers, contentType, body }: NonNullable<Output["transformedGatewayResponse"]>,
  original: HttpResponse,
): HttpResponse {
  const type = contentType ?? original.headers.get("content-type");
  return new HttpResponse(decode(body) ?? original.body, {
    status: statusCode ?? original.status,
    headers: {
      ...original.headers.toRecord(["content-length"]),
      ...fieldsOf(headers),
      ...(type && { "content-type": type }),
    },
  });
}

function encode(body: string | Buffer): string {
  return Buffer.from(body).toString("base64");
}

function decode(body: string | null | undefined): Buffer | undefined {
  return body === null || body === undefined ? undefined : Buffer.from(body, "base64");
}

/** For comparisons: what a body says in JSON, or its text. */
function parse(body: string | Buffer): unknown {
  const text = body.toString();
  const json = parseJson(text);
  return json === undefined ? text : json;
}
