/** How long tokens of an app client count: API reference, CreateUserPoolClient. */

import { ACCESS_TOKEN_MINUTES, REFRESH_TOKEN_DAYS } from "./limits";

export type TokenKind = "access_token" | "id_token" | "refresh_token";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: MINUTE, hours: HOUR, days: DAY };

/** Cognito's defaults: 1 hour, counted in hours; refresh tokens 30 days, counted in days. */
export const DEFAULT_VALIDITY: Readonly<Record<TokenKind, { readonly amount: number; readonly unit: string }>> = {
  access_token: { amount: 1, unit: "hours" },
  id_token: { amount: 1, unit: "hours" },
  refresh_token: { amount: 30, unit: "days" },
};

/** How long a token counts whose client says nothing of it. */
export function defaultSeconds(token: TokenKind): number {
  const { amount, unit } = DEFAULT_VALIDITY[token];
  return amount * (UNIT_SECONDS[unit] ?? 1);
}

/**
 * @param amount - 0 means the default length
 * @returns undefined for a unit that there is not
 */
export function validitySeconds(token: TokenKind, amount: number, unit: string): number | undefined {
  const seconds = Object.hasOwn(UNIT_SECONDS, unit) ? UNIT_SECONDS[unit] : undefined;
  if (amount !== 0) return seconds === undefined ? undefined : amount * seconds;
  return defaultSeconds(token);
}

/** What is wrong with these seconds, as far as they are known. */
export function validityFault(tokens: {
  readonly access: number | undefined;
  readonly id: number | undefined;
  readonly refresh: number | undefined;
}): string | undefined {
  const { access, id, refresh } = tokens;
  const { shortest, longest } = ACCESS_TOKEN_MINUTES;
  const isShort = [access, id].some(
    (seconds) => seconds !== undefined && (seconds < shortest * MINUTE || seconds > longest * MINUTE),
  );
  if (isShort) return "Access and ID tokens count 5 minutes to 1 day";
  if (refresh !== undefined && (refresh < HOUR || refresh > REFRESH_TOKEN_DAYS.longest * DAY)) {
    return "Refresh tokens count 1 hour to 10 years";
  }
  const isLonger = refresh !== undefined && Math.max(access ?? 0, id ?? 0) > refresh;
  return isLonger ? "Refresh tokens count at least as long as the others" : undefined;
}
