import { z } from "zod";

import { parseJson } from "../../../targets/json";
import type { Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import { LoopbackError } from "../network/loopback";
import { UnknownHostError, type NetworkRequest } from "../network/network";
import type { OAuth2CredentialProvider } from "./oauth2-credential-providers";

const discoveryDocument = z.object({
  token_endpoint: z.string().optional(),
  authorization_endpoint: z.string().optional(),
});
const tokenAnswer = z.object({
  access_token: z.string().refine((text) => text !== ""),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
});

/** An access token as an authorization server gives it. */
export interface IssuedToken {
  readonly accessToken: string;
  /** Seconds; left out by a server that does not say. */
  readonly expiresIn?: number;
  readonly refreshToken?: string;
}

/** What a token is asked for with, beside the provider's client. */
export interface TokenDemand {
  readonly scopes: readonly string[];
  /** Further parameters of the token request, such as `audience`; they replace none of the flow's own. */
  readonly customParameters?: Readonly<Record<string, string>>;
}

/** What was expected, by what was found wrong as the trace names it. */
export const DEMANDS = {
  "authorization server": "a discovery URL, or the metadata of an authorization server",
  "discovery document": "a discovery document",
  "token endpoint": "a discovery document with a token_endpoint",
  "authorization endpoint": "a discovery document with an authorization_endpoint",
  "token answer": "an access token",
} as const;

/** The authorization server's own words, which AWS keeps to itself; they go into the trace. */
export class AuthorizationServerError extends Error {
  constructor(
    readonly check: keyof typeof DEMANDS,
    message: string,
  ) {
    super(message);
    this.name = "AuthorizationServerError";
  }
}

/**
 * Asks the provider's token endpoint, as its client, authenticated by HTTP Basic: the default of AgentCore Identity
 * (developer guide, "client-auth-methods").
 *
 * @param parameters those of the grant
 * @throws AuthorizationServerError
 */
export async function requestToken(
  environment: Environment,
  provider: OAuth2CredentialProvider,
  parameters: Readonly<Record<string, string>>,
  trace: Trace,
): Promise<IssuedToken> {
  const endpoint = await findEndpoint(environment, provider, "token endpoint", trace);
  const { status, body } = await exchange(environment, "token answer", endpoint, {
    method: "POST",
    trace,
    headers: {
      authorization: `Basic ${basicCredentials(provider.clientId, provider.clientSecret)}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams(parameters).toString(),
  });
  const answer = tokenAnswer.safeParse(parseJson(body));
  if (status === 200 && answer.success) {
    const { access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken } = answer.data;
    return { accessToken, expiresIn, refreshToken };
  }
  // A success without a usable token may hold one all the same, which must not reach the trace.
  const said = status === 200 ? "no access_token" : body.slice(0, 500);
  throw new AuthorizationServerError("token answer", `${endpoint} answered ${status}: ${said}`);
}

/** The parameters of a token for the client itself: RFC 6749, section 4.4. */
export function clientCredentials({ scopes, customParameters = {} }: TokenDemand): Record<string, string> {
  return { ...customParameters, grant_type: "client_credentials", scope: scopes.join(" ") };
}

const ENDPOINTS = {
  "token endpoint": { metadata: "tokenEndpoint", document: "token_endpoint" },
  "authorization endpoint": { metadata: "authorizationEndpoint", document: "authorization_endpoint" },
} as const;

/** @throws AuthorizationServerError */
export async function findEndpoint(
  environment: Environment,
  provider: OAuth2CredentialProvider,
  endpoint: keyof typeof ENDPOINTS,
  trace: Trace,
): Promise<string> {
  const { name, authorizationServerMetadata, discoveryUrl } = provider;
  const names = ENDPOINTS[endpoint];
  if (authorizationServerMetadata) return authorizationServerMetadata[names.metadata];
  if (discoveryUrl === undefined) {
    const message = `The credential provider ${name} names no authorization server.`;
    throw new AuthorizationServerError("authorization server", message);
  }
  const { status, body } = await exchange(environment, "discovery document", discoveryUrl, { trace });
  if (status !== 200) {
    throw new AuthorizationServerError(
      "discovery document",
      `${discoveryUrl} answered ${status}: ${body.slice(0, 500)}`,
    );
  }
  const url = discoveryDocument.safeParse(parseJson(body)).data?.[names.document];
  if (url !== undefined) return url;
  const message = `${discoveryUrl} names no ${names.document}: has the user pool a domain?`;
  throw new AuthorizationServerError(endpoint, message);
}

async function exchange(
  environment: Environment,
  check: AuthorizationServerError["check"],
  url: string,
  request: NetworkRequest,
): Promise<{ status: number; body: string }> {
  try {
    const { network, limits } = environment;
    const answer = { milliseconds: limits.authorizationServer, bytes: limits.authorizationServerAnswer };
    const response = await network.fetch(url, request, answer);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    if (error instanceof UnknownHostError || error instanceof LoopbackError) {
      throw new AuthorizationServerError(check, `${url} cannot be reached: ${error.message}`);
    }
    throw error;
  }
}

/** Both parts are form-encoded first: RFC 6749, section 2.3.1. */
function basicCredentials(clientId: string, clientSecret: string): string {
  const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
  return Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64");
}
