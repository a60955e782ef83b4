import { z } from "zod";

import type { Account } from "./cloud/account";
import { check, USERNAME } from "./cloud/cognito/constraints";
import { OAuthError } from "./cloud/cognito/hosted/oauth-error";
import { signIn } from "./cloud/cognito/sign-in/sign-in";
import { grantToken } from "./cloud/cognito/hosted/token-endpoint";
import { startSession } from "./cloud/cognito/tokens";
import type { UserPool } from "./cloud/cognito/user-pool";
import { allowsAuthFlow, type UserPoolClient } from "./cloud/cognito/user-pool-client";
import type { User } from "./cloud/cognito/users/users";
import { AwsError } from "./cloud/errors";
import { admits } from "./cloud/gateway/admitted-clients";
import type { Gateway } from "./cloud/gateway/gateways";
import { IssuerHost } from "./issuer/issuer-host";

/** A caller who could not get such a token on AWS either. */
export class CallerError extends Error {
  /** Stable, for programs. */
  readonly code = "CALLER_REFUSED";
  override readonly name = "CallerError";
}

const USER = z.object({ username: USERNAME });

/** A person who signs in. */
export interface UserCaller {
  /** The user is made where there is none of that name. @default - `test-user`, or an address of example.com */
  readonly username?: string;
  /** For example `{ email: "ann@example.com" }`. @default - those that the user has */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the claim `cognito:groups` names; groups are made where they are missing. @default - those that the user is in */
  readonly groups?: readonly string[];
}

/** A client that speaks for itself. */
export interface ClientCaller {
  /** The name or the id of a user pool's client. */
  readonly client: string;
  /** @default - all that the client may have */
  readonly scopes?: readonly string[];
}

/** Somebody with a token of an issuer that the emulator stands in for. */
export interface IssuerCaller {
  /** A host or an https URL. */
  readonly issuer: string;
  /** They win over what tokens have by themselves; null takes a claim away. @default {} */
  readonly claims?: Readonly<Record<string, unknown>>;
}

type Admitted = readonly [pool: UserPool, client: UserPoolClient];

/** @throws CallerError where the stack has several gateways, or none of that name @internal */
export function gatewayNamed({ gateways }: Account, name?: string): Gateway {
  const all = gateways.all();
  const found = name === undefined ? all : all.filter(({ declaration }) => declaration.name === name);
  const [gateway, ...others] = found;
  if (gateway && others.length === 0) return gateway;
  const names = all.map(({ declaration }) => declaration.name).join(", ") || "none";
  throw new CallerError(
    name === undefined ? `Name one of the gateways: ${names}.` : `There is no gateway ${name}, of: ${names}.`,
  );
}

/**
 * The access token that a user has after signing in to a gateway's user pool: over the API, or at the hosted page where the
 * client or the gateway ask for its scopes. No password is asked for.
 *
 * @throws CallerError
 * @internal
 */
export async function userToken(account: Account, gateway: Gateway, caller: UserCaller): Promise<string> {
  const [pool, client] = signInClient(account, gateway);
  const user = findOrMakeUser(pool, caller);
  if (!user.isEnabled) throw new CallerError(`The user ${user.username} is disabled.`);
  const asksForScopes = gateway.declaration.customJwtAuthorizer?.allowedScopes !== undefined;
  const isHosted = isHostedClient(client) && (asksForScopes || !hasApiFlow(client));
  const session = startSession(pool, user, isHosted ? { grant: { scopes: client.allowedOAuthScopes } } : {});
  return (await signIn(pool, client, user, session)).accessToken;
}

/** The access token that a client gets for itself at its pool's token endpoint. @throws CallerError @internal */
export async function clientToken({ cognito, environment }: Account, caller: ClientCaller): Promise<string> {
  const clients = cognito.userPools().flatMap((pool) => [...pool.clients.values()].map((client) => ({ pool, client })));
  const found = clients.find(({ client }) => [client.clientId, client.clientName].includes(caller.client));
  if (!found) {
    const names = clients.map(({ client }) => client.clientName).join(", ") || "none";
    throw new CallerError(`There is no client ${caller.client}, of: ${names}.`);
  }
  const { pool, client } = found;
  if (pool.domain === undefined) throw new CallerError(`The pool of ${caller.client} has no domain to get a token at.`);
  const { clientId, clientSecret } = client;
  const request = { grantType: "client_credentials", clientId, clientSecret, scope: caller.scopes?.join(" ") };
  try {
    const start = { name: "token endpoint" as const, station: pool.arn };
    return (await environment.tracer.hop(start, (hop) => grantToken(pool, request, hop))).access_token;
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new CallerError(`The client ${caller.client} gets no token: ${error.code}.`);
  }
}

/** A token with any claims of an issuer that the emulator stands in for. @throws CallerError @internal */
export async function issuerToken({ environment }: Account, { issuer, claims = {} }: IssuerCaller): Promise<string> {
  const url = issuer.includes("://") ? issuer : `https://${issuer}`;
  const host = URL.canParse(url) ? new URL(url).host : issuer;
  const { network, tracer: trace } = environment;
  if (!(network.serviceAt(host) instanceof IssuerHost)) {
    throw new CallerError(`The emulator stands in for no issuer ${issuer}: give its host among the issuers.`);
  }
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = new URLSearchParams({ grant_type: "client_credentials", claims: JSON.stringify(claims) });
  const endpoint = `${url.replace(/\/$/, "")}/token`;
  const answer = await network.fetch(endpoint, { method: "POST", headers, body: form.toString(), trace });
  return String(((await answer.json()) as { access_token: unknown }).access_token);
}

/** A client whose tokens the gateway lets in, and to which users sign in. */
function signInClient({ cognito }: Account, gateway: Gateway): Admitted {
  const { name } = gateway.declaration;
  const admitted = cognito
    .userPools()
    .flatMap((pool) => [...pool.clients.values()].map((client): Admitted => [pool, client]))
    .filter(([pool, client]) => admits(gateway, pool, client));
  const found = admitted.find(([, client]) => hasApiFlow(client) || isHostedClient(client));
  if (found) return found;
  throw new CallerError(
    admitted.length === 0
      ? `The gateway ${name} lets in no client of a user pool of the stack.`
      : `Users sign in to none of the clients that the gateway ${name} lets in: ${admitted.map(([, client]) => client.clientName).join(", ")}.`,
  );
}

const API_FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"];

function hasApiFlow(client: UserPoolClient): boolean {
  return API_FLOWS.some((flow) => allowsAuthFlow(client, flow));
}

function isHostedClient({ allowedOAuthFlows }: UserPoolClient): boolean {
  return allowedOAuthFlows.includes("code") || allowedOAuthFlows.includes("implicit");
}

/** @throws CallerError */
function findOrMakeUser(pool: UserPool, { username, attributes = {}, groups = [] }: UserCaller): User {
  const name = username ?? defaultName(pool.declaration.usernameAttributes);
  try {
    check(USER, { username: name });
    const given = new Map(Object.entries(attributes));
    const existing = pool.users.find(name);
    const user = existing
      ? pool.users.adminUpdateUserAttributes(name, given)
      : pool.users.confirmSignUp(pool.users.adminCreateUser({ username: name, attributes: given }));
    for (const groupName of groups) {
      if (pool.groups.all().every((each) => each.groupName !== groupName)) pool.groups.create({ groupName });
      pool.groups.add(groupName, user);
    }
    return user;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new CallerError(`The user '${name}' cannot be made: ${error.message}`);
  }
}

function defaultName(usernameAttributes: readonly string[]): string {
  if (usernameAttributes.includes("email")) return "test-user@example.com";
  return usernameAttributes.includes("phone_number") ? "+15555550123" : "test-user";
}
