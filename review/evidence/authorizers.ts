import { type Gateway, type Issuer, type JwtAuthorizer, type Runtime, sameText } from "../../topology";
import { sole } from "./certainty";
import type { Subject } from "../rule";

export interface Authorized {
  readonly address: string;
  readonly kind: "runtime" | "gateway";
  readonly authorizer: JwtAuthorizer;
}

/** All JWT authorizers, which runtimes and gateways have alike. */
export function jwtAuthorizers({ system: { runtimes, gateways } }: Subject): Authorized[] {
  const all = (kind: "runtime" | "gateway", owners: readonly (Runtime | Gateway)[]): Authorized[] =>
    owners.flatMap(({ address, authorizer }) => (authorizer === undefined ? [] : [{ address, kind, authorizer }]));
  return [...all("runtime", runtimes), ...all("gateway", gateways)];
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
