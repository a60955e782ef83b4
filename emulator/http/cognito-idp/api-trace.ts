import { isObject, parseJson } from "../../../targets/json";
import type { Account } from "../../cloud/account";
import type { Cognito } from "../../cloud/cognito/cognito";
import { AwsError } from "../../cloud/errors";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { openName } from "../../trace/fixes";
import { summarizeAnswer, summarizeRequest } from "../../trace/summary";
import type { FetchHandler } from "../protocols/aws-json";

/** Answers a request to the API of Cognito user pools as a call with one hop, at the pool that is asked. */
export function traceCognitoApi(
  request: HttpRequest,
  { environment, cognito }: Account,
  answer: FetchHandler,
): Promise<HttpResponse> {
  const body = request.body.toString();
  const summary = summarizeRequest(request, body);
  const operation = summary.operation ?? "";
  return environment.tracer.call({ label: operation, request: summary }, (call) =>
    call.hop({ name: "user pool", station: poolArn(cognito, body), request: summary }, async (hop) => {
      const response = await HttpResponse.fromFetch(await answer(request.toFetch()));
      const text = await response.text();
      hop.check(
        openName(operation),
        response.ok,
        response.ok ? {} : { expected: "no error", actual: describeError(text) },
      );
      hop.answer(summarizeAnswer(response.status, text));
      call.answer(summarizeAnswer(response.status));
      return response;
    }),
  );
}

function poolArn(cognito: Cognito, body: string): string | undefined {
  const { UserPoolId, ClientId } = parse(body);
  try {
    if (typeof UserPoolId === "string") return cognito.userPool(UserPoolId).arn;
    return typeof ClientId === "string" ? cognito.userPoolClient(ClientId).pool.arn : undefined;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function describeError(text: string): string {
  const { __type, message } = parse(text);
  return `${String(__type)}: ${String(message)}`;
}

function parse(text: string): Record<string, unknown> {
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : {};
}
