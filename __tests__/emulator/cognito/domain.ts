import { HttpHeaders, HttpRequest, isStream } from "../../../emulator/cloud/network/http-message";
import type { UrlMapping } from "../../../emulator/cloud/network/network";
import type { UserPool } from "../../../emulator/cloud/cognito/user-pool";
import { answerAtDomain } from "../../../emulator/http/cognito-domain";
import { Tracer } from "../../../emulator/trace/tracer";
import { RunningClock } from "../../../emulator/clock";

const tracer = new Tracer(new RunningClock());

/** What the domain of a pool answers. */
export async function askDomain(pool: UserPool, request: Request, urls: UrlMapping = (url) => url): Promise<Response> {
  const { method, url, headers } = request;
  const body = await request.text();
  const asked = new HttpRequest(method, new URL(url), new HttpHeaders(Object.fromEntries(headers)), tracer, body);
  const answer = await answerAtDomain(pool, asked, urls);
  if (isStream(answer.body)) throw new Error("The domain answers in one piece.");
  return new Response(answer.body, { status: answer.status, headers: answer.headers.toRecord() });
}
