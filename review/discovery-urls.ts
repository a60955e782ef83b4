import type { Issuer, System } from "../topology";
import { jwtAuthorizers } from "./authorizers";

export interface NamedIssuer {
  readonly address: string;
  readonly kind: "authorizer" | "credential provider";
  readonly issuer: Issuer;
}

/** Every place where the configuration names a discovery document. */
export function namedIssuers(system: System): NamedIssuer[] {
  const authorizers = jwtAuthorizers(system).map(({ address, authorizer }) => ({
    address,
    kind: "authorizer" as const,
    issuer: authorizer.issuer,
  }));
  const providers = system.credentialProviders.map(({ address, issuer }) => ({
    address,
    kind: "credential provider" as const,
    issuer,
  }));
  return [...authorizers, ...providers].flatMap(({ issuer, ...place }) =>
    issuer === undefined ? [] : [{ ...place, issuer }],
  );
}
