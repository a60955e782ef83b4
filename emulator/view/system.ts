import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { backendOf, credentialLabel } from "../../topology";
import type { Account } from "../cloud/account";
import type { Gateway } from "../cloud/gateway/gateways";
import type { Target } from "../cloud/gateway/target";
import type { UserPool } from "../cloud/cognito/user-pool";
import type { UrlMapping } from "../cloud/network/network";
import { defaultVaultArn } from "../cloud/identity/token-vault";
import { containerUrl } from "../cloud/runtime/container-contract";
import { CALLER, serverOf } from "../trace/stations";
import { addressOf } from "./gateways";
import type { Link, Station, SystemView } from "./model";
import {
  stationOfEndpoint,
  stationOfGateway,
  stationOfLambda,
  stationOfPool,
  stationOfRuntime,
  stationOfServer,
  stationOfVault,
} from "./stations";

/** What callers show to a gateway, by its authorizer type. */
const INBOUND_LABELS: Readonly<Record<string, string>> = {
  CUSTOM_JWT: "user's token",
  AWS_IAM: "SigV4",
  AUTHENTICATE_ONLY: "SigV4",
  NONE: "no token",
};

/** The whole system as a picture. */
export function viewSystem(account: Account, urls: UrlMapping): SystemView {
  const { environment, cognito, runtimes, gateways } = account;
  const vault = defaultVaultArn(environment);
  const stations: Station[] = [
    { id: CALLER, kind: "caller", title: "Caller", name: callerOf(gateways.all()), failed: false, facts: [] },
    ...cognito.userPools().map((pool) => stationOfPool(pool, isOutbound(account, pool), urls)),
    ...gateways.all().map((gateway) => stationOfGateway(gateway, urls)),
    ...stationsOfVault(account, vault),
    ...runtimes.all().flatMap((runtime) => [stationOfRuntime(runtime, environment, urls), stationOfServer(runtime)]),
    ...stationsBeyond(account),
  ];
  return { stations, links: uniqueLinks(linksOf(account, vault)) };
}

function callerOf(gateways: readonly Gateway[]): string {
  const isMcp = gateways.length === 0 || gateways.some(({ declaration }) => declaration.protocolType !== undefined);
  return isMcp ? "any MCP client" : "any HTTP client";
}

function linksOf(account: Account, vault: string): Link[] {
  const { cognito, runtimes, gateways, credentialProviders } = account;
  const poolOf = (discoveryUrl: string | undefined) => findPool(cognito.userPools(), discoveryUrl)?.arn;
  return [
    ...cognito
      .userPools()
      .filter((pool) => !isOutbound(account, pool))
      .map(({ arn }) => call(CALLER, arn, "password")),
    ...gateways.all().flatMap((gateway) => linksOfGateway(account, gateway, vault)),
    ...credentialProviders
      .all()
      .flatMap(({ discoveryUrl }) => toKnown(vault, poolOf(discoveryUrl), "call", "client secret")),
    ...runtimes
      .all()
      .flatMap(({ declaration, attributes: { agentRuntimeArn } }) => [
        call(agentRuntimeArn, serverOf(agentRuntimeArn), `POST ${containerUrl(declaration.serverProtocol).pathname}`),
        ...toKnown(agentRuntimeArn, poolOf(declaration.customJwtAuthorizer?.discoveryUrl), "keys", "keys"),
      ]),
  ];
}

function linksOfGateway(account: Account, gateway: Gateway, vault: string): Link[] {
  const { attributes, declaration, targets } = gateway;
  const pool = findPool(account.cognito.userPools(), declaration.customJwtAuthorizer?.discoveryUrl);
  return [
    call(CALLER, attributes.gatewayArn, INBOUND_LABELS[declaration.authorizerType] ?? "MCP"),
    ...toKnown(attributes.gatewayArn, pool?.arn, "keys", "keys"),
    ...(declaration.interceptors ?? []).map(({ lambdaArn }) => call(attributes.gatewayArn, lambdaArn, "interceptor")),
    ...targets.flatMap((target) => {
      const { type } = target.declaration.credential;
      return [
        ...(type === "OAUTH" || type === "API_KEY" ? [call(attributes.gatewayArn, vault, "service role")] : []),
        ...toKnown(
          attributes.gatewayArn,
          stationIdOfTarget(account, target),
          "call",
          credentialLabel(target.declaration.credential),
        ),
      ];
    }),
  ];
}

function call(from: string, to: string, label: string): Link {
  return { from, to, kind: "call", label };
}

function toKnown(from: string, to: string | undefined, kind: Link["kind"], label: string): Link[] {
  return to === undefined ? [] : [{ from, to, kind, label }];
}

function uniqueLinks(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [`${link.kind} ${link.from} ${link.to}`, link])).values()];
}

function stationsOfVault({ credentialProviders, apiKeyProviders }: Account, vault: string): Station[] {
  const oauth2 = credentialProviders.all();
  const apiKeys = apiKeyProviders.all();
  return oauth2.length + apiKeys.length > 0 ? [stationOfVault(vault, oauth2, apiKeys)] : [];
}

/** What gateways call beside runtimes and gateways, each once. */
function stationsBeyond(account: Account): Station[] {
  const { gateways, environment } = account;
  const stations = gateways.all().flatMap(({ targets, declaration }) => [
    ...(declaration.interceptors ?? []).map(({ lambdaArn }) => stationOfLambda(lambdaArn)),
    ...targets.flatMap((target) => {
      const backend = backendOf(target.declaration);
      if (backend?.speaks === "Lambda") return [stationOfLambda(backend.lambdaArn)];
      if (!backend || stationIdOfHost(account, backend.endpoint) !== undefined) return [];
      const title = backend.speaks === "MCP" ? "MCP server" : "HTTP API";
      return [stationOfEndpoint(backend.endpoint, environment.network.reaches(backend.endpoint) ? title : undefined)];
    }),
  ]);
  return [...new Map(stations.map((station) => [station.id, station])).values()];
}

function stationIdOfTarget(account: Account, { declaration }: Target): string | undefined {
  const address = addressOf(declaration);
  return address && (stationIdOfHost(account, address) ?? address);
}

/** The runtime or the gateway that the endpoint names. */
function stationIdOfHost({ runtimes, gateways, environment }: Account, endpoint: string): string | undefined {
  const gateway = gateways.all().find(({ attributes }) => attributes.gatewayUrl === endpoint);
  if (gateway) return gateway.attributes.gatewayArn;
  return environment.network.reaches(endpoint)
    ? runtimes.findByEndpoint(endpoint)?.attributes.agentRuntimeArn
    : undefined;
}

/** A pool that gateways ask for their own tokens; any other is for callers. */
function isOutbound({ credentialProviders }: Account, pool: UserPool): boolean {
  return credentialProviders.all().some(({ discoveryUrl }) => findPool([pool], discoveryUrl) !== undefined);
}

function findPool(pools: readonly UserPool[], discoveryUrl: string | undefined): UserPool | undefined {
  return pools.find(({ issuer }) => discoveryUrl === issuer + OPENID_DISCOVERY_PATH);
}
