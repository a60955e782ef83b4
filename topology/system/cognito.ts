import type { Instance } from "../modules/inventory";
import { type Block } from "../arguments/block";
import { matchText, type Text, Unknown } from "../language";
import { joined } from "../language/marks";
import type { Links } from "./links";
import type { Issuer, ResourceServer, UserPool, UserPoolClient } from "./model";

const POOL = "aws_cognito_user_pool";

export function readUserPools(links: Links): Map<string, UserPool> {
  const pools = links.read<UserPool>(POOL, (instance) => ({
    address: instance.address,
    instance,
    name: instance.arguments.text("name"),
    adminCreateUserOnly:
      instance.arguments.block("admin_create_user_config")?.optionalBoolean("allow_admin_create_user_only") ?? false,
    domains: [],
    resourceServers: [],
  }));
  for (const instance of links.ofType("aws_cognito_user_pool_domain")) {
    for (const pool of poolsOf(instance.arguments, links, pools))
      pool.domains.push({ address: instance.address, instance });
  }
  for (const instance of links.ofType("aws_cognito_resource_server")) {
    for (const pool of poolsOf(instance.arguments, links, pools))
      pool.resourceServers.push(readResourceServer(instance));
  }
  return pools;
}

function poolsOf(block: Block, links: Links, pools: ReadonlyMap<string, UserPool>): readonly UserPool[] {
  return links.entities(block.text("user_pool_id"), POOL, ["id"], pools);
}

function readResourceServer(instance: Instance): ResourceServer {
  const identifier = instance.arguments.text("identifier");
  const names = instance.arguments.blocks("scope").map((scope) => scope.text("scope_name"));
  const known = names.filter((name) => name !== undefined);
  return {
    address: instance.address,
    instance,
    identifier,
    scopes: identifier === undefined ? [] : known.map((name) => joined([identifier, "/", name])),
    isOpen: instance.arguments.isOpen("scope") || identifier === undefined || known.length < names.length,
  };
}

export function readUserPoolClients(links: Links, pools: ReadonlyMap<string, UserPool>): Map<string, UserPoolClient> {
  return links.read("aws_cognito_user_pool_client", (instance) => {
    const { arguments: block, address } = instance;
    return {
      address,
      instance,
      userPool: poolsOf(block, links, pools),
      name: block.text("name"),
      generateSecret: block.optionalBoolean("generate_secret") ?? false,
      oauthEnabled: block.optionalBoolean("allowed_oauth_flows_user_pool_client") ?? false,
      oauthFlows: block.optionalTexts("allowed_oauth_flows"),
      scopes: block.optionalTexts("allowed_oauth_scopes"),
      explicitAuthFlows: block.optionalTexts("explicit_auth_flows"),
    };
  });
}

/** The region and the pool of a Cognito discovery URL of the right form. */
export function cognitoIssuer(url: Text): { readonly region: Text; readonly poolId: Text } | undefined {
  const match = matchText(
    url,
    /^https:\/\/(?:issuer-)?cognito-idp\.([^./]+)\.amazonaws\.com(?:\.cn)?\/([^/]+)\/\.well-known\/openid-configuration$/,
  );
  const [, region, poolId] = match ?? [];
  return region === undefined || poolId === undefined ? undefined : { region, poolId };
}

export function readIssuer(discoveryUrl: Text, links: Links, pools: ReadonlyMap<string, UserPool>): Issuer {
  const named = cognitoIssuer(discoveryUrl)?.poolId ?? (discoveryUrl instanceof Unknown ? discoveryUrl : undefined);
  return { discoveryUrl, userPool: links.entities(named, POOL, ["id"], pools) };
}
