import type { CredentialKind } from "../../../aws/agentcore/outbound-matrix";

/** The program text that gives each kind of credential. */
export const CREDENTIAL_FACTORIES: Readonly<Record<CredentialKind, string>> = {
  none: "an empty list",
  "gateway role": "GatewayCredentialProvider.fromIamRole(…)",
  "caller IAM": "GatewayCredentialProvider.fromCallerIam(…)",
  "OAuth client credentials": "GatewayCredentialProvider.fromOauthIdentity(…)",
  "OAuth authorization code": "GatewayCredentialProvider.fromOauthAuthorizationCode(…)",
  "OAuth token exchange": "GatewayCredentialProvider.fromOauthTokenExchange(…)",
  "JWT passthrough": "GatewayCredentialProvider.fromJwtPassthrough()",
  "API key": "GatewayCredentialProvider.fromApiKeyIdentity(…)",
};
