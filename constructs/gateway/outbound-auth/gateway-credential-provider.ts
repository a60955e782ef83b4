import type { OAuth2CredentialProvider } from "../../identity/oauth2-credential-provider";
import { type Problem, tooManyEntries } from "../../private/errors";
import { scopeProblems } from "../../private/scopes";

export interface OauthIdentityOptions {
  /** The OAuth client that the gateway is towards the target. */
  readonly provider: OAuth2CredentialProvider;

  /**
   * The scopes to ask for: 1 to 100, each of at most 64 characters. For an OutboundUserPool, its `scopes`.
   */
  readonly scopes: readonly string[];

  /**
   * Further parameters of the token request, 1 to 10.
   * @default - none
   */
  readonly customParameters?: Readonly<Record<string, string>>;
}

/** CreateGatewayTarget, oauthCredentialProvider. */
const MAX_SCOPES = 100;
const MAX_CUSTOM_PARAMETERS = 10;

/** The gateway fetches a token with the client credentials grant (M2M) and sends it as a bearer token. */
export class OauthCredentialProviderConfiguration {
  public constructor(
    /** What the gateway asks for, and of whom. */
    public readonly options: OauthIdentityOptions,
  ) {}

  /** What the service would refuse. */
  public validate(): Problem[] {
    const { scopes, customParameters = {} } = this.options;
    const parameterCount = Object.keys(customParameters).length;
    return [
      ...scopeProblems(scopes, MAX_SCOPES),
      ...(parameterCount > MAX_CUSTOM_PARAMETERS
        ? [tooManyEntries("custom parameters", parameterCount, MAX_CUSTOM_PARAMETERS)]
        : []),
    ];
  }
}

/** How a gateway authorizes itself to a target. */
export class GatewayCredentialProvider {
  /** With a token that a credential provider fetches. */
  public static fromOauthIdentity(options: OauthIdentityOptions): OauthCredentialProviderConfiguration {
    return new OauthCredentialProviderConfiguration(options);
  }

  private constructor() {}
}
