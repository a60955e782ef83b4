import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";

import { auth, discoverOAuthServerInfo, type OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import { ClientCredentialsProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import type { OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { FetchLike } from "@modelcontextprotocol/sdk/shared/transport.js";

import { isLoopback } from "../../emulator/address";
import { CommandFailure } from "../errors";
import { causeOf } from "./cognito-client";
import { RedirectListener } from "./redirect-listener";

/** A client of the authorization server that the gateway names. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** Separated by spaces. @default - what the gateway's metadata names */
  readonly scope?: string | undefined;
}

/** Gets an access token for the client itself. @throws CommandFailure */
export async function signInAsClient(
  gateway: URL,
  { clientId, clientSecret = "", scope }: OAuthClient,
): Promise<string> {
  // Whoever names a gateway trusts it to name the server that his client is of.
  const { authorizationServerUrl } = await attempt(gateway, (fetchFn) => discoverOAuthServerInfo(gateway, { fetchFn }));
  const settings = { clientId, clientSecret, expectedIssuer: authorizationServerUrl };
  const provider = new ClientCredentialsProvider({ ...settings, ...(scope !== undefined && { scope }) });
  await authorize(provider, gateway);
  return accessTokenIn(provider.tokens());
}

/**
 * Has a user sign in with a browser, which comes back to this process.
 *
 * @param redirectUri `http://localhost:PORT/PATH`, one of the client's callback URLs
 * @param visit is given the URL at which the user signs in
 * @throws CommandFailure
 */
export async function signInWithBrowser(
  gateway: URL,
  client: OAuthClient,
  redirectUri: URL,
  visit: (url: URL) => void,
): Promise<string> {
  const listener = await RedirectListener.open(redirectUri);
  try {
    const provider = new BrowserProvider(client, redirectUri, visit);
    await authorize(provider, gateway);
    await authorize(provider, gateway, await listener.code(provider.expectedState));
    return accessTokenIn(provider.tokens());
  } finally {
    listener.close();
  }
}

/** Opens a URL as the system opens it; whoever has no browser has the URL in his terminal. */
export function openBrowser({ href }: URL): void {
  const [program, ...parameters] = OPENERS[process.platform] ?? ["xdg-open"];
  if (program === undefined) return;
  spawn(program, [...parameters, href], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** What a user grants unless something else is asked for: Cognito redeems no code without a scope. */
const DEFAULT_SCOPE = "openid";

class BrowserProvider implements OAuthClientProvider {
  readonly expectedState = randomUUID();
  private kept?: OAuthTokens;
  private verifier = "";

  constructor(
    private readonly client: OAuthClient,
    private readonly redirectUri: URL,
    private readonly visit: (url: URL) => void,
  ) {}

  get redirectUrl() {
    return this.redirectUri.href;
  }

  get clientMetadata() {
    return { redirect_uris: [this.redirectUri.href], scope: this.client.scope ?? DEFAULT_SCOPE };
  }

  clientInformation() {
    const { clientId, clientSecret } = this.client;
    return { client_id: clientId, ...(clientSecret !== undefined && { client_secret: clientSecret }) };
  }

  state() {
    return this.expectedState;
  }

  tokens() {
    return this.kept;
  }

  saveTokens(tokens: OAuthTokens) {
    this.kept = tokens;
  }

  codeVerifier() {
    return this.verifier;
  }

  saveCodeVerifier(verifier: string) {
    this.verifier = verifier;
  }

  redirectToAuthorization(url: URL) {
    this.visit(url);
  }
}

async function authorize(provider: OAuthClientProvider, gateway: URL, authorizationCode?: string): Promise<void> {
  const code = authorizationCode !== undefined && { authorizationCode };
  await attempt(gateway, (fetchFn) => auth(provider, { serverUrl: gateway, fetchFn, ...code }));
}

/** @throws CommandFailure */
async function attempt<T>(gateway: URL, run: (fetchFn: FetchLike) => Promise<T>): Promise<T> {
  try {
    return await run(isLoopback(gateway) ? fetchOnThisMachine : fetch);
  } catch (error) {
    if (error instanceof CommandFailure || !(error instanceof Error)) throw error;
    const reason = error instanceof TypeError ? causeOf(error) : error.message || error.name;
    throw new CommandFailure(`The sign-in for ${gateway.href} failed: ${reason.replace(/\s+/g, " ")}.`);
  }
}

/** What a gateway of this machine names leads nowhere else. */
function fetchOnThisMachine(url: string | URL, init?: RequestInit): Promise<Response> {
  const { href, hostname } = new URL(url);
  if (isLoopback({ hostname })) return fetch(url, init);
  throw new CommandFailure(`The gateway's metadata leads off this machine, to ${href}.`);
}

function accessTokenIn(tokens: OAuthTokens | undefined): string {
  if (tokens) return tokens.access_token;
  throw new CommandFailure("The authorization server gave no token.");
}
