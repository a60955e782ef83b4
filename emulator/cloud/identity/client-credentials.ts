import { z } from "zod";

import type { Trace } from "../../trace/hop-record";
import type { Environment } from "../environment";
import { LoopbackError } from "../loopback";
import { UnknownHostError, type NetworkRequest } from "../network";
import type { IssuedToken, TokenDemand } from "./m2m-tokens";
import type { OAuth2CredentialProvider } from "./oauth2-credential-providers";

const discoveryDocument = z.object({ token_endpoint: z.string() });
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() });

/** What was expected, by what was found wrong as the trace names it. */
export const DEMANDS = {
  "authorization server": "a discovery URL, or the metadata of an authorization server",
  "discovery document": "a discovery document",
  "token endpoint": "a discovery document with a token_endpoint",
  "token answer": "an access token",
} as const;

/** The authorization server's own words, which AWS keeps to itself; they go into the trace. */
export class ClientCredentialsError extends Error {
  constructor(
    readonly check: keyof typeof DEMANDS,
    message: string,
  ) {
    super(message);
    this.name = "ClientCredentialsError";
  }
}

/**
 * The client credentials grant (RFC 6749, section 4.4) with the provider's client, authenticated by HTTP Basic: the
 * default of AgentCore Identity (developer guide, "client-auth-methods").
 *
 * @throws ClientCredentialsError
 */
export async function requestClientCredentialsToken(
  environment: Environment,
  provider: OAuth2CredentialProvider,
  { scopes, customParameters = {} }: TokenDemand,
  trace: Trace,
): Promise<IssuedToken> {
  const endpoint = await findTokenEndpoint(environment, provider, trace);
  const { status, body } = await exchange(environment, "token answer", endpoint, {
    method: "POST",
    trace,
    headers: {
      authorization: `Basic ${basicCredentials(provider.clientId, provider.clientSecret)}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams({
      ...customParameters,
      grant_type: "client_credentials",
      scope: scopes.join(" "),
    }).toString(),
  });
  const answer = tokenAnswer.safeParse(parseJson(body));
  if (status === 200 && answer.success) {
    const { access_token: accessToken, expires_in: expiresIn } = answer.data;
    return { accessToken, expiresIn };
  }
  // A success without a usable token may hold one all the same, which must not reach the trace.
  const said = status === 200 ? "no access_token" : body.slice(0, 500);
  throw new ClientCredentialsError("token answer", `${endpoint} answered ${status}: ${said}`);
}

async function findTokenEndpoint(
  environment: Environment,
  provider: OAuth2CredentialProvider,
  trace: Trace,
): Promise<string> {
  if (provider.authorizationServerMetadata) return provider.authorizationServerMetadata.tokenEndpoint;
  if (provider.discoveryUrl === undefined) {
    throw new ClientCredentialsError(
      "authorization server",
      `The credential provider ${provider.name} names no authorization server.`,
    );
  }
  const { status, body } = await exchange(environment, "discovery document", provider.discoveryUrl, { trace });
  if (status !== 200) {
    throw new ClientCredentialsError(
      "discovery document",
      `${provider.discoveryUrl} answered ${status}: ${body.slice(0, 500)}`,
    );
  }
  const document = discoveryDocument.safeParse(parseJson(body));
  if (!document.success) {
    const message = `${provider.discoveryUrl} names no token_endpoint: has the user pool a domain?`;
    throw new ClientCredentialsError("token endpoint", message);
  }
  return document.data.token_endpoint;
}

async function exchange(
  environment: Environment,
  check: ClientCredentialsError["check"],
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
      throw new ClientCredentialsError(check, `${url} cannot be reached: ${error.message}`);
    }
    throw error;
  }
}

/** Both parts are form-encoded first: RFC 6749, section 2.3.1. */
function basicCredentials(clientId: string, clientSecret: string): string {
  const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
  return Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
