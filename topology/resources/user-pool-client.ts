import { DEFAULT_VALIDITY, type TokenKind, validitySeconds } from "../../aws/cognito/validity";
import type { Arguments } from "../arguments/arguments";
import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

/** Seconds that a token lives; a configured 0 means the default length. */
function readValidity(args: Arguments, token: TokenKind): number {
  const amount = args.optionalNumber(`${token}_validity`) ?? 0;
  const unit = args.optionalBlock("token_validity_units")?.optionalText(token) ?? DEFAULT_VALIDITY[token].unit;
  const seconds = validitySeconds(token, amount, unit);
  if (seconds === undefined) {
    throw args.invalid("token_validity_units", `has "${unit}", not seconds, minutes, hours or days`);
  }
  return seconds;
}

function readRotation(rotation: Arguments | undefined): RefreshTokenRotation | undefined {
  if (rotation?.text("feature") !== "ENABLED") return undefined;
  return { retryGracePeriodSeconds: rotation.optionalNumber("retry_grace_period_seconds") ?? 0 };
}

export interface UserPoolClientDeclaration {
  readonly userPoolId: string;
  readonly clientName: string;
  readonly generateSecret: boolean;
  /** Whether a sign-in hides that a user does not exist; `UserNotFoundException` shows it when left out. */
  readonly preventUserExistenceErrors?: boolean;
  /** `ALLOW_…` names; empty when the configuration leaves the service's default. */
  readonly explicitAuthFlows: readonly string[];
  readonly allowedOAuthFlowsUserPoolClient: boolean;
  readonly allowedOAuthFlows: readonly string[];
  readonly allowedOAuthScopes: readonly string[];
  /** Where a sign-in in the browser may lead back to. @default - nowhere */
  readonly callbackUrls?: readonly string[];
  /** Where a sign-in leads that names none of them. */
  readonly defaultRedirectUri?: string;
  /** Where signing out may lead. @default - nowhere */
  readonly logoutUrls?: readonly string[];
  /** Left out where refresh tokens stay as they are. */
  readonly refreshTokenRotation?: RefreshTokenRotation;
  /** Seconds; 3,600 unless configured. */
  readonly accessTokenValidity: number;
  /** Seconds; 3,600 unless configured. */
  readonly idTokenValidity: number;
  /** Seconds; 30 days unless configured. */
  readonly refreshTokenValidity: number;
}

/** Each refresh token is replaced when it is used. */
export interface RefreshTokenRotation {
  /** For how long the replaced token goes on to be good. */
  readonly retryGracePeriodSeconds: number;
}

export interface UserPoolClientAttributes {
  readonly clientId: string;
  readonly clientSecret?: string;
}

export function readFlows<V extends ValueTypes>(args: Readable<V>) {
  return {
    userPoolId: args.text("user_pool_id"),
    clientName: args.text("name"),
    generateSecret: args.optionalBoolean("generate_secret") ?? false,
    explicitAuthFlows: args.optionalTexts("explicit_auth_flows"),
    allowedOAuthFlowsUserPoolClient: args.optionalBoolean("allowed_oauth_flows_user_pool_client") ?? false,
    allowedOAuthFlows: args.optionalTexts("allowed_oauth_flows"),
    allowedOAuthScopes: args.optionalTexts("allowed_oauth_scopes"),
  };
}

export const userPoolClient = resourceReader({
  type: "aws_cognito_user_pool_client",
  kind: "userPoolClient",
  read(args): UserPoolClientDeclaration {
    const { explicitAuthFlows = [], allowedOAuthFlows = [], allowedOAuthScopes = [], ...flows } = readFlows(args);
    return {
      ...flows,
      ...{ explicitAuthFlows, allowedOAuthFlows, allowedOAuthScopes },
      preventUserExistenceErrors: args.optionalText("prevent_user_existence_errors") === "ENABLED",
      callbackUrls: args.knownTexts("callback_urls"),
      defaultRedirectUri: args.knownTexts("default_redirect_uri")[0] || undefined,
      logoutUrls: args.knownTexts("logout_urls"),
      refreshTokenRotation: readRotation(args.optionalBlock("refresh_token_rotation")),
      accessTokenValidity: readValidity(args, "access_token"),
      idTokenValidity: readValidity(args, "id_token"),
      refreshTokenValidity: readValidity(args, "refresh_token"),
    };
  },
  assigned: ["id", "client_secret"],
  attributes: (_, { clientId, clientSecret }: UserPoolClientAttributes) => ({
    id: clientId,
    client_secret: clientSecret ?? null,
  }),
});
