import { CONTACTS } from "../../../../aws/cognito/user-attributes";
import { maskDestination } from "./code-delivery";
import type { Cognito } from "../cognito";
import { invalidParameter, notAuthorized } from "../errors";
import { verifySecretHash } from "./secret-hash";
import type { UserPool } from "../user-pool";
import type { User } from "../users/users";

export interface SignUpRequest {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly secretHash?: string;
}

/** Where a confirmation code went, as far as the user is told. */
export interface CodeDelivery {
  readonly attribute: (typeof CONTACTS)[number];
  /** Masked, for example `t***@e***`. */
  readonly destination: string;
}

/**
 * A user registers himself.
 *
 * @throws AwsError `NotAuthorizedException`, `UsernameExistsException`, `InvalidPasswordException`,
 *   `InvalidParameterException`, `ResourceNotFoundException`
 */
export function signUp(cognito: Cognito, request: SignUpRequest): { user: User; delivery?: CodeDelivery } {
  const { pool, client } = cognito.userPoolClient(request.clientId);
  verifySecretHash(client, request.username, request.secretHash);
  if (pool.declaration.allowAdminCreateUserOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  const user = pool.users.signUp(request.username, request.password, request.attributes);
  return { user, delivery: sendCode(pool, user) };
}

/** @throws AwsError `UserNotFoundException`, `InvalidParameterException`, `NotAuthorizedException` */
export function resendConfirmationCode(
  cognito: Cognito,
  request: { clientId: string; username: string; secretHash?: string },
): CodeDelivery {
  const { pool, client } = cognito.userPoolClient(request.clientId);
  verifySecretHash(client, request.username, request.secretHash);
  const user = pool.users.adminGetUser(request.username);
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const delivery = sendCode(pool, user);
  if (!delivery) throw invalidParameter("Auto verification not turned on.");
  return delivery;
}

/**
 * @throws AwsError `CodeMismatchException`, `ExpiredCodeException`, `NotAuthorizedException`, `UserNotFoundException`
 */
export function confirmSignUp(
  cognito: Cognito,
  request: { clientId: string; username: string; code: string; secretHash?: string },
): void {
  const { pool, client } = cognito.userPoolClient(request.clientId);
  verifySecretHash(client, request.username, request.secretHash);
  const user = pool.users.adminGetUser(request.username);
  refuseConfirmed(user);
  pool.confirmationCodes.redeem(user, request.code);
  pool.users.confirmSignUp(user, verifiedAttribute(pool, user));
}

/** Without a code. @throws AwsError `NotAuthorizedException`, `UserNotFoundException` */
export function adminConfirmSignUp(pool: UserPool, username: string): void {
  const user = pool.users.adminGetUser(username);
  refuseConfirmed(user);
  pool.users.confirmSignUp(user);
}

function refuseConfirmed({ status }: User): void {
  if (status === "UNCONFIRMED") return;
  throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
}

/** Nothing is sent by the emulator: the code goes to whoever runs it. */
function sendCode(pool: UserPool, user: User): CodeDelivery | undefined {
  const attribute = verifiedAttribute(pool, user);
  if (!attribute) return undefined;
  const destination = user.attributes.get(attribute) ?? "";
  pool.deliver(`The confirmation code of ${user.username} in ${pool.id} is ${pool.confirmationCodes.issue(user)}`);
  return { attribute, destination: maskDestination(destination) };
}

/** The attribute to which the pool sends codes of its own accord, where the user has it: rather an address than a number. */
function verifiedAttribute(pool: UserPool, user: User): CodeDelivery["attribute"] | undefined {
  const { autoVerifiedAttributes } = pool.declaration;
  return CONTACTS.findLast((name) => autoVerifiedAttributes.includes(name) && user.attributes.has(name));
}
