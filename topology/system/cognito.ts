import { OPENID_DISCOVERY_END } from "../../aws/agentcore/discovery";
import { issuerHostPattern } from "../../aws/cognito/endpoints";
import type { Instance } from "../modules/inventory";
import type { Shown } from "../arguments/block";
import { matchText, type Text, Unknown } from "../language";
import { joined } from "../language/marks";
import { resourceReaders } from "../resources";
import { readScopes, SCOPE_BLOCK } from "../resources/resource-server";
import { readPoolAccess } from "../resources/user-pool";
import { readFlows } from "../resources/user-pool-client";
import { readUserPoolDomain } from "../resources/user-pool-domain";
import type { Links } from "./links";
import type { Issuer, ResourceServer, UserPool, UserPoolClient } from "./model";

const POOL = resourceReaders.userPool.type;

export function readUserPools(links: Links): Map<string, UserPool> {
  const pools = links.read<UserPool>(POOL, (instance) => {
    const { poolName, allowAdminCreateUserOnly } = readPoolAccess(instance.arguments);
    return {
      ...{ address: instance.address, instance, name: poolName, adminCreateUserOnly: allowAdminCreateUserOnly },
      ...{ domains: [], resourceServers: [] },
    };
  });
  for (const instance of links.ofType(resourceReaders.userPoolDomain.type)) {
    for (const pool of poolsOf(readUserPoolDomain(instance.arguments).userPoolId, links, pools)) {
      pool.domains.push({ address: instance.address, instance });
    }
  }
  for (const instance of links.ofType(resourceReaders.resourceServer.type)) {
    const { userPoolId, ...server } = readScopes(instance.arguments);
    for (const pool of poolsOf(userPoolId, links, pools)) {
      pool.resourceServers.push(readResourceServer(instance, server));
    }
  }
  return pools;
}

function poolsOf(id: Text | undefined, links: Links, pools: ReadonlyMap<string, UserPool>): readonly UserPool[] {
  return links.entities(id, POOL, ["id"], pools);
}

function readResourceServer(
  instance: Instance,
  { identifier, scopes = [] }: Pick<ReturnType<typeof readScopes<Shown>>, "identifier" | "scopes">,
): ResourceServer {
  const known = scopes.flatMap(({ scopeName }) => scopeName ?? []);
  return {
    address: instance.address,
    instance,
    identifier,
    scopes: identifier === undefined ? [] : known.map((name) => joined([identifier, "/", name])),
    isOpen: instance.arguments.isOpen(SCOPE_BLOCK) || identifier === undefined || known.length < scopes.length,
  };
}

export function readUserPoolClients(links: Links, pools: ReadonlyMap<string, UserPool>): Map<string, UserPoolClient> {
  return links.read(resourceReaders.userPoolClient.type, (instance) => {
    const client = readFlows(instance.arguments);
    return {
      address: instance.address,
      instance,
      userPool: poolsOf(client.userPoolId, links, pools),
      name: client.clientName,
      generateSecret: client.generateSecret,
      oauthEnabled: client.allowedOAuthFlowsUserPoolClient,
      oauthFlows: client.allowedOAuthFlows,
      scopes: client.allowedOAuthScopes,
      explicitAuthFlows: client.explicitAuthFlows,
    };
  });
}

/** The region may stand open. */
const DISCOVERY_URL = new RegExp(`^https://(?:issuer-)?${issuerHostPattern("[^./]+")}/([^/]+)${OPENID_DISCOVERY_END}`);

/** The region and the pool of a Cognito discovery URL of the right form. */
export function cognitoIssuer(url: Text): { readonly region: Text; readonly poolId: Text } | undefined {
  const [, region, poolId] = matchText(url, DISCOVERY_URL) ?? [];
  return region === undefined || poolId === undefined ? undefined : { region, poolId };
}

export function readIssuer(discoveryUrl: Text, links: Links, pools: ReadonlyMap<string, UserPool>): Issuer {
  const named = cognitoIssuer(discoveryUrl)?.poolId ?? (discoveryUrl instanceof Unknown ? discoveryUrl : undefined);
  return { discoveryUrl, userPool: links.entities(named, POOL, ["id"], pools) };
}
