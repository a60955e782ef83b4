import type { CognitoUserPoolConfig, CognitoUserPoolPasswordPolicy } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { PASSWORD_HISTORY, PASSWORD_LENGTH, TEMPORARY_PASSWORD_DAYS } from "../../aws/cognito/limits";
import { DEFAULT_PASSWORD_POLICY } from "../../aws/cognito/password-policy";
import type { Problem } from "../private/errors";
import { rangeProblems } from "../private/ranges";

/** Whether users sign in with a second factor, the codes of an authenticator app. */
export class Mfa {
  /** With a password alone. */
  public static readonly OFF = new Mfa("OFF");
  /** Users may register an authenticator app, which is then asked for. */
  public static readonly OPTIONAL = new Mfa("OPTIONAL");
  /** Nobody signs in without one. */
  public static readonly REQUIRED = new Mfa("ON");

  private constructor(
    /** Cognito's name of the setting. */
    public readonly value: string,
  ) {}
}

/** What Cognito does about sign-ins that look like an attack. */
export class StandardThreatProtectionMode {
  /** Writes them down. */
  public static readonly AUDIT_ONLY = new StandardThreatProtectionMode("AUDIT");
  /** Blocks passwords known from leaks, and answers risky sign-ins as the pool's risk configuration says. */
  public static readonly FULL_FUNCTION = new StandardThreatProtectionMode("ENFORCED");

  private constructor(
    /** Cognito's name of the mode. */
    public readonly value: string,
  ) {}
}

/** Which passwords a pool takes. What is left out is as in Cognito's own default. */
export interface PasswordPolicy {
  /**
   * 6 to 99 characters.
   * @default 8
   */
  readonly minLength?: number;
  /** @default true */
  readonly requireLowercase?: boolean;
  /** @default true */
  readonly requireUppercase?: boolean;
  /** @default true */
  readonly requireDigits?: boolean;
  /** @default true */
  readonly requireSymbols?: boolean;

  /**
   * Days in which a user changes the first password, 1 to 365.
   * @default 7
   */
  readonly tempPasswordValidityInDays?: number;

  /**
   * How many earlier passwords a user cannot take again, 0 to 24.
   * @default 0
   */
  readonly passwordHistorySize?: number;
}

/** What protects a user pool and its users. */
export interface UserPoolSecurityOptions {
  /** @default Mfa.OFF */
  readonly mfa?: Mfa;

  /** @default - Cognito's own: 8 characters of all four kinds */
  readonly passwordPolicy?: PasswordPolicy;

  /**
   * Whether Cognito refuses to delete the pool, and every user with it. `terraform destroy` then needs a change first.
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Needs Cognito's plan Plus, which costs more for each user; the pool is put on it.
   * @default - none
   */
  readonly standardThreatProtectionMode?: StandardThreatProtectionMode;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The security arguments of a user pool. What is Cognito's default is left out, but for the policy. */
export function securityArguments(options: UserPoolSecurityOptions): Partial<CognitoUserPoolConfig> {
  const { mfa = Mfa.OFF, passwordPolicy, deletionProtection, standardThreatProtectionMode: threats } = options;
  return {
    passwordPolicy: passwordPolicyBlock(passwordPolicy ?? {}),
    ...(mfa !== Mfa.OFF && { mfaConfiguration: mfa.value, softwareTokenMfaConfiguration: { enabled: true } }),
    ...(deletionProtection === true && { deletionProtection: "ACTIVE" }),
    ...(threats && { userPoolAddOns: { advancedSecurityMode: threats.value }, userPoolTier: "PLUS" }),
  };
}

/** Written out in full: what the block leaves out, the provider sends as 0 and false. */
function passwordPolicyBlock(policy: PasswordPolicy): CognitoUserPoolPasswordPolicy {
  return {
    minimumLength: policy.minLength ?? DEFAULT_PASSWORD_POLICY.minimumLength,
    requireLowercase: policy.requireLowercase ?? DEFAULT_PASSWORD_POLICY.requireLowercase,
    requireUppercase: policy.requireUppercase ?? DEFAULT_PASSWORD_POLICY.requireUppercase,
    requireNumbers: policy.requireDigits ?? DEFAULT_PASSWORD_POLICY.requireNumbers,
    requireSymbols: policy.requireSymbols ?? DEFAULT_PASSWORD_POLICY.requireSymbols,
    temporaryPasswordValidityDays:
      policy.tempPasswordValidityInDays ?? DEFAULT_PASSWORD_POLICY.temporaryPasswordValidityDays,
    passwordHistorySize: policy.passwordHistorySize,
  };
}

const PASSWORD_LIMITS = [
  ["minLength", PASSWORD_LENGTH],
  ["tempPasswordValidityInDays", TEMPORARY_PASSWORD_DAYS],
  ["passwordHistorySize", PASSWORD_HISTORY],
] as const;

export function securityProblems({ passwordPolicy = {} }: UserPoolSecurityOptions): Problem[] {
  return PASSWORD_LIMITS.flatMap(([member, limits]) =>
    rangeProblems(`password policy's ${member}`, passwordPolicy[member], limits),
  );
}
