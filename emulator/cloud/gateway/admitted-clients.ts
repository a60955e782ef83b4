// emulator/cloud/gateway/: gateways, their targets, and what clients ask of them.
import type { UserPool } from "../cognito/user-pool";
import type { UserPoolClient } from "../cognito/user-pool-client";
import type { Gateway } from "./gateways";

/** Whether a gateway's authorizer is made for tokens of a user pool's client. */
export function admits({ declaration }: Gateway, { issuer }: UserPool, { clientId }: UserPoolClient): boolean {
  const { discoveryUrl, allowedClients } = declaration.customJwtAuthorizer ?? {};
  return discoveryUrl?.startsWith(`${issuer}/`) === true && (allowedClients?.includes(clientId) ?? true);
}
