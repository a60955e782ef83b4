import { issuerUrl } from "../../aws/cognito/endpoints";
import { MFA_FACTORS, type MfaFactor, type MfaMode } from "../../aws/cognito/mfa";
import { DEFAULT_PASSWORD_POLICY } from "../../aws/cognito/password-policy";
import type { Arguments } from "../arguments/arguments";
import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

/** What a policy leaves out, the provider sends as 0 or false (its `expandUserPoolPasswordPolicy`). */
function readPasswordPolicy(policy: Arguments | undefined): PasswordPolicy {
  if (policy === undefined) return DEFAULT_PASSWORD_POLICY;
  return {
    minimumLength: policy.optionalNumber("minimum_length") ?? 0,
    requireLowercase: policy.optionalBoolean("require_lowercase") ?? false,
    requireUppercase: policy.optionalBoolean("require_uppercase") ?? false,
    requireNumbers: policy.optionalBoolean("require_numbers") ?? false,
    requireSymbols: policy.optionalBoolean("require_symbols") ?? false,
    // Cognito reads 0 as its default, too (API reference, PasswordPolicyType).
    temporaryPasswordValidityDays:
      policy.optionalNumber("temporary_password_validity_days") ||
      DEFAULT_PASSWORD_POLICY.temporaryPasswordValidityDays,
  };
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  /** Days. */
  readonly temporaryPasswordValidityDays: number;
}

/** The second factors that a pool asks its users for. */
export interface MfaDeclaration {
  readonly mode: Exclude<MfaMode, "OFF">;
  readonly factors: readonly MfaFactor[];
}

/** The provider turns on what there is a block of (its `resourceUserPoolCreate`). */
function readMfa(args: Arguments): MfaDeclaration | undefined {
  const mode = args.optionalText("mfa_configuration");
  if (mode !== "ON" && mode !== "OPTIONAL") return undefined;
  const hasToken = args.optionalBlock("software_token_mfa_configuration")?.optionalBoolean("enabled") === true;
  const isOffered: Readonly<Record<MfaFactor, boolean>> = {
    SMS_MFA: args.optionalBlock("sms_configuration") !== undefined,
    SOFTWARE_TOKEN_MFA: hasToken,
    EMAIL_OTP: args.optionalBlock("email_mfa_configuration") !== undefined,
  };
  return { mode, factors: MFA_FACTORS.filter((factor) => isOffered[factor]) };
}

export interface UserPoolAttributes {
  readonly userPoolId: string;
  readonly arn: string;
}

export function readPoolAccess<V extends ValueTypes>(args: Readable<V>) {
  const admin = args.optionalBlock("admin_create_user_config");
  return {
    poolName: args.text("name"),
    allowAdminCreateUserOnly: admin?.optionalBoolean("allow_admin_create_user_only") ?? false,
  };
}

export const userPool = resourceReader({
  type: "aws_cognito_user_pool",
  kind: "userPool",
  read(args) {
    const mfa = readMfa(args);
    return {
      ...readPoolAccess(args),
      passwordPolicy: readPasswordPolicy(args.optionalBlock("password_policy")),
      usernameAttributes: args.texts("username_attributes"),
      ...(mfa && { mfa }),
      autoVerifiedAttributes: args.texts("auto_verified_attributes"),
    };
  },
  assigned: ["id", "arn", "endpoint"],
  attributes: (_, { userPoolId, arn }: UserPoolAttributes) => ({
    id: userPoolId,
    arn,
    endpoint: issuerUrl(arn.split(":")[3] ?? "", userPoolId).replace("https://", ""),
  }),
});

export type UserPoolDeclaration = ReturnType<typeof userPool.read>;
