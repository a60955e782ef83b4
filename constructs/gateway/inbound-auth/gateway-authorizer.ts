// constructs/gateway/inbound-auth/: who may call a gateway.
import type { CustomClaim } from "../../identity/custom-claim";
import type { CustomJwtOptions } from "../../identity/custom-jwt-options";
import {
  auth0Jwt,
  type Auth0Options,
  entraJwt,
  type EntraOptions,
  oktaJwt,
  type OktaOptions,
} from "../../identity/known-issuers";
import type { IUserPool } from "../../identity/user-pool";

/** Which tokens of a Cognito user pool a gateway accepts. */
export interface GatewayCognitoOptions {
  /** The pool whose access tokens the gateway accepts. */
  readonly userPool: IUserPool;

  /**
   * Ids of the app clients whose tokens the gateway accepts.
   * @default - every app client of the pool that this program makes or was told of
   */
  readonly allowedClients?: readonly string[];

  /**
   * Accepted scopes, at least one when given. Needs AWS provider 6.40.
   * @default - every scope
   */
  readonly allowedScopes?: readonly string[];

  /**
   * Further claims that a token must have, all of them, like a group of `cognito:groups`. Needs AWS provider 6.40.
   * @default - none
   */
  readonly customClaims?: readonly CustomClaim[];
}

/** Who may call a gateway. */
export class GatewayAuthorizer {
  /** Callers bring an access token of a Cognito user pool. */
  public static usingCognito(options: GatewayCognitoOptions): GatewayAuthorizer {
    const { userPool, allowedClients = userPool.clientIds ?? [userPool.clientId], ...restrictions } = options;
    return GatewayAuthorizer.usingCustomJwt({ ...restrictions, allowedClients, discoveryUrl: userPool.discoveryUrl });
  }

  /** Callers bring an access token of a Microsoft Entra tenant. */
  public static usingEntra(options: EntraOptions): GatewayAuthorizer {
    return GatewayAuthorizer.usingCustomJwt(entraJwt(options));
  }

  /** Callers bring an access token of an Okta authorization server. */
  public static usingOkta(options: OktaOptions): GatewayAuthorizer {
    return GatewayAuthorizer.usingCustomJwt(oktaJwt(options));
  }

  /** Callers bring an access token of an Auth0 tenant. */
  public static usingAuth0(options: Auth0Options): GatewayAuthorizer {
    return GatewayAuthorizer.usingCustomJwt(auth0Jwt(options));
  }

  /** Callers bring a token of any OpenID issuer. */
  public static usingCustomJwt(options: CustomJwtOptions): GatewayAuthorizer {
    return new GatewayAuthorizer("CUSTOM_JWT", options);
  }

  /** Callers sign with SigV4 and need `bedrock-agentcore:InvokeGateway`. */
  public static usingAwsIam(): GatewayAuthorizer {
    return new GatewayAuthorizer("AWS_IAM", undefined);
  }

  /** Callers sign with SigV4, and what they may do is for the target or a policy engine to decide. */
  public static withAuthenticateOnly(): GatewayAuthorizer {
    return new GatewayAuthorizer("AUTHENTICATE_ONLY", undefined);
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
