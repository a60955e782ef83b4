import type { CustomJwtOptions } from "../identity/custom-jwt-options";
import type { IUserPool } from "../identity/user-pool";

export interface RuntimeCognitoOptions {
  /** The pool whose access tokens the runtime accepts. */
  readonly userPool: IUserPool;

  /**
   * Ids of the app clients whose tokens the runtime accepts.
   * @default - the pool's own client alone
   */
  readonly allowedClients?: readonly string[];
}

/** Who may call a runtime. A runtime accepts either SigV4 or bearer tokens, never both, and never anonymous calls. */
export class RuntimeAuthorizerConfiguration {
  /** Callers sign with SigV4 and need `bedrock-agentcore:InvokeAgentRuntime`. */
  public static usingIAM(): RuntimeAuthorizerConfiguration {
    return new RuntimeAuthorizerConfiguration(undefined);
  }

  /** Callers bring an access token of a Cognito user pool. */
  public static usingCognito(options: RuntimeCognitoOptions): RuntimeAuthorizerConfiguration {
    const { userPool, allowedClients = [userPool.clientId] } = options;
    return new RuntimeAuthorizerConfiguration({ discoveryUrl: userPool.discoveryUrl, allowedClients });
  }

  /** Callers bring a token of any OpenID issuer. */
  public static usingJWT(options: CustomJwtOptions): RuntimeAuthorizerConfiguration {
    return new RuntimeAuthorizerConfiguration(options);
  }

  private constructor(
    /** Left out for SigV4. */
    public readonly customJwt: CustomJwtOptions | undefined,
  ) {}
}
