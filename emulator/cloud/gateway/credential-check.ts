import { OUTBOUND_MATRIX, SIGNED_FOR_A_NAMED_SERVICE, TARGET_BLOCKS } from "../../../aws/agentcore/outbound-matrix";
import { columnOf, type GatewayTargetDeclaration, memberName, type OutboundCredential } from "../../../topology";
import { refusal } from "../refusal";
import type { Gateway } from "./gateways";

/**
 * Whether a kind of target takes the credential, as the outbound matrix has it, and the gateway gives what it needs.
 *
 * @throws AwsError ValidationException
 */
export function checkCredential(gateway: Gateway, { targetKind, credential }: GatewayTargetDeclaration): void {
  refuseWithoutUser(gateway, credential);
  const kind = Object.entries(TARGET_BLOCKS).find(([block]) => memberName(block) === targetKind)?.[1];
  if (kind === undefined) return;
  const isNamed = SIGNED_FOR_A_NAMED_SERVICE.includes(kind);
  if (credential.type === "GATEWAY_IAM_ROLE" && isNamed && credential.service === undefined) {
    const message = `IamCredentialProvider is required for ${targetKind} targets using IAM authentication`;
    throw refusal("iam-service-missing", message);
  }
  const isTaken = OUTBOUND_MATRIX[kind].some((each) => each === columnOf(credential));
  if (!isTaken || (credential.type === "GATEWAY_IAM_ROLE" && !isNamed && credential.service !== undefined)) {
    const ways = OUTBOUND_MATRIX[kind].map((each) =>
      each === "gateway role" && !isNamed ? `${each} without a service` : each,
    );
    throw refusal("credential-kind", `Targets of the kind ${kind} support only: ${ways.join(", ")}.`);
  }
}

/** Developer guide, "gateway-outbound-auth": without a token of the caller there is nobody to ask, and none to exchange. */
function refuseWithoutUser({ declaration }: Gateway, credential: OutboundCredential): void {
  if (credential.type !== "OAUTH" || declaration.authorizerType === "CUSTOM_JWT") return;
  const flow = FLOWS[credential.grantType ?? ""];
  if (flow === undefined) return;
  // AWS's words for the first flow, with the type AWS_IAM; the others are after them.
  const message = `${flow} is not supported when gateway authorizer type is ${declaration.authorizerType}`;
  throw refusal("user-grant", message);
}

const FLOWS: Readonly<Record<string, string>> = { AUTHORIZATION_CODE: "3LO Auth", TOKEN_EXCHANGE: "Token Exchange" };
