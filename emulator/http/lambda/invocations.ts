import { parseJson } from "../../../targets/json";
import type { Account } from "../../cloud/account";
import { checkMembers } from "../../cloud/agentcore-constraints";
import { oneOf } from "../../cloud/constraints";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { clientContextInvalid, eventNotJson } from "../../cloud/lambda/errors";
import { FunctionError } from "../../cloud/lambda/execution-environment";
import { sigV4Error, verifySigV4 } from "../protocols/sigv4";
import { QUALIFIED, referenceOf } from "./constraints";

/** The path of Invoke, whose bodies are the functions' own. */
export const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

const INVOCATION = QUALIFIED.extend({ InvocationType: oneOf(["RequestResponse", "Event", "DryRun"]) });

/** Invoke. @throws AwsError */
export async function invoke(account: Account, signingName: string, request: HttpRequest): Promise<HttpResponse> {
  const { lambdaFunctions, environment, sessionCredentials } = account;
  const body = Buffer.from(request.body);
  const scope = { service: signingName, region: environment.region };
  const verdict = await verifySigV4(request, body, scope, sessionCredentials);
  if (!verdict.verified) throw sigV4Error(verdict);
  const { pathname, searchParams } = request.location;
  const { headers } = request;
  const members = checkMembers(INVOCATION, {
    FunctionName: decodeURIComponent(INVOCATIONS.exec(pathname)?.[1] ?? ""),
    Qualifier: searchParams.get("Qualifier") ?? undefined,
    InvocationType: headers.get("x-amz-invocation-type") ?? "RequestResponse",
  });
  const { functionName, qualifier } = referenceOf(members);
  const found = lambdaFunctions.get(functionName);
  const { version } = lambdaFunctions.version(found, qualifier);
  if (members.InvocationType === "DryRun") return new HttpResponse("", { status: 204 });
  const run = lambdaFunctions.invoke(
    `${found.arn}:${qualifier ?? version}`,
    readEvent(body),
    readClientContext(headers.get("x-amz-client-context")),
  );
  if (members.InvocationType === "Event") {
    // Whoever sent the event is not told what became of it.
    run.catch(() => undefined);
    return new HttpResponse("", { status: 202 });
  }
  const executed = { "x-amz-executed-version": version };
  try {
    return new HttpResponse(await run, { headers: { ...JSON_FIELDS, ...executed } });
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, errorMessage } = error;
    const fields = { ...JSON_FIELDS, ...executed, "x-amz-function-error": "Unhandled" };
    return HttpResponse.json({ errorType, errorMessage }, { headers: fields });
  }
}

const JSON_FIELDS = { "content-type": "application/json" };

function readEvent(body: Buffer): unknown {
  const event = body.length === 0 ? {} : parseJson(body.toString());
  if (event === undefined) throw eventNotJson();
  return event;
}

function readClientContext(encoded: string | null): object {
  const context = parseJson(Buffer.from(encoded ?? "e30=", "base64").toString());
  if (typeof context !== "object" || context === null) throw clientContextInvalid();
  return context;
}
