import type { CustomClaim } from "../identity/custom-claim";
import type { CustomJwtOptions } from "../identity/custom-jwt-options";
import {
  auth0Jwt,
  type Auth0Options,
  entraJwt,
  type EntraOptions,
  oktaJwt,
  type OktaOptions,
} from "../identity/known-issuers";
import type { IUserPool } from "../identity/user-pool";
import type { AllowedWorkloadConfiguration } from "./allowed-workload-configuration";

/** Who may call a runtime, whatever tokens it accepts. */
export interface RuntimeWorkloadOptions {
  /**
   * The gateways that may call the runtime; nobody else may, whatever token he has. Needs AWS provider 6.55.
   * @default - those that have the runtime as target, where the bindings are for provider 6.55 or newer (CDK Terrain);
   * with older ones everybody
   */
  readonly allowedWorkloadConfiguration?: AllowedWorkloadConfiguration;
}

/** Which tokens of a Cognito user pool a runtime accepts. */
export interface RuntimeCognitoOptions extends RuntimeWorkloadOptions {
  /** The pool whose access tokens the runtime accepts. */
  readonly userPool: IUserPool;

  /**
   * Ids of the app clients whose tokens the runtime accepts.
   * @default - every app client of the pool that this program makes or was told of
   */
  readonly allowedClients?: readonly string[];

  /**
   * Accepted scopes, at least one when given. Needs AWS provider 6.40.
   * @default - every scope of the client
   */
  readonly allowedScopes?: readonly string[];

  /**
   * Further claims that a token must have, all of them. Needs AWS provider 6.40.
   * @default - none
   */
  readonly customClaims?: readonly CustomClaim[];
}

/** The client with which a gateway fetches the tokens that a runtime accepts. */
export interface GatewayClientOptions {
  /** 1 to 256 characters. */
  readonly clientId: string;

  /** 1 to 2048 characters: the value of a sensitive variable or attribute, never a literal. */
  readonly clientSecret: string;

  /**
   * Raise it when the client's id or secret changes: Terraform cannot see that a write-only argument did.
   * @default 1
   */
  readonly clientSecretVersion?: number;

  /** The scopes to ask for: 1 to 100, each of at most 64 characters. Entra wants `<application id URI>/.default`. */
  readonly scopes: readonly string[];

  /**
   * Further parameters of the token request, 1 to 10: Auth0 wants its `audience` here.
   * @default - none
   */
  readonly customParameters?: Readonly<Record<string, string>>;
}

/** The client that calls a runtime behind an issuer other than Cognito. */
export interface RuntimeCallerOptions extends RuntimeWorkloadOptions {
  /**
   * The client that gateways are towards the runtime, from which `gateway.addRuntimeTarget` derives the credential.
   * @default - none; then the target must name its credentialProviderConfigurations
   */
  readonly gatewayClient?: GatewayClientOptions;
}

/** Which tokens of an OpenID issuer a runtime accepts. */
export interface RuntimeJwtOptions extends CustomJwtOptions, RuntimeCallerOptions {}

/** Who may call a runtime. A runtime accepts either SigV4 or bearer tokens, never both, and never anonymous calls. */
export class RuntimeAuthorizerConfiguration {
  /** Callers sign with SigV4 and need `bedrock-agentcore:InvokeAgentRuntime`. */
  public static usingIAM(): RuntimeAuthorizerConfiguration {
    return new RuntimeAuthorizerConfiguration(undefined, undefined, undefined, undefined);
  }

  /** Callers bring an access token of a Cognito user pool. */
  public static usingCognito(options: RuntimeCognitoOptions): RuntimeAuthorizerConfiguration {
    const { userPool, allowedWorkloadConfiguration, ...rest } = options;
    const { allowedClients = userPool.clientIds ?? [userPool.clientId], ...restrictions } = rest;
    const customJwt = { ...restrictions, allowedClients, discoveryUrl: userPool.discoveryUrl };
    return new RuntimeAuthorizerConfiguration(customJwt, userPool, undefined, allowedWorkloadConfiguration);
  }

  /** Callers bring a token of any OpenID issuer: Auth0, Entra, Okta. */
  public static usingJWT(options: RuntimeJwtOptions): RuntimeAuthorizerConfiguration {
    const { gatewayClient, allowedWorkloadConfiguration, ...customJwt } = options;
    return new RuntimeAuthorizerConfiguration(customJwt, undefined, gatewayClient, allowedWorkloadConfiguration);
  }

  /** Callers bring an access token of a Microsoft Entra tenant. */
  public static usingEntra(options: EntraOptions & RuntimeCallerOptions) {
    return RuntimeAuthorizerConfiguration.usingJWT({ ...entraJwt(options), ...callerOf(options) });
  }

  /** Callers bring an access token of an Okta authorization server. */
  public static usingOkta(options: OktaOptions & RuntimeCallerOptions) {
    return RuntimeAuthorizerConfiguration.usingJWT({ ...oktaJwt(options), ...callerOf(options) });
  }

  /** Callers bring an access token of an Auth0 tenant. */
  public static usingAuth0(options: Auth0Options & RuntimeCallerOptions) {
    return RuntimeAuthorizerConfiguration.usingJWT({ ...auth0Jwt(options), ...callerOf(options) });
  }

  private constructor(
    /** Left out for SigV4. */
    public readonly customJwt: CustomJwtOptions | undefined,
    /** Given for Cognito. */
    public readonly userPool: IUserPool | undefined,
    /** Given when a gateway's credential can be derived for an issuer other than Cognito. */
    public readonly gatewayClient: GatewayClientOptions | undefined,
    /** Given when the program names the workloads that may call. */
    public readonly allowedWorkloadConfiguration: AllowedWorkloadConfiguration | undefined,
  ) {}
}

const callerOf = ({ gatewayClient, allowedWorkloadConfiguration }: RuntimeCallerOptions): RuntimeCallerOptions => ({
  gatewayClient,
  allowedWorkloadConfiguration,
});
