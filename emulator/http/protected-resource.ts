import { DISCOVERY_DOCUMENTS, discoveryPath } from "../../aws/agentcore/discovery";
import type { CustomJwtAuthorizer } from "../../topology";
import { HttpResponse } from "../cloud/network/http-message";
import type { UrlMapping } from "../cloud/network/network";

/** The end of a discovery URL. */
const DISCOVERY_PATH = new RegExp(`(${DISCOVERY_DOCUMENTS.map(discoveryPath).join("|")})$`);

/**
 * The metadata of a gateway or a runtime: who issues tokens for it, and which scopes they need. Outside, an issuer is
 * named where it can be reached on this machine.
 */
export function protectedResourceMetadata(
  resource: string,
  authorizer: CustomJwtAuthorizer | undefined,
  urls: UrlMapping,
): HttpResponse {
  const { discoveryUrl, allowedScopes } = authorizer ?? {};
  const issuer = discoveryUrl?.replace(DISCOVERY_PATH, "");
  const isOutside = urls(resource) !== resource;
  const reached = issuer === undefined || (isOutside && urls(issuer) === issuer) ? [] : [urls(issuer)];
  return HttpResponse.json({
    authorization_servers: reached,
    resource: urls(resource),
    ...(allowedScopes && { scopes_supported: allowedScopes }),
  });
}
