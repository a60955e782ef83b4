import { TOKEN_PATH } from "../../aws/cognito/endpoints";
import { describeCredential } from "../../topology";
import type { UserPool } from "../cloud/cognito/user-pool";
import type { UserPoolClient } from "../cloud/cognito/user-pool-client";
import type { Environment } from "../cloud/environment";
import type { Gateway } from "../cloud/gateway/gateways";
import type { Target } from "../cloud/gateway/target";
import type { ApiKeyCredentialProvider } from "../cloud/identity/api-key-credential-providers";
import type { OAuth2CredentialProvider } from "../cloud/identity/oauth2-credential-providers";
import type { UrlMapping } from "../cloud/network/network";
import { invocationUrl, type AgentRuntime } from "../cloud/runtime/agent-runtimes";
import { containerUrl } from "../cloud/runtime/container-contract";
import { serverOf } from "../trace/stations";
import { addressOf, describeInbound, urlOfTarget } from "./gateways";
import type { Fact, Station } from "./model";

export function stationOfPool(pool: UserPool, isOutbound: boolean, urls: UrlMapping): Station {
  const { id, arn, issuer, host, declaration, resourceServers, clients } = pool;
  return {
    id: arn,
    kind: isOutbound ? "outboundPool" : "inboundPool",
    title: isOutbound ? "Outbound user pool" : "Inbound user pool",
    name: declaration.poolName,
    failed: false,
    facts: [
      fact("pool id", id),
      fact("issuer", issuer),
      fact(
        "token endpoint",
        host === undefined ? "none: the pool has no domain" : urls(`https://${host}${TOKEN_PATH}`),
      ),
      ...[...resourceServers.values()].map(({ identifier, scopes }) =>
        fact("resource server", scopes.map(({ scopeName }) => `${identifier}/${scopeName}`).join(" ")),
      ),
      ...[...clients.values()].map((client) => fact("client", describeClient(client))),
    ],
  };
}

function describeClient({
  clientName,
  clientId,
  clientSecret,
  explicitAuthFlows,
  allowedOAuthFlows,
  allowedOAuthScopes,
}: UserPoolClient): string {
  const kind = clientSecret === undefined ? "public" : "confidential";
  const grants = [...explicitAuthFlows, ...allowedOAuthFlows].join(" ");
  return `${clientName} (${clientId}), ${kind}: ${grants}${allowedOAuthScopes.length > 0 ? `; scopes ${allowedOAuthScopes.join(" ")}` : ""}`;
}

export function stationOfGateway(gateway: Gateway, urls: UrlMapping): Station {
  const { attributes, declaration, targets, supportedVersions } = gateway;
  return {
    id: attributes.gatewayArn,
    kind: "gateway",
    title: "Gateway",
    name: declaration.name,
    failed: targets.some(({ status }) => /FAILED|UNSUCCESSFUL/.test(status)),
    facts: [
      fact("URL", urls(attributes.gatewayUrl)),
      fact("callers need", describeInbound(gateway)),
      ...(declaration.protocolType === undefined ? [] : [fact("MCP versions", supportedVersions.join(" "))]),
      fact("role", declaration.roleArn),
      fact("workload identity", attributes.workloadIdentityArn),
      ...factsOfDecisions(gateway),
      ...targets.flatMap((target) => factsOfTarget(gateway, target, urls)),
    ],
  };
}

/** Who else decides about calls. */
function factsOfDecisions({ declaration, rateLimits }: Gateway): Fact[] {
  const { interceptors = [], policyEngine } = declaration;
  return [
    ...rateLimits.map((limit) =>
      fact("rate limit", `${limit.rateLimitId}: ${limit.declaration.dimensionKeys.join(" ")}`),
    ),
    ...interceptors.map(({ points, lambdaArn }) => fact("interceptor", `${points.join(" and ")}: ${lambdaArn}`)),
    ...(policyEngine ? [fact("policy engine", `${policyEngine.mode}: ${policyEngine.arn}`)] : []),
  ];
}

function factsOfTarget(
  gateway: Gateway,
  { declaration, status, statusReasons, tools }: Target,
  urls: UrlMapping,
): Fact[] {
  const url = urlOfTarget(gateway, declaration.name);
  return [
    fact("target", `${declaration.name}: ${status}, ${url === undefined ? `${tools.length} tools` : "no tools"}`),
    ...(url === undefined ? [] : [fact("called at", urls(url))]),
    ...statusReasons.map((reason) => fact("status reason", reason)),
    fact("calls", urls(addressOf(declaration) ?? "none")),
    fact("shows", describeCredential(declaration.credential)),
  ];
}

export function stationOfVault(
  id: string,
  oauth2: readonly OAuth2CredentialProvider[],
  apiKeys: readonly ApiKeyCredentialProvider[],
): Station {
  return {
    id,
    kind: "tokenVault",
    title: "Token vault",
    name: [...oauth2, ...apiKeys].map(({ name }) => name).join(", "),
    failed: false,
    facts: [
      ...oauth2.flatMap(({ name, vendor, clientId, discoveryUrl, clientSecretArn }) => [
        fact("credential provider", `${name} (${vendor})`),
        fact("client", clientId),
        fact("discovery", discoveryUrl ?? "none"),
        fact("client secret", clientSecretArn),
      ]),
      ...apiKeys.flatMap(({ name, apiKeySecretArn }) => [fact("API key", name), fact("secret", apiKeySecretArn)]),
    ],
  };
}

export function stationOfRuntime(runtime: AgentRuntime, environment: Environment, urls: UrlMapping): Station {
  const { agentRuntimeArn } = runtime.attributes;
  return {
    id: agentRuntimeArn,
    kind: "runtime",
    title: "Runtime",
    name: runtime.declaration.agentRuntimeName,
    failed: false,
    facts: [
      fact("ARN", agentRuntimeArn),
      fact("endpoint", urls(invocationUrl(environment, agentRuntimeArn))),
      fact("demands", describeInbound(runtime)),
      fact("protocol", runtime.declaration.serverProtocol),
      fact("role", runtime.declaration.roleArn),
    ],
  };
}

export function stationOfServer({ attributes, declaration }: AgentRuntime): Station {
  const variables = Object.keys(declaration.environmentVariables);
  const { port, pathname } = containerUrl(declaration.serverProtocol);
  return {
    id: serverOf(attributes.agentRuntimeArn),
    kind: "server",
    title: declaration.serverProtocol === "MCP" ? "MCP server" : "Agent",
    name: `port ${port}, ${pathname}`,
    failed: false,
    facts: [
      fact("stands for", declaration.containerUri ?? describeCode(declaration.code)),
      fact("environment", variables.length === 0 ? "empty" : `${variables.join(" ")} (values are not shown)`),
    ],
  };
}

function describeCode(code: AgentRuntime["declaration"]["code"]): string {
  return code === undefined
    ? "nothing"
    : `s3://${code.bucket}/${code.prefix}, started by ${code.entryPoint.join(" ")} on ${code.runtime}`;
}

export function stationOfLambda(lambdaArn: string): Station {
  const name = lambdaArn.split(":function:").at(-1) ?? lambdaArn;
  return {
    id: lambdaArn,
    kind: "lambda",
    title: "Lambda function",
    name,
    failed: false,
    facts: [fact("ARN", lambdaArn)],
  };
}

/**
 * A server outside of AgentCore.
 * @param title undefined for an endpoint where nothing answers
 */
export function stationOfEndpoint(endpoint: string, title: string | undefined): Station {
  return {
    id: endpoint,
    kind: title ? "external" : "unknownEndpoint",
    title: title ?? "Unknown endpoint",
    name: URL.canParse(endpoint) ? new URL(endpoint).host : endpoint,
    failed: !title,
    facts: [fact("endpoint", endpoint)],
  };
}

function fact(label: string, value: string): Fact {
  return { label, value };
}
