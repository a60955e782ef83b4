import {
  CognitoUserPoolClient,
  type CognitoUserPoolClientConfig,
} from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { MAX_REDIRECT_URLS, REDIRECT_HOST_WITHOUT_TLS } from "../../aws/cognito/limits";
import { withChosenAddress } from "../private/addresses";
import { reportProblems } from "../private/checks";
import type { Problem } from "../private/errors";
import { nameProblems, USER_POOL_CLIENT_NAME } from "../private/names";
import { invalidCallbackUrl, signInNeedsScope } from "../private/problems/identity";
import { countProblems } from "../private/ranges";
import { tokenProblems, type UserTokenOptions, userTokenArguments } from "./token-validity";
import type { AuthorizationCodeOptions, UserSignIn } from "./user-sign-in";

/** What an app client for people is made with. */
export interface PublicClientOptions extends UserTokenOptions {
  /**
   * 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`.
   * @default - the pool's name, a hyphen and the client's id
   */
  readonly userPoolClientName?: string;

  /** The ways in which people get tokens of the client, one at least. */
  readonly signIn: readonly UserSignIn[];
}

/** An app client of a pool, whose tokens count at the gateway. */
export interface PublicUserPoolClient {
  /** Not secret. */
  readonly clientId: string;
}

export interface PublicClientArguments extends PublicClientOptions {
  readonly userPoolClientName: string;
  readonly userPoolId: string;
  /** Turns a scope as it was given into a full name. */
  readonly fullScope: (scope: string) => string;
}

/** An app client without a secret. */
export function createPublicClient(scope: Construct, id: string, props: PublicClientArguments): CognitoUserPoolClient {
  const authorizationCodes = props.signIn.flatMap((way) => way.authorizationCode ?? []);
  const [authorizationCode] = authorizationCodes;
  reportProblems(scope, [
    ...nameProblems(USER_POOL_CLIENT_NAME, props.userPoolClientName),
    ...tokenProblems(props),
    ...countProblems("ways through the browser", authorizationCodes.length, 1),
    ...(authorizationCode ? authorizationCodeProblems(authorizationCode) : []),
  ]);
  return withChosenAddress(
    new CognitoUserPoolClient(scope, id, {
      name: props.userPoolClientName,
      userPoolId: props.userPoolId,
      generateSecret: false,
      explicitAuthFlows: authFlows(props),
      ...(authorizationCode && authorizationCodeArguments(authorizationCode, props.fullScope)),
      preventUserExistenceErrors: "ENABLED",
      ...userTokenArguments(props),
    }),
  );
}

/**
 * Never an empty list, which Cognito reads as its default: SRP, custom challenges and refreshing. It refuses
 * ALLOW_REFRESH_TOKEN_AUTH for a client whose refresh tokens rotate.
 */
function authFlows({ signIn, refreshTokenRotationGracePeriodInSeconds }: PublicClientOptions): string[] {
  const flows = signIn.flatMap((way) => way.authFlows);
  const rotates = refreshTokenRotationGracePeriodInSeconds !== undefined;
  if (!rotates) return [...flows, "ALLOW_REFRESH_TOKEN_AUTH"];
  return flows.length > 0 ? flows : ["ALLOW_USER_SRP_AUTH"];
}

const OPENID_SCOPES: readonly string[] = ["openid", "email", "profile"];

function authorizationCodeArguments(
  { callbackUrls, logoutUrls = [], scopes = OPENID_SCOPES, identityProviders = ["COGNITO"] }: AuthorizationCodeOptions,
  fullScope: (scope: string) => string,
): Partial<CognitoUserPoolClientConfig> {
  return {
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: scopes.map(fullScope),
    callbackUrls: [...callbackUrls],
    logoutUrls: logoutUrls.length > 0 ? [...logoutUrls] : undefined,
    supportedIdentityProviders: [...identityProviders],
  };
}

function authorizationCodeProblems({ callbackUrls, logoutUrls = [], scopes }: AuthorizationCodeOptions): Problem[] {
  return [
    ...(callbackUrls.length === 0 ? [invalidCallbackUrl("")] : []),
    ...countProblems("callback URLs", callbackUrls.length, MAX_REDIRECT_URLS),
    ...countProblems("logout URLs", logoutUrls.length, MAX_REDIRECT_URLS),
    ...[...callbackUrls, ...logoutUrls].filter((url) => !isCallbackUrl(url)).map(invalidCallbackUrl),
    ...(scopes?.length === 0 ? [signInNeedsScope()] : []),
  ];
}

function isCallbackUrl(text: string): boolean {
  // Of a list that is known later, each stands for the list.
  if (Token.isUnresolved(text) || Token.isUnresolved([text])) return true;
  if (!URL.canParse(text) || text.includes("#")) return false;
  const { protocol, hostname } = new URL(text);
  return protocol !== "http:" || hostname === REDIRECT_HOST_WITHOUT_TLS;
}
