import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import type { Account } from "../cloud/account";
import type { UserPool } from "../cloud/cognito/user-pool";
import { signsUsersIn, type UserPoolClient } from "../cloud/cognito/user-pool-client";
import type { Gateway } from "../cloud/gateway/gateways";
import { admits } from "../cloud/gateway/admitted-clients";
import { offeredCapabilities } from "../cloud/gateway/catalogue/offerings";
import { handshakesOf } from "../cloud/gateway/protocol/protocol-version";
import type { UrlMapping } from "../cloud/network/network";
import { urlOfTarget } from "./gateways";
import type { GatewayEndpoint, HttpTarget, SignInClient } from "./model";

export function viewEndpoints(account: Account, urls: UrlMapping): GatewayEndpoint[] {
  return account.gateways.all().map((gateway) => {
    const { attributes, declaration, supportedVersions, targets } = gateway;
    const found = account.cognito
      .userPools()
      .flatMap((pool) =>
        [...pool.clients.values()]
          .filter(signsUsersIn)
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
      ...(declaration.protocolType === undefined && { httpTargets: httpTargetsOf(gateway, urls) }),
      offers: Object.keys(offeredCapabilities(gateway)),
      signIn: [...found.filter((one) => one.isLetIn), ...found.filter((one) => !one.isLetIn)].map(
        ({ signIn }) => signIn,
      ),
    };
  });
}

function httpTargetsOf(gateway: Gateway, urls: UrlMapping): HttpTarget[] {
  const present = gateway.targets.filter(({ leftOut }) => leftOut === undefined);
  return present.map(({ declaration: { name, description, credential } }) => ({
    name,
    description,
    url: urls(urlOfTarget(gateway, name) ?? ""),
    passesToken: credential.type === "JWT_PASSTHROUGH",
  }));
}

function signInClient(pool: UserPool, { clientId, clientName }: UserPoolClient): SignInClient {
  return { clientId, clientName, userPoolId: pool.id, poolName: pool.declaration.poolName };
}
