// emulator/cloud/gateway/outbound/: the credentials, headers and parameters that a target gets.

import {
  CALLERS_OF,
  type CredentialKind,
  MAY_NAME_A_SERVICE,
  OUTBOUND_MATRIX,
  SIGNED_FOR_A_NAMED_SERVICE,
  TARGET_BLOCKS,
} from "../../../../aws/agentcore/outbound-matrix";
import { columnOf, type GatewayTargetDeclaration, memberName, type OutboundCredential } from "../../../../topology";
import { callerUnknown, credentialKind, iamServiceMissing } from "../errors";
import type { Gateway } from "../gateways";

/**
 * Whether a kind of target takes the credential, as the outbound matrix has it, and the gateway gives what it needs.
 *
 * @throws AwsError ValidationException
 */
export function checkCredential(gateway: Gateway, { targetKind, credential }: GatewayTargetDeclaration): void {
  const column = columnOf(credential);
  refuseWithoutCaller(gateway, column);
  const kind = Object.entries(TARGET_BLOCKS).find(([block]) => memberName(block) === targetKind)?.[1];
  if (kind === undefined) return;
  const isNamed = SIGNED_FOR_A_NAMED_SERVICE.includes(kind);
  if (credential.type === "GATEWAY_IAM_ROLE" && isNamed && credential.service === undefined) {
    throw iamServiceMissing(targetKind);
  }
  const isTaken = OUTBOUND_MATRIX[kind].some((each) => each === column);
  if (!isTaken || (namesService(credential) && !MAY_NAME_A_SERVICE.includes(kind))) {
    const ways = OUTBOUND_MATRIX[kind].map((each) =>
      each === "gateway role" && !isNamed ? `${each} without a service` : each,
    );
    throw credentialKind(kind, ways);
  }
}

function namesService(credential: OutboundCredential): boolean {
  return credential.type === "GATEWAY_IAM_ROLE" && credential.service !== undefined;
}

/** Nobody can be asked, signed for or passed on whom the gateway's authorizer does not let show himself. */
function refuseWithoutCaller({ declaration }: Gateway, credential: CredentialKind | undefined): void {
  const callers = credential && CALLERS_OF[credential];
  if (!credential || !callers || callers.includes(declaration.authorizerType)) return;
  throw callerUnknown(NAMES[credential] ?? credential, declaration.authorizerType);
}

const NAMES: Readonly<Partial<Record<CredentialKind, string>>> = {
  "OAuth authorization code": "3LO Auth",
  "OAuth token exchange": "Token Exchange",
  "caller IAM": "CALLER_IAM_CREDENTIALS",
  "JWT passthrough": "JWT_PASSTHROUGH",
};
