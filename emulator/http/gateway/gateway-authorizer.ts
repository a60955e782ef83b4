import { decodeJwt, type JWTPayload } from "jose";

import { INVOKE_GATEWAY } from "../../../aws/agentcore/actions";
import { PROTECTED_RESOURCE_PATH } from "../../../aws/agentcore/endpoints";
import { readAuthorization } from "../../authorization-header";
import type { Gateway } from "../../cloud/gateway/gateways";
import { AUTHENTICATION_ERROR } from "../../cloud/gateway/protocol/json-rpc-errors";
import type { OnBehalf } from "../../cloud/gateway/outbound/on-behalf";
import type { PolicyCaller } from "../../cloud/gateway/tool-policy";
import type { HttpRequest, HttpResponse } from "../../cloud/network/http-message";
import type { JwtRefusal } from "../../cloud/jwt-authorizer";
import type { UrlMapping } from "../../cloud/network/network";
import { type Eventual, goOn } from "../../eventual";
import type { HopRecorder } from "../../trace/hop-record";
import { jsonRpcError } from "../answers";
import type { IamAuthorizer, RequiredPermission } from "../protocols/iam-authorizer";

const BEARER = "Authorization: Bearer";

/** Who has shown a token, whose claims are read where somebody asks. */
class TokenBearer implements PolicyCaller {
  constructor(readonly token: string) {}

  get claims(): JWTPayload {
    return decodeJwt(this.token);
  }
}

/** Who may call a gateway. */
export class GatewayAuthorizer {
  constructor(private readonly iam: IamAuthorizer) {}

  /** @returns the refusal, or undefined for a caller who may come in */
  authorize(
    request: HttpRequest,
    gateway: Gateway,
    urls: UrlMapping,
    hop: HopRecorder<"gateway authorizer">,
  ): Eventual<HttpResponse | undefined> {
    const { authorizerType } = gateway.declaration;
    if (authorizerType === "NONE") return this.authorizeBearer(gateway, hop);
    if (!gateway.authorizer) return this.authorizeSigned(request, gateway, hop);

    const authorization = request.headers.get("authorization");
    const { scheme, credentials: token } = readAuthorization(authorization ?? "");
    const isBearer = scheme === "bearer" && token !== "";
    if (
      !hop.check("bearer token", isBearer, {
        expected: BEARER,
        actual: isBearer ? BEARER : describePresented(authorization),
      })
    ) {
      return refuse(401, "Missing Bearer token", challenge(gateway, urls, "invalid_token"));
    }
    return goOn(gateway.authorizer.refusal(token, hop), (refusal) => {
      if (!refusal) return this.authorizeBearer(gateway, hop);
      return isInsufficientScope(refusal)
        ? refuse(403, "Insufficient scope", challenge(gateway, urls, "insufficient_scope"))
        : refuse(401, "Invalid Bearer token", challenge(gateway, urls, "invalid_token"));
    });
  }

  /** Who a request that was let in is of. */
  callerOf(request: HttpRequest, { authorizer, declaration }: Gateway): PolicyCaller {
    if (declaration.authorizerType === "NONE") return {};
    if (!authorizer) return this.iam.callerOf(request);
    return new TokenBearer(readAuthorization(request.headers.get("authorization") ?? "").credentials);
  }

  /** What the caller of a request that was let in has shown, for targets that are to see it. */
  shownBy(request: HttpRequest, { authorizer, declaration }: Gateway): OnBehalf {
    const authorization = request.headers.get("authorization") ?? undefined;
    const isSigned = !authorizer && declaration.authorizerType !== "NONE";
    return isSigned ? { credentials: this.iam.credentialsOf(request) } : { authorization };
  }

  /** Nobody in particular: only a policy of the gateway has a say. */
  private authorizeBearer({ attributes }: Gateway, hop: HopRecorder<"gateway authorizer">): HttpResponse | undefined {
    const permission: RequiredPermission = { actions: [INVOKE_GATEWAY], resources: [attributes.gatewayArn] };
    const refused = this.iam.refusalOfBearer(permission, hop);
    return refused === undefined ? undefined : refuse(403, refused);
  }

  private async authorizeSigned(
    request: HttpRequest,
    { attributes, declaration }: Gateway,
    hop: HopRecorder<"gateway authorizer">,
  ): Promise<HttpResponse | undefined> {
    // What the caller may do is for the target, a policy engine or an interceptor to decide.
    const actions = declaration.authorizerType === "AUTHENTICATE_ONLY" ? [] : ([INVOKE_GATEWAY] as const);
    const permission = { actions, resources: [attributes.gatewayArn] };
    const refusal = await this.iam.refusal(request, permission, hop);
    if (!refusal) return undefined;
    return refusal.reason === "signature"
      ? refuse(401, "Authentication error - Invalid credentials")
      : refuse(403, refusal.message);
  }
}

function describePresented(authorization: string | null): string {
  return authorization === null ? "no Authorization" : "another kind of authorization";
}

/** A good token of a wrong issuer, client or audience, or without the scope, is refused with 403, any other with 401. */
function isInsufficientScope({ reason }: JwtRefusal): boolean {
  return reason === "claim" || reason === "issuer";
}

function challenge({ attributes, declaration }: Gateway, urls: UrlMapping, error: string): Record<string, string> {
  const scopes = declaration.customJwtAuthorizer?.allowedScopes;
  const scope = scopes ? ` scope="${scopes.join(" ")}",` : "";
  const metadata = urls(new URL(PROTECTED_RESOURCE_PATH, attributes.gatewayUrl).href);
  return { "www-authenticate": `Bearer error="${error}",${scope} resource_metadata="${metadata}"` };
}

/** AWS answers with the id 0, whatever the request's was. */
function refuse(status: number, message: string, headers?: Record<string, string>): HttpResponse {
  return jsonRpcError({ code: AUTHENTICATION_ERROR, message }, { id: 0, status, headers });
}
