import type { Gateway } from "../../cloud/gateway/gateways";
import { RATE_LIMITED } from "../../cloud/gateway/protocol/json-rpc-errors";
import { admit, type Throttled } from "../../cloud/gateway/rate-limits/rate-limit-admission";
import type { PolicyCaller } from "../../cloud/gateway/tool-policy";
import { HttpResponse, type HttpRequest, isStream } from "../../cloud/network/http-message";
import { requestSummary, summarizeAnswer } from "../../trace/summary";
import { parseObject, type ValueObject } from "../../../topology";
import { jsonRpcError } from "../answers";
import { HttpTargets } from "./http-targets";

/** Developer guide, "gateway-rate-limits-enforcement", throttled responses. */
const REFUSAL = "Rate limit exceeded";

/** Answers a request of a gateway with rate limits, unless one of them stops it. */
export async function rateLimited(
  request: HttpRequest,
  gateway: Gateway,
  { caller, now }: { readonly caller: PolicyCaller; readonly now: number },
  answer: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const { headers, location, trace } = request;
  const isHttp = gateway.declaration.protocolType === undefined;
  const body = parseObject(request.body.toString());
  const limited = {
    gateway,
    caller,
    headers,
    body,
    targetName: isHttp ? HttpTargets.named(location.pathname) : undefined,
  };
  const station = gateway.attributes.gatewayArn;
  const start = { name: "rate limits" as const, station, request: requestSummary(request, request.body) };
  const { refused, release } = trace.hop(start, (hop) => {
    const { throttled, evaluated, release: give } = admit(limited, now);
    const buckets = `asked were ${evaluated.join(", ") || "none"}`;
    hop.check("rate", !throttled, throttled ? describe(throttled, buckets) : { actual: buckets });
    if (!throttled) return { release: give };
    hop.answer(summarizeAnswer(429, REFUSAL));
    return { refused: isHttp ? refuseHttp(throttled) : refuseMcp(throttled, body), release: give };
  });
  if (refused) return refused;
  try {
    const response = await answer();
    if (isStream(response.body) && !response.body.closed) response.body.once("close", release);
    else release();
    return response;
  } catch (error) {
    release();
    throw error;
  }
}

function describe({ rateLimitId, bucket, metric, rate, retryAfter }: Throttled, buckets: string) {
  const each = metric === "requests" ? ` a ${rate.period}` : " at a time";
  return {
    expected: `${rate.rate} ${metric}${each} with ${bucket}, by the rate limit ${rateLimitId}`,
    actual: `${rateLimitId} ${rate.rate === 0 ? "lets none through" : `stops it for ${retryAfter} s`}; ${buckets}`,
  };
}

function dataOf({ rateLimitId, bucket, metric, retryAfter }: Throttled) {
  return { limitKey: `${rateLimitId}/${bucket}`, metric, retryAfter };
}

function refuseHttp(throttled: Throttled): HttpResponse {
  return HttpResponse.json({ error: REFUSAL, success: false, ...dataOf(throttled) }, { status: 429 });
}

function refuseMcp(throttled: Throttled, body: ValueObject | undefined): HttpResponse {
  const id = body?.["id"];
  return jsonRpcError(
    { code: RATE_LIMITED, message: REFUSAL, data: dataOf(throttled) },
    { id: typeof id === "string" || typeof id === "number" ? id : null, status: 429 },
  );
}
