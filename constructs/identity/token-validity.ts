import type { CognitoUserPoolClientConfig } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { ACCESS_TOKEN_MINUTES, REFRESH_TOKEN_DAYS, ROTATION_GRACE_SECONDS } from "../../aws/cognito/limits";
import type { Problem } from "../private/errors";
import { rangeProblems } from "../private/ranges";

/** How long an app client's access tokens count. */
export interface AccessTokenOptions {
  /**
   * 5 minutes to a day. Until then a token counts, whatever happens to its user or client.
   * @default 60
   */
  readonly accessTokenValidityInMinutes?: number;
}

/** How long people stay signed in to an app client. */
export interface UserTokenOptions extends AccessTokenOptions {
  /**
   * Days until people sign in again, 1 to 3650.
   * @default 30
   */
  readonly refreshTokenValidityInDays?: number;

  /**
   * Has each refresh token count once, as OAuth 2.1 asks of public clients: the answer to it brings the next. So many
   * seconds, 0 to 60, the old one still counts, for answers that get lost.
   * @default - refresh tokens count until they expire
   */
  readonly refreshTokenRotationGracePeriodInSeconds?: number;
}

/** An hour and 30 days, in the units in which Cognito counts by itself, or what is asked for. */
const accessTokenUnit = (minutes: number | undefined) =>
  minutes === undefined ? ({ amount: 1, unit: "hours" } as const) : ({ amount: minutes, unit: "minutes" } as const);

export function accessTokenArguments(options: AccessTokenOptions): Partial<CognitoUserPoolClientConfig> {
  const { amount, unit } = accessTokenUnit(options.accessTokenValidityInMinutes);
  return { accessTokenValidity: amount, tokenValidityUnits: [{ accessToken: unit }] };
}

export function userTokenArguments(options: UserTokenOptions): Partial<CognitoUserPoolClientConfig> {
  const { amount, unit } = accessTokenUnit(options.accessTokenValidityInMinutes);
  const { refreshTokenValidityInDays = 30, refreshTokenRotationGracePeriodInSeconds: grace } = options;
  return {
    accessTokenValidity: amount,
    idTokenValidity: amount,
    refreshTokenValidity: refreshTokenValidityInDays,
    tokenValidityUnits: [{ accessToken: unit, idToken: unit, refreshToken: "days" }],
    ...(grace !== undefined && { refreshTokenRotation: [{ feature: "ENABLED", retryGracePeriodSeconds: grace }] }),
  };
}

const LIMITS = [
  ["accessTokenValidityInMinutes", ACCESS_TOKEN_MINUTES],
  ["refreshTokenValidityInDays", REFRESH_TOKEN_DAYS],
  ["refreshTokenRotationGracePeriodInSeconds", ROTATION_GRACE_SECONDS],
] as const;

export function tokenProblems(options: UserTokenOptions): Problem[] {
  return LIMITS.flatMap(([member, limits]) => rangeProblems(member, options[member], limits));
}
