import { type CredentialKind, OUTBOUND_MATRIX, type TargetKind } from "../../../aws/agentcore/outbound-matrix";
import type { Problem } from "../../private/errors";
import { credentialNotAccepted, iamServiceNotTaken, iamServiceRequired } from "../../private/problems/authorization";
import { CREDENTIAL_FACTORIES } from "../outbound-auth/credential-factories";
import type { ITargetCredential } from "../outbound-auth/target-credential";

/** What the types keep TypeScript programs from, for those in JavaScript. */
export function credentialProblems(kind: TargetKind, credentials: readonly ITargetCredential[]): Problem[] {
  const [credential] = credentials;
  const given: CredentialKind = credential?.kind ?? "none";
  if (!OUTBOUND_MATRIX[kind].includes(given)) {
    const accepted = OUTBOUND_MATRIX[kind].map((accepts) => CREDENTIAL_FACTORIES[accepts]);
    return [credentialNotAccepted(kind, CREDENTIAL_FACTORIES[given], accepted)];
  }
  if (credential && !credential.targetKinds.includes(kind)) {
    return [credential.newerFields.length > 0 ? iamServiceNotTaken(kind) : iamServiceRequired(kind)];
  }
  return [];
}
