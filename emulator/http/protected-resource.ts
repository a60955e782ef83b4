import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import type { CustomJwtAuthorizer } from "../../topology";
import { HttpResponse } from "../cloud/http-message";

/** The metadata of a gateway or a runtime: who issues tokens for it, and which scopes they need. */
export function protectedResourceMetadata(resource: string, authorizer: CustomJwtAuthorizer | undefined): HttpResponse {
  const { discoveryUrl, allowedScopes } = authorizer ?? {};
  return HttpResponse.json({
    authorization_servers: discoveryUrl === undefined ? [] : [discoveryUrl.replace(OPENID_DISCOVERY_PATH, "")],
    resource,
    ...(allowedScopes && { scopes_supported: allowedScopes }),
  });
}
