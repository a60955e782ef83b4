import { createHmac } from "node:crypto";
import { notAuthorized } from "../errors";
import type { UserPoolClient } from "../user-pool-client";

/**
 * A client with a secret proves that it has it by `SECRET_HASH`, the HMAC of user name and client id.
 *
 * @throws AwsError `NotAuthorizedException`
 */
export function verifySecretHash(
  { clientId, clientSecret }: UserPoolClient,
  username: string,
  secretHash?: string,
): void {
  if (clientSecret === undefined) {
    if (secretHash === undefined) return;
    throw notAuthorized(`Client ${clientId} is not configured with secret but secret hash was received`);
  }
  if (secretHash === undefined) {
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  }
  const expected = createHmac("sha256", clientSecret)
    .update(username + clientId)
    .digest("base64");
  if (secretHash !== expected) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}
