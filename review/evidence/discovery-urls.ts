import type { Issuer } from "../../topology";
import { jwtAuthorizers } from "./authorizers";
import type { Subject } from "../rule";

export interface NamedIssuer {
  readonly address: string;
  readonly issuer: Issuer;
}

/** Every place where the configuration names a discovery document. */
export function namedIssuers(subject: Subject): NamedIssuer[] {
  const authorizers = jwtAuthorizers(subject).map(({ address, authorizer: { issuer } }) => ({ address, issuer }));
  return [...authorizers, ...subject.system.credentialProviders].flatMap(({ address, issuer }) =>
    issuer === undefined ? [] : [{ address, issuer }],
  );
}
