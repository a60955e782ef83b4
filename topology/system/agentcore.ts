// topology/system/: pools, clients, providers, runtimes, gateways and roles, linked to each other.
import { type Block } from "../arguments/block";
import { matchText, type Text } from "../language";
import { member } from "../language/value";
import { resourceReaders } from "../resources";
import { PROTOCOL_BLOCK, readRuntime } from "../resources/agent-runtime";
import { readApiKeyProvider } from "../resources/api-key-credential-provider";
import { CONTENT } from "../resources/bucket-object";
import { AUTHORIZER_BLOCK, readJwtAuthorizer } from "../resources/custom-jwt-authorizer";
import { readGateway } from "../resources/gateway";
import { readOutbound, readPassedOn, readTarget } from "../resources/gateway-target";
import { readOAuth2Provider } from "../resources/oauth2-credential-provider";
import { readIssuer } from "./cognito";
import type { Links } from "./links";
import { objectsByUri } from "./objects";
import type {
  CredentialProvider,
  Gateway,
  InboundAuthorization,
  JwtAuthorizer,
  OutboundAuthorization,
  Role,
  Runtime,
  Target,
  UserPool,
  UserPoolClient,
} from "./model";

const ROLE = resourceReaders.role.type;
const FUNCTION = resourceReaders.lambdaFunction.type;
const REST_API = resourceReaders.restApi.type;
const GATEWAY = resourceReaders.gateway.type;
const RUNTIME = resourceReaders.agentRuntime.type;
const PROVIDER = resourceReaders.oauth2CredentialProvider.type;
const PROVIDER_NAMES = ["credential_provider_arn"];
const API_KEY_PROVIDER = resourceReaders.apiKeyCredentialProvider.type;

/** Everything that is read before runtimes, gateways and targets. */
export interface EarlierParts {
  readonly links: Links;
  readonly userPools: ReadonlyMap<string, UserPool>;
  readonly userPoolClients: ReadonlyMap<string, UserPoolClient>;
  readonly roles: ReadonlyMap<string, Role>;
}

export function readCredentialProviders({
  links,
  userPools,
  userPoolClients,
}: EarlierParts): Map<string, CredentialProvider> {
  return links.read(PROVIDER, (instance) => {
    const { name, clientId, discoveryUrl: url } = readOAuth2Provider(instance.arguments);
    return {
      address: instance.address,
      instance,
      name,
      clientId,
      client: links.entities(clientId, resourceReaders.userPoolClient.type, ["id"], userPoolClients),
      issuer: url === undefined ? undefined : readIssuer(url, links, userPools),
    };
  });
}

function readAuthorizer(block: Block, { links, userPools }: EarlierParts): JwtAuthorizer | undefined {
  const jwt = readJwtAuthorizer(block);
  if (jwt === undefined) return undefined;
  const { discoveryUrl: url, claims, workloads, ...allowed } = jwt;
  return {
    issuer: url === undefined ? undefined : readIssuer(url, links, userPools),
    ...allowed,
    hasCustomClaims: claims?.length !== 0 || workloads !== undefined,
  };
}

export function readRuntimes(earlier: EarlierParts): Map<string, Runtime> {
  const { links, roles } = earlier;
  return links.read(RUNTIME, (instance) => {
    const { arguments: block, address } = instance;
    const authorizer = readAuthorizer(block, earlier);
    const { agentRuntimeName, serverProtocol, roleArn, containerUri } = readRuntime(block);
    return {
      address,
      instance,
      name: agentRuntimeName,
      protocol: block.isOpen(PROTOCOL_BLOCK) ? undefined : serverProtocol,
      inbound: authorizer !== undefined ? "JWT" : block.isOpen(AUTHORIZER_BLOCK) ? undefined : "IAM",
      authorizer,
      role: links.entities(roleArn, ROLE, ["arn"], roles),
      containerUri,
      repository: links.find(containerUri, resourceReaders.repository.type, ["repository_url"]),
    };
  });
}

const INBOUND: Readonly<Record<string, InboundAuthorization>> = { CUSTOM_JWT: "JWT", AWS_IAM: "IAM", NONE: "NONE" };

export function readGateways(earlier: EarlierParts): Map<string, Gateway> {
  const { links, roles } = earlier;
  return links.read(GATEWAY, (instance) => {
    const { arguments: block, address } = instance;
    const { name, authorizerType: type, roleArn, interceptors, ...protocol } = readGateway(block);
    return {
      address,
      instance,
      name,
      inbound: typeof type === "string" ? member(INBOUND, type) : undefined,
      authorizer: readAuthorizer(block, earlier),
      roleArn,
      role: links.entities(roleArn, ROLE, ["arn"], roles),
      interceptors: interceptors.map(({ lambdaArn }) => links.find(lambdaArn, FUNCTION, ["arn"])),
      ...protocol,
      keepsSessions: keepsSessions(block),
      targets: [],
    };
  });
}

function keepsSessions(gateway: Block): boolean | undefined {
  const mcp = gateway.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
  if (mcp === undefined) return gateway.isOpen("protocol_configuration") ? undefined : false;
  return mcp.isOpen("session_configuration") ? undefined : mcp.optionalBlock("session_configuration") !== undefined;
}

export function readTargets(
  links: Links,
  gateways: ReadonlyMap<string, Gateway>,
  runtimes: ReadonlyMap<string, Runtime>,
  providers: ReadonlyMap<string, CredentialProvider>,
): readonly Target[] {
  const objectAt = objectsByUri(links);
  return links.ofType(resourceReaders.gatewayTarget.type).map((instance) => {
    const { arguments: block, address } = instance;
    const read = readTarget(block);
    const { gatewayIdentifier, endpoint, lambdaArn, s3Uri, apiGateway } = read;
    const { runtimeArn = endpoint === undefined ? undefined : runtimeArnIn(endpoint) } = read;
    const object = s3Uri === undefined ? undefined : objectAt(s3Uri);
    const target: Target = {
      address,
      instance,
      ...read,
      ...(object && { payload: object.arguments.text(CONTENT) }),
      passedOn: readPassedOn(block),
      gateway: links.entities(gatewayIdentifier, GATEWAY, ["gateway_id", "gateway_arn"], gateways),
      lambdaFunction: links.find(lambdaArn, FUNCTION, ["arn"]),
      restApi: links.find(apiGateway?.restApiId, REST_API, ["id"]),
      runtime: links.entities(runtimeArn, RUNTIME, ["agent_runtime_arn"], runtimes),
      outbound: linkOutbound(block, links, providers),
    };
    for (const gateway of target.gateway) gateway.targets.push(target);
    return target;
  });
}

/** The ARN in an invocation URL, decoded where it is known; an unknown URL stands for what it is made of. */
function runtimeArnIn(endpoint: Text): Text | undefined {
  if (typeof endpoint !== "string") return endpoint;
  const [, path = ""] =
    matchText(endpoint, /\/runtimes\/([^/?]+|arn:[^?]+?)(?:\/invocations|\/mcp)?\/?(?:\?.*)?$/) ?? [];
  return typeof path === "string" ? decoded(path) : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function linkOutbound(
  block: Block,
  links: Links,
  providers: ReadonlyMap<string, CredentialProvider>,
): OutboundAuthorization | undefined {
  const outbound = readOutbound(block);
  switch (outbound?.type) {
    case "OAUTH":
      return { ...outbound, provider: links.entities(outbound.providerArn, PROVIDER, PROVIDER_NAMES, providers) };
    case "API_KEY":
      return {
        ...outbound,
        provider: links.find(outbound.providerArn, API_KEY_PROVIDER, PROVIDER_NAMES).map((instance) => ({
          address: instance.address,
          instance,
          name: readApiKeyProvider(instance.arguments).name,
        })),
      };
    default:
      return outbound;
  }
}
