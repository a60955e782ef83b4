import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import type { Account } from "../cloud/account";
import type { UserPool } from "../cloud/cognito/user-pool";
import { allowsAuthFlow, type UserPoolClient } from "../cloud/cognito/user-pool-client";
import { admits } from "../cloud/gateway/admitted-clients";
import { offeredCapabilities } from "../cloud/gateway/offerings";
import { handshakesOf } from "../cloud/gateway/protocol-version";
import type { UrlMapping } from "../cloud/network";
import type { McpEndpoint, SignInClient } from "./model";

export function viewMcpEndpoints(account: Account, urls: UrlMapping): McpEndpoint[] {
  const speakingMcp = account.gateways.all().filter(({ declaration }) => declaration.protocolType !== undefined);
  return speakingMcp.map((gateway) => {
    const { attributes, declaration, supportedVersions, targets } = gateway;
    const found = account.cognito
      .userPools()
      .flatMap((pool) =>
        [...pool.clients.values()]
          .filter((client) => client.clientSecret === undefined && allowsAuthFlow(client, "USER_PASSWORD_AUTH"))
          .map((client) => ({ isLetIn: admits(gateway, pool, client), signIn: signInClient(pool, client) })),
      );
    const protocolVersion = handshakesOf(supportedVersions).at(-1) ?? STATELESS_VERSION;
    return {
      name: declaration.name,
      station: attributes.gatewayArn,
      url: urls(attributes.gatewayUrl),
      authorizerType: declaration.authorizerType,
      signs: declaration.authorizerType !== "NONE" && gateway.authorizer === undefined,
      leftOut: targets.flatMap((target) =>
        target.leftOut === undefined ? [] : [{ target: target.declaration.name, reason: target.leftOut }],
      ),
      protocolVersion,
      keepsSessions: declaration.sessionTimeout !== undefined && protocolVersion !== STATELESS_VERSION,
      offers: Object.keys(offeredCapabilities(gateway)),
      signIn: [...found.filter((one) => one.isLetIn), ...found.filter((one) => !one.isLetIn)].map(
        ({ signIn }) => signIn,
      ),
    };
  });
}

function signInClient(pool: UserPool, { clientId, clientName }: UserPoolClient): SignInClient {
  return { clientId, clientName, userPoolId: pool.id, poolName: pool.declaration.poolName };
}
