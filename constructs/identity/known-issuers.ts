import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { CustomClaim, CustomClaimOperator } from "./custom-claim";
import type { CustomJwtOptions } from "./custom-jwt-options";

/** What may be asked of a token of any of the known issuers. */
export interface IssuerOptions {
  /**
   * Accepted scopes, at least one when given. Needs AWS provider 6.40.
   * @default - every scope
   */
  readonly allowedScopes?: readonly string[];

  /**
   * Further claims that a token must have, all of them. Needs AWS provider 6.40.
   * @default - none
   */
  readonly customClaims?: readonly CustomClaim[];
}

/** Which tokens of a Microsoft Entra tenant are accepted: those of version 2, for an API's app registration. */
export interface EntraOptions extends IssuerOptions {
  /** The tenant's id or one of its domains: not `common` or `organizations`, whose tokens name their own tenants. */
  readonly tenantId: string;

  /**
   * Application (client) ids of the API's app registration, which is what `aud` holds in tokens of version 2. Its
   * manifest needs `"requestedAccessTokenVersion": 2`: tokens of version 1 come from another issuer.
   */
  readonly allowedAudience: readonly string[];

  /**
   * The application that may call, by its client id: the claim `azp`. Entra's tokens have no `client_id`. Needs AWS
   * provider 6.40.
   * @default - every application of the tenant that gets a token for the API
   */
  readonly allowedClient?: string;

  /**
   * App roles of which a token must have one: the claim `roles`. It is how applications without a user are told apart,
   * whose tokens have no scopes. Needs AWS provider 6.40.
   * @default - none
   */
  readonly allowedRoles?: readonly string[];
}

/** Which tokens of an Okta authorization server are accepted. */
export interface OktaOptions extends IssuerOptions {
  /** For example `example.okta.com`. */
  readonly domain: string;

  /**
   * A custom authorization server. Tokens of the organization's own server are for Okta alone.
   * @default "default"
   */
  readonly authorizationServerId?: string;

  /** Audiences of the authorization server: `api://default` for the one that every organization begins with. */
  readonly allowedAudience: readonly string[];

  /**
   * The application that may call, by its client id: the claim `cid`. Okta's tokens have no `client_id`. Needs AWS
   * provider 6.40.
   * @default - every application that gets a token of the server
   */
  readonly allowedClient?: string;
}

/** Which tokens of an Auth0 tenant are accepted. */
export interface Auth0Options extends IssuerOptions {
  /** The tenant's domain, for example `example.eu.auth0.com`, or a domain of one's own. */
  readonly domain: string;

  /** Identifiers of APIs. Callers must ask for one (`audience`): what they get without it is no JWT. */
  readonly allowedAudience: readonly string[];

  /**
   * The application that may call, by its client id: the claim `azp`. Auth0's tokens have no `client_id`. Needs AWS
   * provider 6.40.
   * @default - every application that gets a token for the API
   */
  readonly allowedClient?: string;

  /**
   * Permissions of which a token must have one: the claim `permissions`, which an API has with role-based access
   * control. Needs AWS provider 6.40.
   * @default - none
   */
  readonly allowedPermissions?: readonly string[];
}

export function entraJwt(options: EntraOptions): CustomJwtOptions {
  const { tenantId, allowedClient, allowedRoles, ...rest } = options;
  return {
    ...common(rest, [...claimOf("azp", allowedClient), ...oneOf("roles", allowedRoles)]),
    discoveryUrl: `https://login.microsoftonline.com/${tenantId}/v2.0${OPENID_DISCOVERY_PATH}`,
  };
}

export function oktaJwt(options: OktaOptions): CustomJwtOptions {
  const { domain, authorizationServerId = "default", allowedClient, ...rest } = options;
  return {
    ...common(rest, claimOf("cid", allowedClient)),
    discoveryUrl: `https://${domain}/oauth2/${authorizationServerId}${OPENID_DISCOVERY_PATH}`,
  };
}

export function auth0Jwt(options: Auth0Options): CustomJwtOptions {
  const { domain, allowedClient, allowedPermissions, ...rest } = options;
  return {
    ...common(rest, [...claimOf("azp", allowedClient), ...oneOf("permissions", allowedPermissions)]),
    discoveryUrl: `https://${domain}${OPENID_DISCOVERY_PATH}`,
  };
}

interface CommonOptions extends IssuerOptions {
  readonly allowedAudience: readonly string[];
}

function common(options: CommonOptions, claims: readonly CustomClaim[]): Omit<CustomJwtOptions, "discoveryUrl"> {
  const { allowedAudience, allowedScopes, customClaims = [] } = options;
  return { allowedAudience, allowedScopes, customClaims: [...claims, ...customClaims] };
}

const claimOf = (name: string, value: string | undefined): CustomClaim[] =>
  value === undefined ? [] : [CustomClaim.withStringValue(name, value)];

const oneOf = (name: string, values: readonly string[] | undefined): CustomClaim[] =>
  values ? [CustomClaim.withStringArrayValue(name, values, CustomClaimOperator.CONTAINS_ANY)] : [];
