import { MFA_FACTORS, type MfaFactor } from "../../../../aws/cognito/mfa";
import { invalidParameter } from "../errors";
import { offeredFactors } from "../pool-mfa";
import { hasFactor } from "./second-factor";
import type { UserPool } from "../user-pool";
import type { User } from "../users/users";

/** What a user turns on or off; what is left out stays as it is. */
export type MfaPreferences = Readonly<Partial<Record<MfaFactor, MfaPreference | undefined>>>;

export interface MfaPreference {
  readonly isEnabled: boolean;
  readonly isPreferred: boolean;
}

/**
 * @param mayComeLater whether an authenticator app may be set up afterwards, as an administrator may say (API reference,
 *   `AdminSetUserMFAPreference`)
 * @throws AwsError `InvalidParameterException`
 */
export function setMfaPreferences(
  pool: UserPool,
  user: User,
  changes: MfaPreferences,
  { mayComeLater }: { readonly mayComeLater: boolean },
): void {
  const turnedOn = MFA_FACTORS.filter((factor) => changes[factor]?.isEnabled);
  for (const factor of turnedOn) {
    const isThere = hasFactor(user, factor) || (mayComeLater && factor === "SOFTWARE_TOKEN_MFA");
    if (!isThere || !offeredFactors(pool.mfa).includes(factor)) {
      throw invalidParameter(`User does not have delivery config set to turn on ${factor}`);
    }
  }
  const preferred = MFA_FACTORS.filter((factor) => changes[factor]?.isPreferred);
  if (preferred.length > 1) throw invalidParameter("Only one MFA factor can be preferred.");
  const notOn = preferred.find((factor) => !turnedOn.includes(factor));
  if (notOn !== undefined) throw invalidParameter(`${notOn} has to be enabled to be preferred.`);
  const enabled = MFA_FACTORS.filter((factor) => changes[factor]?.isEnabled ?? user.mfa?.enabled.includes(factor));
  const kept = user.mfa?.preferred;
  const isKept = kept !== undefined && enabled.includes(kept) && changes[kept]?.isPreferred !== false;
  pool.users.setMfa(user, { enabled, preferred: preferred[0] ?? (isKept ? kept : undefined) });
}
