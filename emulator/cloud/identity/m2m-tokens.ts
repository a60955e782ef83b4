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

  /** @returns the kept token, or else the one that `issue` gets */
  async get(
    provider: OAuth2CredentialProvider,
    demand: TokenDemand,
    issue: () => Promise<IssuedToken>,
  ): Promise<string> {
    const key = `${provider.name} ${demand.scopes.join(" ")} ${demand.customParameters ? JSON.stringify(demand.customParameters) : ""}`;
    const kept = this.kept.get(key);
    if (kept?.provider === provider && this.clock.now() < kept.goodUntil) return kept.accessToken;

    const { accessToken, expiresIn = 0 } = await issue();
    this.kept.set(key, { provider, accessToken, goodUntil: this.clock.now() + expiresIn * 1000 - MARGIN_MS });
    return accessToken;
  }

  /** A token that a target refused is not shown again. */
  forget(accessToken: string): void {
    for (const [key, token] of this.kept) {
      if (token.accessToken === accessToken) this.kept.delete(key);
    }
  }
}
