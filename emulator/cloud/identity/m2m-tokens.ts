import type { Clock } from "../../clock";
import type { IssuedToken, TokenDemand } from "./authorization-server";
import type { OAuth2CredentialProvider } from "./oauth2-credential-providers";

/** How long before its expiry a token counts as expired, so that it is good while a call is under way. */
const MARGIN_MS = 60_000;

interface KeptToken {
  /** A provider that was updated is another object, and its old tokens are not used any more. */
  readonly provider: OAuth2CredentialProvider;
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly goodUntil: number;
}

/** The M2M tokens that the vault keeps until shortly before they expire, as OAuth clients do. */
export class M2mTokens {
  private readonly kept = new Map<string, KeptToken>();

  constructor(private readonly clock: Clock) {}

  /** @returns undefined where none is kept that is still good */
  find(provider: OAuth2CredentialProvider, demand: TokenDemand): string | undefined {
    const kept = this.kept.get(keyOf(provider, demand));
    return kept?.provider === provider && this.clock.now() < kept.goodUntil ? kept.accessToken : undefined;
  }

  keep(provider: OAuth2CredentialProvider, demand: TokenDemand, { accessToken, expiresIn = 0 }: IssuedToken): string {
    const goodUntil = this.clock.now() + expiresIn * 1000 - MARGIN_MS;
    this.kept.set(keyOf(provider, demand), { provider, accessToken, goodUntil });
    return accessToken;
  }

  /** A token that a target refused is not shown again. */
  forget(accessToken: string): void {
    for (const [key, token] of this.kept) if (token.accessToken === accessToken) this.kept.delete(key);
  }
}

function keyOf({ name }: OAuth2CredentialProvider, { scopes, customParameters }: TokenDemand): string {
  return `${name} ${scopes.join(" ")} ${customParameters ? JSON.stringify(customParameters) : ""}`;
}
