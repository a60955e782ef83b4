import { INVOKE_RUNTIME } from "../../../aws/agentcore/actions";
import { PROTECTED_RESOURCE_PATH } from "../../../aws/agentcore/endpoints";
import { readAuthorization, shownScheme, type Authorization } from "../../authorization-header";
import type { Environment } from "../../cloud/environment";
import { AUTHENTICATION_ERROR } from "../../cloud/gateway/protocol/json-rpc-errors";
import type { HttpRequest, HttpResponse } from "../../cloud/network/http-message";
import type { JwtAuthorizer, JwtRefusal } from "../../cloud/jwt-authorizer";
import type { UrlMapping } from "../../cloud/network/network";
import { invocationUrl } from "../../cloud/runtime/agent-runtimes";
import { type Eventual, goOn } from "../../eventual";
import type { HopRecorder } from "../../trace/hop-record";
import { awsError, jsonRpcError } from "../answers";
import type { IamAuthorizer, RequiredPermission } from "../protocols/iam-authorizer";

export const MISSING_TOKEN = "Missing Authentication Token";
const METHOD_MISMATCH =
  "Authorization method mismatch. The agent is configured for a different authorization method than what was used in " +
  "your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)";

/** Names a user in a signed request, on whose behalf the runtime then acts. */
export const USER_ID = "x-amzn-bedrock-agentcore-runtime-user-id";

/** A runtime as it is called. */
export interface CalledRuntime {
  readonly agentRuntimeArn: string;
  /** The name of the endpoint that the caller asks for. */
  readonly qualifier: string;
  /** Left out where the runtime is authorized by IAM. */
  readonly authorizer?: JwtAuthorizer;
}

/** Who may call a runtime: either holders of a JWT or IAM principals, never both. */
export class RuntimeAuthorizer {
  constructor(
    private readonly environment: Environment,
    private readonly iam: IamAuthorizer,
  ) {}

  /** @returns the refusal, or undefined for a caller who may come in */
  authorize(
    request: HttpRequest,
    runtime: CalledRuntime,
    urls: UrlMapping,
    hop: HopRecorder<"runtime authorizer">,
  ): Eventual<HttpResponse | undefined> {
    const header = request.headers.get("authorization") ?? "";
    const authorization = readAuthorization(header);
    if (!runtime.authorizer) return this.authorizeSigned(request, runtime, authorization, hop);

    const presented = shownScheme(authorization);
    const shown = {
      expected: "Authorization: Bearer",
      actual: header === "" ? "no Authorization" : `Authorization: ${presented}`,
    };
    if (!hop.check("bearer token", header !== "", shown)) return this.unauthorized(runtime, urls, MISSING_TOKEN);
    if (
      !hop.check("authorization method", authorization.scheme === "bearer", { expected: "OAuth", actual: presented })
    ) {
      return awsError(403, "AccessDeniedException", METHOD_MISMATCH);
    }
    return goOn(runtime.authorizer.refusal(authorization.credentials, hop, request.workload), (refusal) => {
      if (refusal) return this.unauthorized(runtime, urls, describeRefusal(refusal));
      const denied = this.iam.refusalOfBearer(permissionFor(request, runtime), hop);
      return denied === undefined ? undefined : awsError(403, "AccessDeniedException", denied);
    });
  }

  private async authorizeSigned(
    request: HttpRequest,
    runtime: CalledRuntime,
    authorization: Authorization,
    hop: HopRecorder<"runtime authorizer">,
  ): Promise<HttpResponse | undefined> {
    if (
      !hop.check("authorization method", authorization.scheme !== "bearer", {
        expected: "SigV4",
        actual: shownScheme(authorization),
      })
    ) {
      return awsError(403, "AccessDeniedException", METHOD_MISMATCH);
    }
    const refusal = await this.iam.refusal(request, permissionFor(request, runtime), hop);
    return refusal && awsError(403, "AccessDeniedException", refusal.message);
  }

  private unauthorized({ agentRuntimeArn, qualifier }: CalledRuntime, urls: UrlMapping, message: string): HttpResponse {
    const resource = urls(invocationUrl(this.environment, agentRuntimeArn));
    const headers = {
      "www-authenticate": `Bearer resource_metadata="${resource}${PROTECTED_RESOURCE_PATH}?qualifier=${qualifier}"`,
    };
    return jsonRpcError({ code: AUTHENTICATION_ERROR, message }, { status: 401, headers });
  }
}

/** On the runtime and on the endpoint that is called. */
function permissionFor({ headers }: HttpRequest, { agentRuntimeArn, qualifier }: CalledRuntime): RequiredPermission {
  const resources = [agentRuntimeArn, `${agentRuntimeArn}/runtime-endpoint/${qualifier}`];
  return { actions: headers.has(USER_ID) ? [INVOKE_RUNTIME, `${INVOKE_RUNTIME}ForUser`] : [INVOKE_RUNTIME], resources };
}

function describeRefusal(refusal: JwtRefusal): string {
  switch (refusal.reason) {
    case "claim":
      return `OAuth authorization failed: Claim '${refusal.claim}' value mismatch with configuration`;
    case "issuer":
      return "OAuth authorization failed: Claim 'iss' value mismatch with configuration";
    case "expired":
      return "Token has expired";
    case "signature":
      return "OAuth authorization failed: Invalid token signature";
    case "malformed":
      return "OAuth authorization failed: Failed to parse token";
    case "workload":
      return "OAuth authorization failed: Workload is not allowed by configuration";
    case "discovery":
      return "OAuth authorization failed: Failed to retrieve the discovery document";
  }
}
