import { OUTBOUND_MATRIX, SIGNED_FOR_A_NAMED_SERVICE, TARGET_BLOCKS } from "../../../aws/agentcore/outbound-matrix";
import { columnOf, type GatewayTargetDeclaration, memberName } from "../../../topology";
import { refusal } from "../refusal";

const CLIENT_CREDENTIALS = "CLIENT_CREDENTIALS";

/**
 * Whether a kind of target takes the credential, as the outbound matrix has it.
 *
 * @throws AwsError ValidationException, NotEmulated for a grant type that is not emulated
 */
export function checkCredential({ targetKind, credential }: GatewayTargetDeclaration): void {
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
  if (credential.type === "OAUTH" && (credential.grantType ?? CLIENT_CREDENTIALS) !== CLIENT_CREDENTIALS)
    throw refusal("grant-type", `The grant type ${credential.grantType} is not emulated: use ${CLIENT_CREDENTIALS}.`);
}
