import { admit, respond } from "./admission";
import { invalidParameter } from "../errors";
import { verifySecretHash } from "./secret-hash";
import { findUser, incorrectPassword, required, type AuthResponse, type Parameters } from "./sign-in";
import { claimSignature, exchange, readClientPublic } from "../srp/srp";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";

const SECRET_BLOCK_BYTES = 256;

/**
 * `USER_SRP_AUTH`: asks for a proof of the password, of which neither side tells the other.
 *
 * @throws AwsError `UserNotFoundException`, `InvalidParameterException`, `NotAuthorizedException`
 */
export async function beginSrp(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  const username = required(parameters, "USERNAME");
  const clientPublic = readClientPublic(required(parameters, "SRP_A"));
  if (clientPublic === undefined) throw invalidParameter("SRP_A is not a valid public value.");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  const user = findUser(pool, client, username);
  const userId = user?.username ?? username;
  // A client that hides which users there are is asked for a proof that nobody can give.
  const password = user?.password ?? pool.users.nobodysPassword(userId);
  const { serverPublic, key } = exchange(password, clientPublic, (length) => pool.tokenRandom.bytes(length));
  const secretBlock = pool.tokenRandom.bytes(SECRET_BLOCK_BYTES).toString("base64");
  pool.srpHandshakes.add(secretBlock, { clientId: client.clientId, userId, key });
  const asked = {
    SALT: password.salt,
    SECRET_BLOCK: secretBlock,
    SRP_B: serverPublic,
    USERNAME: userId,
    USER_ID_FOR_SRP: userId,
  };
  return { challenge: { name: "PASSWORD_VERIFIER", parameters: asked } };
}

/** The answer to `PASSWORD_VERIFIER`. @throws AwsError `NotAuthorizedException`, `InvalidParameterException` and those of `admit` */
export async function finishSrp(pool: UserPool, client: UserPoolClient, responses: Parameters): Promise<AuthResponse> {
  const username = required(responses, "USERNAME");
  const secretBlock = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = required(responses, "TIMESTAMP");
  verifySecretHash(client, username, responses.SECRET_HASH);
  const handshake = pool.srpHandshakes.take(secretBlock);
  const user = findUser(pool, client, username);
  if (!handshake || handshake.clientId !== client.clientId || handshake.userId !== user?.username) {
    throw incorrectPassword();
  }
  const claim = { poolName: pool.shortName, userId: handshake.userId };
  const expected = claimSignature(handshake.key, claim, Buffer.from(secretBlock, "base64"), timestamp);
  if (signature !== expected) throw incorrectPassword();
  return respond(pool, client, admit(pool, client, user));
}
