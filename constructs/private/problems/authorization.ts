// constructs/private/problems/: every error of the constructs, by subject.
import type { Problem } from "../errors";
import { quote } from "./quote";

export function invalidDiscoveryUrl(value: string): Problem {
  return {
    code: "DISCOVERY_URL_INVALID",
    message:
      `The discovery URL ${quote(value)} does not point at a discovery document: it must start with "https://" and ` +
      `end in "/.well-known/openid-configuration".`,
  };
}

export function discoveryOrMetadata(): Problem {
  return {
    code: "ARGUMENTS_CONFLICT",
    message:
      "A custom OAuth2 credential provider knows its authorization server by one of discoveryUrl and " +
      "authorizationServerMetadata: give one, and leave the other out.",
  };
}

export function missingJwtAllowList(): Problem {
  return {
    code: "JWT_ALLOW_LIST_MISSING",
    message:
      "The JWT authorizer would accept every token of its issuer: name at least one client in allowedClients, one " +
      "audience in allowedAudience (Cognito access tokens carry a client, not an audience) or one scope in allowedScopes.",
  };
}

export function invalidEndpoint(value: string): Problem {
  return {
    code: "ENDPOINT_INVALID",
    message: `The endpoint ${quote(value)} is not an https URL: a gateway calls MCP servers over https only.`,
  };
}

export function missingScopes(): Problem {
  return {
    code: "SCOPES_INVALID",
    message: "The list of OAuth scopes is empty: name at least one, for example all of them with userPool.scopes.",
  };
}

export function scopeTooLong(scope: string, maximum: number): Problem {
  return {
    code: "SCOPES_INVALID",
    message:
      `The scope ${quote(scope)} has ${scope.length} characters, and a gateway target takes at most ${maximum}, ` +
      "fewer than Cognito: shorten the resource server's identifier or the scope's name.",
  };
}

export function credentialProviderCount(count: number): Problem {
  return {
    code: "CREDENTIAL_PROVIDER_COUNT",
    message: `credentialProviderConfigurations has ${count} entries: a target takes one, or none for no authorization.`,
  };
}

export function runtimeNeedsCredential(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} refuses callers without a credential, but credentialProviderConfigurations ` +
      "is empty: add GatewayCredentialProvider.fromOauthIdentity(…).",
  };
}

export function oauthTowardsIamRuntime(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The target sends an OAuth token to the runtime ${quote(runtimeName)}, which accepts SigV4 only: give the ` +
      "runtime a RuntimeAuthorizerConfiguration.usingCognito(…) or usingJWT(…).",
  };
}

export function runtimeIsNotMcp(runtimeName: string, protocol: string): Problem {
  return {
    code: "PROTOCOL_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} speaks ${protocol}, but a gateway's MCP server target speaks MCP: give the ` +
      "runtime protocolConfiguration: ProtocolType.MCP.",
  };
}

export function cognitoHasNoAudience(): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      "allowedAudience would refuse every access token of the Cognito user pool, because they carry no audience: " +
      "name the app clients in allowedClients instead.",
  };
}

export function cognitoPoolIsNoMachine(): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      "The user pool's client signs users in and cannot fetch tokens for a gateway: use an OutboundUserPool, or " +
      "OutboundUserPool.fromOutboundUserPoolAttributes(…) with the client's secret and scopes.",
  };
}

export function credentialNotAccepted(target: string, credential: string, accepted: readonly string[]): Problem {
  return {
    code: "CREDENTIAL_NOT_ACCEPTED",
    message: `A target of kind ${target} does not take ${credential}: use ${accepted.join(", or ")}.`,
  };
}

export function iamServiceRequired(target: string): Problem {
  return {
    code: "CREDENTIAL_NOT_ACCEPTED",
    message:
      `A target of kind ${target} does not imply the service that the gateway signs for, and AWS wants it named: use ` +
      'GatewayCredentialProvider.fromIamRole({ service: "…" }), with "bedrock-agentcore" for a runtime.',
  };
}

export function iamServiceNotTaken(target: string): Problem {
  return {
    code: "CREDENTIAL_NOT_ACCEPTED",
    message:
      `A target of kind ${target} implies the service that the gateway signs for, and AWS refuses to have it named ` +
      "again: use GatewayCredentialProvider.fromIamRole() without a service.",
  };
}

export function iamTowardsJwtRuntime(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The target signs its calls of the runtime ${quote(runtimeName)}, which accepts bearer tokens only: leave ` +
      "credentialProviderConfigurations out, or give the runtime RuntimeAuthorizerConfiguration.usingIAM().",
  };
}

export function noGatewayClient(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The authorizer of the runtime ${quote(runtimeName)} does not tell with which client a gateway gets its ` +
      "tokens: give it gatewayClient, use an OutboundUserPool, or name the target's credentialProviderConfigurations.",
  };
}

export function issuersDiffer(runtimeName: string, accepted: string, issued: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} accepts tokens of ${quote(accepted)}, and the target's credential provider ` +
      `gets its tokens from ${quote(issued)}: use the same user pool or issuer on both ends.`,
  };
}

export function passedTokensRefused(runtimeName: string, accepted: string, issued: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} accepts tokens of ${quote(accepted)}, and the gateway passes those of ` +
      `${quote(issued)} on: use the same user pool or issuer on both ends.`,
  };
}

export function clientNotAllowed(runtimeName: string, clientId: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} does not list the credential provider's client ${quote(clientId)} in ` +
      "allowedClients: add it, or use the client that is listed.",
  };
}

export function unknownScope(scope: string, defined: readonly string[]): Problem {
  return {
    code: "SCOPES_INVALID",
    message:
      `The scope ${quote(scope)} is not among those that the client may ask for (${defined.map(quote).join(", ")}): ` +
      "use userPool.scopes, or define it in the pool's scopes.",
  };
}

export function endpointIsNoInvocationUrl(endpoint: string): Problem {
  return {
    code: "ENDPOINT_INVALID",
    message:
      `The endpoint ${quote(endpoint)} is on AgentCore Runtime but does not end in "/invocations": use ` +
      "gateway.addRuntimeTarget(…), or runtime.invocationUrl.",
  };
}

export function arnNotEncoded(endpoint: string): Problem {
  return {
    code: "ENDPOINT_INVALID",
    message:
      `The endpoint ${quote(endpoint)} holds the runtime's ARN as it is, and AWS wants it URL-encoded: use ` +
      "gateway.addRuntimeTarget(…), or runtime.invocationUrl.",
  };
}

export function noAllowedWorkload(): Problem {
  return {
    code: "LENGTH_OUT_OF_RANGE",
    message:
      "allowedWorkloadConfiguration names no workload: name a gateway in hostingEnvironments, or leave it out for " +
      "callers of every kind.",
  };
}

export function gatewayNotAdmitted(runtimeName: string, gatewayName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} does not admit the gateway ${quote(gatewayName)}: add it to the ` +
      "hostingEnvironments of its allowedWorkloadConfiguration, or leave that out.",
  };
}

export function runtimeNotRestrictable(runtimeName: string, reason: string): Problem {
  return {
    code: "ARGUMENTS_CONFLICT",
    message: `restrictRuntime has no effect on the runtime ${quote(runtimeName)}, ${reason}: leave it out.`,
  };
}

const AUTHORIZERS: Readonly<Record<string, string>> = {
  CUSTOM_JWT: "usingCognito(…) or usingCustomJwt(…)",
  AWS_IAM: "usingAwsIam()",
  AUTHENTICATE_ONLY: "withAuthenticateOnly()",
  NONE: "withNoAuth()",
};

export function callersBringNone(credential: string, type: string, types: readonly string[]): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The credential ${credential} is made of what the gateway's callers bring, and those of a gateway with ` +
      `the authorizer ${type} bring no such thing: use GatewayAuthorizer.${types.map((each) => AUTHORIZERS[each]).join(" or ")}.`,
  };
}

export function gatewaySpeaksAnotherProtocol(target: string, needed: string): Problem {
  return {
    code: "PROTOCOL_MISMATCH",
    message: `A target of kind ${target} needs a gateway with protocolConfiguration: ${needed}.`,
  };
}
