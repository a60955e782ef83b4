import type { CustomJwtOptions } from "../../identity/custom-jwt-options";
import type { IUserPool } from "../../identity/user-pool";

/** Which tokens of a Cognito user pool a gateway accepts. */
export interface GatewayCognitoOptions {
  /** The pool whose access tokens the gateway accepts. */
  readonly userPool: IUserPool;

  /**
   * Ids of the app clients whose tokens the gateway accepts.
   * @default - the pool's own client alone
   */
  readonly allowedClients?: readonly string[];

  /**
   * Accepted scopes, at least one when given. Needs AWS provider 6.40.
   * @default - every scope
   */
  readonly allowedScopes?: readonly string[];
}

/** Who may call a gateway. */
export class GatewayAuthorizer {
  /** Callers bring an access token of a Cognito user pool. */
  public static usingCognito(options: GatewayCognitoOptions): GatewayAuthorizer {
    const { userPool, allowedClients = [userPool.clientId], allowedScopes } = options;
    return GatewayAuthorizer.usingCustomJwt({ discoveryUrl: userPool.discoveryUrl, allowedClients, allowedScopes });
  }

  /** Callers bring a token of any OpenID issuer. */
  public static usingCustomJwt(options: CustomJwtOptions): GatewayAuthorizer {
    return new GatewayAuthorizer("CUSTOM_JWT", options);
  }

  /** Callers sign with SigV4 and need `bedrock-agentcore:InvokeGateway`. */
  public static usingAwsIam(): GatewayAuthorizer {
    return new GatewayAuthorizer("AWS_IAM", undefined);
  }

  /** Everybody on the internet may call the gateway, and through it every target with the gateway's own credentials. */
  public static withNoAuth(): GatewayAuthorizer {
    return new GatewayAuthorizer("NONE", undefined);
  }

  private constructor(
    /** The service's name of the kind. */
    public readonly authorizerType: string,
    /** Given for CUSTOM_JWT. */
    public readonly customJwt: CustomJwtOptions | undefined,
  ) {}
}
