import type { MfaFactor, MfaMode } from "../../../aws/cognito/mfa";
import type { MfaDeclaration } from "../../../topology";
import { invalidParameter, mfaOffWithFactor, mfaWithoutFactor } from "./errors";

/** The second factors of a pool, in the API's words. */
export interface PoolMfa {
  readonly MfaConfiguration: MfaMode;
  readonly SmsMfaConfiguration?: unknown;
  readonly SoftwareTokenMfaConfiguration?: { readonly Enabled?: boolean | undefined } | undefined;
  readonly EmailMfaConfiguration?: unknown;
}

/** What the pool's users can have; nothing where it asks nobody. */
export function offeredFactors(mfa: PoolMfa): readonly MfaFactor[] {
  return mfa.MfaConfiguration === "OFF" ? [] : configuredFactors(mfa);
}

function configuredFactors(mfa: PoolMfa): readonly MfaFactor[] {
  return [
    ...(mfa.SmsMfaConfiguration === undefined ? [] : (["SMS_MFA"] as const)),
    ...(mfa.SoftwareTokenMfaConfiguration?.Enabled === true ? (["SOFTWARE_TOKEN_MFA"] as const) : []),
    ...(mfa.EmailMfaConfiguration === undefined ? [] : (["EMAIL_OTP"] as const)),
  ];
}

/** Both sentences are the service's, as seen. @throws AwsError `InvalidParameterException` */
export function checkPoolMfa(mfa: PoolMfa): PoolMfa {
  const { MfaConfiguration: mode, ...factors } = mfa;
  const isOff = mode === "OFF";
  if (isOff && Object.values(factors).some((factor) => factor !== undefined)) {
    throw mfaOffWithFactor();
  }
  if (!isOff && configuredFactors(mfa).length === 0) throw mfaWithoutFactor();
  return mfa;
}

/**
 * What becomes of the second factors of a pool that is made or updated by the operations that know text messages alone.
 *
 * @throws AwsError `InvalidParameterException`, in the service's words
 */
export function changedMode(
  mfa: PoolMfa,
  change: {
    readonly MfaConfiguration?: MfaMode | undefined;
    readonly SmsConfiguration?: unknown;
    readonly SmsAuthenticationMessage?: unknown;
  },
): PoolMfa {
  const { MfaConfiguration: mode, SmsConfiguration, SmsAuthenticationMessage } = change;
  if (mode === undefined) return mfa;
  if (mode === "OFF") return { MfaConfiguration: mode };
  const sms =
    SmsConfiguration === undefined ? {} : { SmsMfaConfiguration: { SmsConfiguration, SmsAuthenticationMessage } };
  const changed = { ...mfa, ...sms, MfaConfiguration: mode };
  if (configuredFactors(changed).length > 0) return changed;
  throw invalidParameter(
    "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
  );
}

export function declaredMfa({ mode, factors }: MfaDeclaration): PoolMfa {
  return checkPoolMfa({
    MfaConfiguration: mode,
    ...(factors.includes("SMS_MFA") && { SmsMfaConfiguration: {} }),
    ...(factors.includes("SOFTWARE_TOKEN_MFA") && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    ...(factors.includes("EMAIL_OTP") && { EmailMfaConfiguration: {} }),
  });
}
