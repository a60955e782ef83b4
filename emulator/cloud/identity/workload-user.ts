import { decodeJwt, type JWTPayload } from "jose";
import { userTokenInvalid } from "./errors";

/** Whom a workload acts for: the bearer of a token, or a user whom it names itself. */
export type WorkloadUser = { readonly userToken: string } | { readonly userId: string };

/** A user as the vault tells users apart: those of tokens by issuer and subject, apart from those that workloads name. */
export function userKey(user: WorkloadUser): string {
  if ("userId" in user) return `id ${user.userId}`;
  const { iss, sub } = claimsOf(user.userToken);
  return `jwt ${iss} ${sub}`;
}

/** Whether it is the very same token or id: `CompleteResourceTokenAuth` takes no newer token of the same person. */
export function isSameUser(one: WorkloadUser, other: WorkloadUser): boolean {
  return "userId" in one
    ? "userId" in other && one.userId === other.userId
    : "userToken" in other && one.userToken === other.userToken;
}

/** What a trace shows of a user. */
export function describeUser(user: WorkloadUser): string {
  if ("userId" in user) return user.userId;
  return decode(user.userToken).sub ?? "the bearer of a token without sub";
}

/** @throws AwsError ValidationException */
function claimsOf(token: string): { readonly iss: string; readonly sub: string } {
  const { iss, sub } = decode(token);
  if (iss !== undefined && sub !== undefined) return { iss, sub };
  throw userTokenInvalid();
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
