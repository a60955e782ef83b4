import type { IOAuth2CredentialProvider } from "./oauth2-credential-provider";

/** Which token a gateway asks for, and of whom. */
export interface OauthIdentityOptions {
  /** The OAuth client that the gateway is towards the target. */
  readonly provider: IOAuth2CredentialProvider;

  /**
   * The scopes to ask for: 1 to 100, each of at most 64 characters. For an OutboundUserPool, its `scopes`.
   */
  readonly scopes: readonly string[];

  /**
   * Further parameters of the token request, 1 to 10: Auth0 wants its `audience` here.
   * @default - none
   */
  readonly customParameters?: Readonly<Record<string, string>>;
}
