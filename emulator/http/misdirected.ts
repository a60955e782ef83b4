import type { HttpRequest, HttpResponse } from "../cloud/network/http-message";
import type { FailedCheck } from "../trace/fixes";
import type { HopRecorder, HopStart } from "../trace/hop-record";
import { requestSummary, summarizeAnswer } from "../trace/summary";

/** Answers a request for what is not there; the endpoint is a hop of its own then, with what the request should have. */
export function misdirected<Name extends "gateway endpoint" | "runtime endpoint">(
  request: HttpRequest,
  endpoint: HopStart<Name>,
  { check, ...evidence }: FailedCheck<Name>,
  answer: HttpResponse,
): Promise<HttpResponse> {
  return request.trace.hop({ ...endpoint, request: requestSummary(request) }, async (hop) => {
    hop.check(check, false, evidence);
    return traced(answer, hop);
  });
}

/** An answer of the hop's own, which its trace shows whole. */
export async function traced(answer: HttpResponse, hop: HopRecorder): Promise<HttpResponse> {
  hop.answer(summarizeAnswer(answer.status, await answer.text()));
  return answer;
}
