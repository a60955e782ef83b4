import type { CustomJwtAuthorizer } from "../../topology";
import { HttpResponse } from "../cloud/http-message";

/** Where a resource describes how to be called: RFC 9728, section 3. */
export const METADATA_PATH = "/.well-known/oauth-protected-resource";

const DISCOVERY_SUFFIX = "/.well-known/openid-configuration";

/** The metadata of a gateway or a runtime: who issues tokens for it, and which scopes they need. */
export function protectedResourceMetadata(resource: string, authorizer: CustomJwtAuthorizer | undefined): HttpResponse {
  const { discoveryUrl, allowedScopes } = authorizer ?? {};
  return HttpResponse.json({
    authorization_servers: discoveryUrl === undefined ? [] : [discoveryUrl.replace(DISCOVERY_SUFFIX, "")],
    resource,
    ...(allowedScopes && { scopes_supported: allowedScopes }),
  });
}
