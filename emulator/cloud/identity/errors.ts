import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of AgentCore Identity; AWS's words, where they are known. */

export const providerTaken = (name: string) => refusal("provider-taken", `Credential provider ${name} already exists.`);
export const providerUnknown = (name: string) => refusal("provider-unknown", `Credential provider ${name} not found.`);
export const actorTokenNotEmulated = () =>
  refusal("actor-token", "Actor tokens AWS_IAM_ID_TOKEN_JWT are not emulated: use NONE or M2M.");
export const workloadIdentityTaken = (name: string) =>
  refusal("workload-identity-taken", `WorkloadIdentity ${name} already exists.`, { reason: "ResourceConflict" });
export const workloadIdentityUnknown = (name: string) =>
  refusal("workload-identity-unknown", `Workload identity ${name} not found.`);

const invalid = (message: string) => new AwsError("ValidationException", message);
export const linkedUndeletable = () =>
  invalid("WorkloadIdentity is linked to a service and cannot be deleted by the caller.");
export const linkedWithoutToken = () =>
  invalid("WorkloadIdentity is linked to a service and cannot retrieve an access token by the caller");
export const workloadTokenInvalid = () =>
  refusal("workload-token", "The workload identity token is invalid or has expired.");

/** @param lack what the workload access token has not */
export const userMissing = (lack = "") => refusal("user-token", `The workload access token is for no user${lack}.`);
export const userTokenInvalid = () => refusal("user-token", "The user token is no JWT with the claims iss and sub.");
export const exchangeUnconfigured = (provider: string) =>
  refusal("token-exchange", `Credential provider ${provider} is not configured for on-behalf-of token exchange.`);
export const returnUrlUnregistered = () =>
  refusal(
    "return-url",
    "You must register and use at least one ResourceOauth2ReturnUrl on your workload identity to use this flow",
  );

/** After AWS's words for client credentials, the only grant whose refusal was seen. */
function tokenFailure(grant: string): string {
  return `Error parsing ${grant} response (Service: AgentCredentialProvider, Status Code: 400)`;
}

export const clientCredentialsRefused = (grant: string) => refusal("client-credentials", tokenFailure(grant));
export const codeRefused = () => invalid(tokenFailure("AuthorizationCode"));
export const secretDenied = (action: string) =>
  refusal(
    "secret-denied",
    `The requested operation could not be completed. You are not authorized to perform: ${action}`,
  );

/** AWS's words: aws/bedrock-agentcore-sdk-typescript#37. */
export const invalidSession = () => new AwsError("AccessDeniedException", "Invalid or expired session");
export const vendorMemberAlone = (vendor: string, member: string) =>
  invalid(`The vendor ${vendor} is configured by '${member}' alone.`);
export const discoveryMissing = () =>
  invalid("customOauth2ProviderConfig.oauthDiscovery must name a discoveryUrl or authorizationServerMetadata.");
export const credentialMemberMissing = (member: string, type: string) =>
  invalid(`${member} is required for the credential provider type ${type}.`);
export const vaultUnknown = (id: string) => new AwsError("ResourceNotFoundException", `Token vault ${id} not found.`);
