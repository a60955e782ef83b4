import { type Issuer, type JwtAuthorizer, sameText } from "../../topology";
import { sole } from "./certainty";
import type { Subject } from "../rule";

export interface Authorized {
  readonly address: string;
  readonly authorizer: JwtAuthorizer;
}

/** All JWT authorizers, which runtimes and gateways have alike. */
export function jwtAuthorizers({ system: { runtimes, gateways } }: Subject): Authorized[] {
  return [...runtimes, ...gateways].flatMap(({ address, authorizer }) =>
    authorizer === undefined ? [] : [{ address, authorizer }],
  );
}

/** Undefined where that cannot be told. */
export function sameIssuer(one: Issuer | undefined, other: Issuer | undefined): boolean | undefined {
  if (one === undefined || other === undefined) return undefined;
  const [left, right] = [sole(one.userPool), sole(other.userPool)];
  if (left !== undefined && right !== undefined) return left.address === right.address;
  if ((left !== undefined && isElsewhere(other)) || (right !== undefined && isElsewhere(one))) return false;
  return sameText(one.discoveryUrl, other.discoveryUrl);
}

/** A known issuer that is no Cognito user pool. */
function isElsewhere({ discoveryUrl }: Issuer): boolean {
  return typeof discoveryUrl === "string" && !/^https:\/\/(issuer-)?cognito-idp\./.test(discoveryUrl);
}
