// constructs/private/problems/: every error of the constructs, by subject.
import { problem, quote } from "./problem";

export const invalidDiscoveryUrl = (value: string) =>
  problem(
    "DISCOVERY_URL_INVALID",
    `The discovery URL ${quote(value)} does not point at a discovery document: it must start with "https://" and ` +
      `end in "/.well-known/openid-configuration".`,
  );

export const discoveryOrMetadata = () =>
  problem(
    "ARGUMENTS_CONFLICT",
    "A custom OAuth2 credential provider knows its authorization server by one of discoveryUrl and " +
      "authorizationServerMetadata: give one, and leave the other out.",
  );

export const missingJwtAllowList = () =>
  problem(
    "JWT_ALLOW_LIST_MISSING",
    "The JWT authorizer would accept every token of its issuer: name at least one client in allowedClients, one " +
      "audience in allowedAudience (Cognito access tokens carry a client, not an audience) or one scope in allowedScopes.",
  );

export const invalidEndpoint = (value: string) =>
  problem(
    "ENDPOINT_INVALID",
    `The endpoint ${quote(value)} is not an https URL: a gateway calls MCP servers over https only.`,
  );

export const missingScopes = () =>
  problem(
    "SCOPES_INVALID",
    "The list of OAuth scopes is empty: name at least one, for example all of them with userPool.scopes.",
  );

export const scopeTooLong = (scope: string, maximum: number) =>
  problem(
    "SCOPES_INVALID",
    `The scope ${quote(scope)} has ${scope.length} characters, and a gateway target takes at most ${maximum}, ` +
      "fewer than Cognito: shorten the resource server's identifier or the scope's name.",
  );

export const credentialProviderCount = (count: number) =>
  problem(
    "CREDENTIAL_PROVIDER_COUNT",
    `credentialProviderConfigurations has ${count} entries: a target takes one, or none for no authorization.`,
  );

export const runtimeNeedsCredential = (runtimeName: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The runtime ${quote(runtimeName)} refuses callers without a credential, but credentialProviderConfigurations ` +
      "is empty: add GatewayCredentialProvider.fromOauthIdentity(…).",
  );

export const oauthTowardsIamRuntime = (runtimeName: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The target sends an OAuth token to the runtime ${quote(runtimeName)}, which accepts SigV4 only: give the ` +
      "runtime a RuntimeAuthorizerConfiguration.usingCognito(…) or usingJWT(…).",
  );

export const runtimeIsNotMcp = (runtimeName: string, protocol: string) =>
  problem(
    "PROTOCOL_MISMATCH",
    `The runtime ${quote(runtimeName)} speaks ${protocol}, but a gateway's MCP server target speaks MCP: give the ` +
      "runtime protocolConfiguration: ProtocolType.MCP.",
  );

export const cognitoHasNoAudience = () =>
  problem(
    "AUTHORIZATION_MISMATCH",
    "allowedAudience would refuse every access token of the Cognito user pool, because they carry no audience: " +
      "name the app clients in allowedClients instead.",
  );

export const cognitoPoolIsNoMachine = () =>
  problem(
    "AUTHORIZATION_MISMATCH",
    "The user pool's client signs users in and cannot fetch tokens for a gateway: use an OutboundUserPool, or " +
      "OutboundUserPool.fromOutboundUserPoolAttributes(…) with the client's secret and scopes.",
  );

export const credentialNotAccepted = (target: string, credential: string, accepted: readonly string[]) =>
  problem(
    "CREDENTIAL_NOT_ACCEPTED",
    `A target of kind ${target} does not take ${credential}: use ${accepted.join(", or ")}.`,
  );

export const iamServiceRequired = (target: string) =>
  problem(
    "CREDENTIAL_NOT_ACCEPTED",
    `A target of kind ${target} does not imply the service that the gateway signs for, and AWS wants it named: use ` +
      'GatewayCredentialProvider.fromIamRole({ service: "…" }), with "bedrock-agentcore" for a runtime.',
  );

export const iamServiceNotTaken = (target: string) =>
  problem(
    "CREDENTIAL_NOT_ACCEPTED",
    `A target of kind ${target} implies the service that the gateway signs for, and AWS refuses to have it named ` +
      "again: use GatewayCredentialProvider.fromIamRole() without a service.",
  );

export const iamTowardsJwtRuntime = (runtimeName: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The target signs its calls of the runtime ${quote(runtimeName)}, which accepts bearer tokens only: leave ` +
      "credentialProviderConfigurations out, or give the runtime RuntimeAuthorizerConfiguration.usingIAM().",
  );

export const noGatewayClient = (runtimeName: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The authorizer of the runtime ${quote(runtimeName)} does not tell with which client a gateway gets its ` +
      "tokens: give it gatewayClient, use an OutboundUserPool, or name the target's credentialProviderConfigurations.",
  );

export const issuersDiffer = (runtimeName: string, accepted: string, issued: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The runtime ${quote(runtimeName)} accepts tokens of ${quote(accepted)}, and the target's credential provider ` +
      `gets its tokens from ${quote(issued)}: use the same user pool or issuer on both ends.`,
  );

export const passedTokensRefused = (runtimeName: string, accepted: string, issued: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The runtime ${quote(runtimeName)} accepts tokens of ${quote(accepted)}, and the gateway passes those of ` +
      `${quote(issued)} on: use the same user pool or issuer on both ends.`,
  );

export const clientNotAllowed = (runtimeName: string, clientId: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The runtime ${quote(runtimeName)} does not list the credential provider's client ${quote(clientId)} in ` +
      "allowedClients: add it, or use the client that is listed.",
  );

export const unknownScope = (scope: string, defined: readonly string[]) =>
  problem(
    "SCOPES_INVALID",
    `The scope ${quote(scope)} is not among those that the client may ask for (${defined.map(quote).join(", ")}): ` +
      "use userPool.scopes, or define it in the pool's scopes.",
  );

export const endpointIsNoInvocationUrl = (endpoint: string) =>
  problem(
    "ENDPOINT_INVALID",
    `The endpoint ${quote(endpoint)} is on AgentCore Runtime but does not end in "/invocations": use ` +
      "gateway.addRuntimeTarget(…), or runtime.invocationUrl.",
  );

export const arnNotEncoded = (endpoint: string) =>
  problem(
    "ENDPOINT_INVALID",
    `The endpoint ${quote(endpoint)} holds the runtime's ARN as it is, and AWS wants it URL-encoded: use ` +
      "gateway.addRuntimeTarget(…), or runtime.invocationUrl.",
  );

export const noAllowedWorkload = () =>
  problem(
    "LENGTH_OUT_OF_RANGE",
    "allowedWorkloadConfiguration names no workload: name a gateway in hostingEnvironments, or leave it out for " +
      "callers of every kind.",
  );

export const gatewayNotAdmitted = (runtimeName: string, gatewayName: string) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The runtime ${quote(runtimeName)} does not admit the gateway ${quote(gatewayName)}: add it to the ` +
      "hostingEnvironments of its allowedWorkloadConfiguration, or leave that out.",
  );

export const runtimeNotRestrictable = (runtimeName: string, reason: string) =>
  problem(
    "ARGUMENTS_CONFLICT",
    `restrictRuntime has no effect on the runtime ${quote(runtimeName)}, ${reason}: leave it out.`,
  );

const AUTHORIZERS: Readonly<Record<string, string>> = {
  CUSTOM_JWT: "usingCognito(…) or usingCustomJwt(…)",
  AWS_IAM: "usingAwsIam()",
  AUTHENTICATE_ONLY: "withAuthenticateOnly()",
  NONE: "withNoAuth()",
};

export const callersBringNone = (credential: string, type: string, types: readonly string[]) =>
  problem(
    "AUTHORIZATION_MISMATCH",
    `The credential ${credential} is made of what the gateway's callers bring, and those of a gateway with ` +
      `the authorizer ${type} bring no such thing: use GatewayAuthorizer.${types.map((each) => AUTHORIZERS[each]).join(" or ")}.`,
  );

export const gatewaySpeaksAnotherProtocol = (target: string, needed: string) =>
  problem("PROTOCOL_MISMATCH", `A target of kind ${target} needs a gateway with protocolConfiguration: ${needed}.`);
