import { DEFAULT_ENDPOINT } from "../../../aws/agentcore/endpoints";
import { backendOf } from "../../../topology";
import { AwsError } from "../../cloud/errors";
import type { Gateway } from "../../cloud/gateway/gateways";
import type { HttpInterceptors } from "../../cloud/gateway/interceptors/http-interceptors";
import { JsonRpcError, UNTOLD_FAILURE } from "../../cloud/gateway/protocol/json-rpc-errors";
import type { OnBehalf } from "../../cloud/gateway/outbound/on-behalf";
import type { PassthroughConnector } from "../../cloud/gateway/connectors/passthrough-connector";
import type { Target } from "../../cloud/gateway/target";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { LoopbackError } from "../../cloud/network/loopback";
import { UnknownHostError } from "../../cloud/network/network";
import { decodeRuntimeArn } from "../../cloud/runtime/agent-runtimes";
import type { HopRecorder } from "../../trace/hop-record";
import { requestSummary, summarizeAnswer } from "../../trace/summary";

type TargetHop = HopRecorder<"HTTP target">;

/** Plainly, and as SDKs ask for a runtime whose endpoint URL is that of the target. */
const PATH = /^\/([^/]+)(?:\/runtimes\/([^/]+))?\/invocations\/?$/;

/** What the path of a call to an HTTP target looks like. */
export const TARGET_PATH = "/TARGET_NAME/invocations";

/** Calls of the HTTP targets of gateways without a protocol: developer guide, "gateway-target-http-runtime". */
export class HttpTargets {
  constructor(
    private readonly connector: PassthroughConnector,
    private readonly interceptors: HttpInterceptors,
  ) {}

  /** Whether a target can be called at the path. */
  static knows(pathname: string): boolean {
    return PATH.test(pathname);
  }

  /** The name of the target at the path. */
  static named(pathname: string): string | undefined {
    return PATH.exec(pathname)?.[1];
  }

  async call(request: HttpRequest, gateway: Gateway, onBehalf: OnBehalf): Promise<HttpResponse> {
    const station = gateway.attributes.gatewayArn;
    const start = { name: "HTTP target" as const, station, request: requestSummary(request, request.body) };
    return request.trace.hop(start, async (hop) => {
      const answer = await this.answer(request, gateway, onBehalf, hop);
      hop.answer(summarizeAnswer(answer.status));
      return answer;
    });
  }

  private async answer(
    request: HttpRequest,
    gateway: Gateway,
    onBehalf: OnBehalf,
    hop: TargetHop,
  ): Promise<HttpResponse> {
    const target = targetOf(request, gateway, hop);
    if (target instanceof HttpResponse) return target;
    try {
      return await this.forward(request, gateway, target, onBehalf, hop);
    } catch (error) {
      if (error instanceof JsonRpcError) return refuse(500, error.message);
      if (!isFailure(error)) throw error;
      hop.fail(error.message);
      return refuse(500, gateway.declaration.exceptionLevel === "DEBUG" ? error.message : UNTOLD_FAILURE);
    }
  }

  private async forward(
    request: HttpRequest,
    gateway: Gateway,
    target: Target,
    onBehalf: OnBehalf,
    hop: TargetHop,
  ): Promise<HttpResponse> {
    const backend = backendOf(target.declaration);
    if (backend?.speaks !== "passthrough") throw new Error(`${target.declaration.name} is no HTTP target`);
    const passed = await this.interceptors.request(gateway, request, hop);
    if (passed instanceof HttpResponse) return passed;
    const answer = await this.connector.forward(gateway, target, backend, passed, onBehalf, hop);
    return this.interceptors.response(gateway, passed, answer, hop);
  }
}

/** @returns the refusal of a call that names none; the words are our own */
function targetOf({ location }: HttpRequest, { targets }: Gateway, hop: TargetHop): Target | HttpResponse {
  const [, name = "", encodedArn] = PATH.exec(location.pathname) ?? [];
  const target = targets.find(({ declaration }) => declaration.name === name);
  const expected = targets.map(({ declaration }) => declaration.name).join(", ");
  if (
    !hop.check("target", target !== undefined, {
      expected: expected || "a target, of which there is none",
      actual: name,
    })
  ) {
    return refuse(404, `Target ${name} not found`);
  }
  if (target?.leftOut !== undefined) return refuse(501, target.leftOut);
  const { arn, qualifier = DEFAULT_ENDPOINT } = { arn: "", ...target?.declaration.settings };
  const asked = encodedArn === undefined ? arn : decodeRuntimeArn(encodedArn);
  const askedQualifier = location.searchParams.get("qualifier") ?? qualifier;
  const isMeant = asked === arn && askedQualifier === qualifier;
  const evidence = { expected: `${arn}, ${qualifier}`, actual: `${asked}, ${askedQualifier}` };
  return hop.check("runtime", isMeant, evidence) && target
    ? target
    : refuse(400, `Target ${name} calls ${arn}, ${qualifier}`);
}

function isFailure(error: unknown): error is Error {
  return error instanceof AwsError || error instanceof UnknownHostError || error instanceof LoopbackError;
}

/** The form is that of a gateway's refusals for rate limits: developer guide, "gateway-rate-limits-enforcement". */
function refuse(status: number, error: string): HttpResponse {
  return HttpResponse.json({ error, success: false }, { status });
}
