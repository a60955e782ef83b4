import type { Gateway, JwtAuthorizer, Runtime, System } from "../topology";

export interface Authorized {
  readonly address: string;
  readonly kind: "runtime" | "gateway";
  readonly authorizer: JwtAuthorizer;
}

/** All JWT authorizers, which runtimes and gateways have alike. */
export function jwtAuthorizers({ runtimes, gateways }: System): Authorized[] {
  const all = (kind: "runtime" | "gateway", owners: readonly (Runtime | Gateway)[]): Authorized[] =>
    owners.flatMap(({ address, authorizer }) => (authorizer === undefined ? [] : [{ address, kind, authorizer }]));
  return [...all("runtime", runtimes), ...all("gateway", gateways)];
}
