import type { Account } from "../cloud/account";
import type { Gateway } from "../cloud/gateway/gateways";
import type { Target } from "../cloud/gateway/target";
import type { UserPool } from "../cloud/cognito/user-pool";
import type { UrlMapping } from "../cloud/network";
import { defaultVaultArn } from "../cloud/identity/token-vault";
import { CALLER, serverOf } from "../trace/stations";
import {
  stationOfGateway,
  stationOfPool,
  stationOfRuntime,
  stationOfServer,
  stationOfVault,
  unknownEndpoint,
  type Station,
} from "./stations";

/** An arrow of the picture: who calls whom and what it shows there, or whose keys a token is verified with. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: "call" | "keys";
  readonly label: string;
}

export interface SystemView {
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
}

/** The whole system as a picture. */
export function viewSystem(account: Account, urls: UrlMapping): SystemView {
  const { environment, cognito, runtimes, gateways } = account;
  const vault = defaultVaultArn(environment);
  const unknown = unknownEndpoints(account);
  const stations: Station[] = [
    { id: CALLER, kind: "caller", title: "Caller", name: "any MCP client", failed: false, facts: [] },
    ...cognito.userPools().map((pool) => stationOfPool(pool, isOutbound(account, pool), cognito, urls)),
    ...gateways.all().map((gateway) => stationOfGateway(gateway, urls)),
    ...(account.credentialProviders.all().length > 0 ? [stationOfVault(vault, account.credentialProviders.all())] : []),
    ...runtimes.all().flatMap((runtime) => [stationOfRuntime(runtime, environment.region, urls), stationOfServer(runtime)]),
    ...unknown.map(unknownEndpoint),
  ];
  return { stations, links: uniqueLinks(linksOf(account, vault)) };
}

function linksOf(account: Account, vault: string): Link[] {
  const { cognito, runtimes, gateways, credentialProviders } = account;
  const poolOf = (discoveryUrl: string | undefined) => findPool(cognito.userPools(), discoveryUrl)?.arn;
  return [
    ...cognito.userPools().filter((pool) => !isOutbound(account, pool)).map(({ arn }) => call(CALLER, arn, "password")),
    ...gateways.all().flatMap((gateway) => linksOfGateway(account, gateway, vault)),
    ...credentialProviders.all().flatMap(({ discoveryUrl }) => toKnown(vault, poolOf(discoveryUrl), "call", "client secret")),
    ...runtimes.all().flatMap(({ declaration, attributes: { agentRuntimeArn } }) => [
      call(agentRuntimeArn, serverOf(agentRuntimeArn), "POST /mcp"),
      ...toKnown(agentRuntimeArn, poolOf(declaration.customJwtAuthorizer?.discoveryUrl), "keys", "keys"),
    ]),
  ];
}

function linksOfGateway(account: Account, gateway: Gateway, vault: string): Link[] {
  const { attributes, declaration, targets } = gateway;
  const pool = findPool(account.cognito.userPools(), declaration.customJwtAuthorizer?.discoveryUrl);
  return [
    call(CALLER, attributes.gatewayArn, declaration.customJwtAuthorizer ? "user's token" : "MCP"),
    ...toKnown(attributes.gatewayArn, pool?.arn, "keys", "keys"),
    ...targets.flatMap((target) => [
      ...(target.declaration.credential.type === "OAUTH" ? [call(attributes.gatewayArn, vault, "service role")] : []),
      call(attributes.gatewayArn, endpointStation(account, target), target.declaration.credential.type === "OAUTH" ? "M2M token" : "MCP"),
    ]),
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

function unknownEndpoints(account: Account): string[] {
  const targets = account.gateways.all().flatMap((gateway) => gateway.targets);
  const endpoints = targets.filter((target) => !runtimeOf(account, target)).map((target) => endpointStation(account, target));
  return [...new Set(endpoints)];
}

/** The runtime that the target's endpoint names, else the endpoint itself. */
function endpointStation(account: Account, target: Target): string {
  return runtimeOf(account, target)?.attributes.agentRuntimeArn ?? target.declaration.mcpServer?.endpoint ?? target.targetId;
}

function runtimeOf({ runtimes, environment }: Account, { declaration }: Target) {
  const endpoint = declaration.mcpServer?.endpoint ?? "";
  const isServed = URL.canParse(endpoint) && environment.network.serves(new URL(endpoint).host);
  return isServed ? runtimes.findByEndpoint(endpoint) : undefined;
}

/** A pool that gateways ask for their own tokens; any other is for callers. */
function isOutbound({ credentialProviders }: Account, pool: UserPool): boolean {
  return credentialProviders.all().some(({ discoveryUrl }) => findPool([pool], discoveryUrl) !== undefined);
}

function findPool(pools: readonly UserPool[], discoveryUrl: string | undefined): UserPool | undefined {
  return pools.find(({ issuer }) => discoveryUrl === `${issuer}/.well-known/openid-configuration`);
}
