import { z } from "zod";

import { PASSWORD_LENGTH, TEMPORARY_PASSWORD_DAYS } from "../../../aws/cognito/limits";
import { MFA_MODES } from "../../../aws/cognito/mfa";
import { DEFAULT_PASSWORD_POLICY } from "../../../aws/cognito/password-policy";
import type { PasswordPolicy } from "../../../topology";
import type { Cognito } from "../../cloud/cognito/cognito";
import { PAGINATION_TOKEN, POOL_ID, POOL_NAME } from "../../cloud/cognito/constraints";
import { changedMode, checkPoolMfa } from "../../cloud/cognito/pool-mfa";
import { isStandardAttribute } from "../../cloud/cognito/user-attributes";
import type { UserPool, UserPoolSettings } from "../../cloud/cognito/user-pool";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import { seconds } from "../protocols/times";
import { signed, type Operations } from "./operation";

const PASSWORD_POLICY = structure({
  MinimumLength: integer(PASSWORD_LENGTH.shortest, PASSWORD_LENGTH.longest).optional(),
  RequireUppercase: boolean().optional(),
  RequireLowercase: boolean().optional(),
  RequireNumbers: boolean().optional(),
  RequireSymbols: boolean().optional(),
  TemporaryPasswordValidityDays: integer(0, TEMPORARY_PASSWORD_DAYS.longest).optional(),
  PasswordHistorySize: integer(0, 0).optional(),
});
/** First factors; others than the password are not emulated. */
const SIGN_IN_POLICY = structure({ AllowedFirstAuthFactors: listOf(oneOf(["PASSWORD"]), 4, 1).optional() });
const MFA = oneOf(MFA_MODES);
const CONTACTS = listOf(oneOf(["phone_number", "email"]), 2);
/** Members that are only kept: what they configure is not there, such as mail, or is never looked at. */
const INERT = {
  AccountRecoverySetting: z.unknown().optional(),
  DeviceConfiguration: z.unknown().optional(),
  EmailConfiguration: z.unknown().optional(),
  EmailVerificationMessage: z.unknown().optional(),
  EmailVerificationSubject: z.unknown().optional(),
  Schema: z.unknown().optional(),
  SmsAuthenticationMessage: z.unknown().optional(),
  SmsConfiguration: z.unknown().optional(),
  SmsVerificationMessage: z.unknown().optional(),
  UserAttributeUpdateSettings: z.unknown().optional(),
  UsernameConfiguration: z.unknown().optional(),
  UserPoolAddOns: z.unknown().optional(),
  UserPoolTags: z.unknown().optional(),
  UserPoolTier: oneOf(["LITE", "ESSENTIALS", "PLUS"]).optional(),
  VerificationMessageTemplate: z.unknown().optional(),
};
const CONFIGURATION = structure({
  ...INERT,
  Policies: structure({
    PasswordPolicy: PASSWORD_POLICY.optional(),
    SignInPolicy: SIGN_IN_POLICY.optional(),
  }).optional(),
  AutoVerifiedAttributes: CONTACTS.optional(),
  AdminCreateUserConfig: structure({
    AllowAdminCreateUserOnly: boolean().optional(),
    InviteMessageTemplate: z.unknown().optional(),
    UnusedAccountValidityDays: integer(0, TEMPORARY_PASSWORD_DAYS.longest).optional(),
  }).optional(),
  DeletionProtection: oneOf(["ACTIVE", "INACTIVE"]).optional(),
  MfaConfiguration: MFA.optional(),
  LambdaConfig: NOT_EMULATED,
});
const NEW_POOL = CONFIGURATION.extend({
  PoolName: POOL_NAME,
  UsernameAttributes: CONTACTS.optional(),
  AliasAttributes: NOT_EMULATED,
});
const BY_ID = structure({ UserPoolId: POOL_ID });
const MFA_CONFIGURATION = BY_ID.extend({
  MfaConfiguration: MFA.optional(),
  SmsMfaConfiguration: z.unknown().optional(),
  SoftwareTokenMfaConfiguration: structure({ Enabled: boolean().optional() }).optional(),
  EmailMfaConfiguration: z.unknown().optional(),
  WebAuthnConfiguration: NOT_EMULATED,
});
const LIST = structure({ MaxResults: integer(1, 60), NextToken: PAGINATION_TOKEN });

/** The operations of user pools themselves. */
export function userPoolOperations(cognito: Cognito): Operations {
  return {
    CreateUserPool: signed(NEW_POOL, (request) => {
      const { PoolName: poolName, UsernameAttributes: usernameAttributes = [] } = request;
      const mfa = changedMode({ MfaConfiguration: "OFF" }, request);
      const { userPoolId } = cognito.createUserPool({ poolName, usernameAttributes, ...readConfiguration(request) });
      const pool = cognito.userPool(userPoolId);
      pool.mfa = mfa;
      return { UserPool: poolShape(pool) };
    }),
    DescribeUserPool: signed(BY_ID, ({ UserPoolId }) => ({ UserPool: poolShape(cognito.userPool(UserPoolId)) })),
    UpdateUserPool: signed(CONFIGURATION.extend({ ...BY_ID.shape, PoolName: POOL_NAME.optional() }), (request) => {
      const pool = cognito.userPool(request.UserPoolId);
      const { poolName, usernameAttributes, inert = {} } = pool.declaration;
      const mfa = changedMode(pool.mfa, request);
      const name = request.PoolName ?? poolName;
      const configuration = readConfiguration(request);
      // Everything else falls back to its default; the provider of Terraform leaves tags out, and finds them again.
      const { Schema, UsernameConfiguration, UserPoolTags } = inert;
      const settings = {
        poolName: name,
        usernameAttributes,
        ...configuration,
        inert: { UserPoolTags, ...configuration.inert, Schema, UsernameConfiguration },
      };
      cognito.updateUserPool(request.UserPoolId, settings);
      pool.mfa = mfa;
    }),
    SetUserPoolMfaConfig: signed(MFA_CONFIGURATION, ({ UserPoolId, ...configuration }) => {
      const pool = cognito.userPool(UserPoolId);
      pool.mfa = checkPoolMfa({ ...configuration, MfaConfiguration: configuration.MfaConfiguration ?? "OFF" });
      return pool.mfa;
    }),
    AddCustomAttributes: signed(BY_ID.extend({ CustomAttributes: listOf(z.unknown(), 25, 1) }), (request) => {
      const { declaration } = cognito.userPool(request.UserPoolId);
      const { Schema = [] } = declaration.inert ?? {};
      const inert = { ...declaration.inert, Schema: [...(Schema as unknown[]), ...request.CustomAttributes] };
      cognito.updateUserPool(request.UserPoolId, { ...declaration, inert });
    }),
    DeleteUserPool: signed(BY_ID, ({ UserPoolId }) => cognito.deleteUserPool(UserPoolId)),
    ListUserPools: signed(LIST, ({ MaxResults, NextToken }) => {
      const limits = { most: 60, refusal: "InvalidParameterException" } as const;
      const page = paginate(cognito.userPools(), { maxResults: MaxResults, nextToken: NextToken }, limits);
      return { UserPools: page.items.map(summary), NextToken: page.nextToken };
    }),
    GetUserPoolMfaConfig: signed(BY_ID, ({ UserPoolId }) => cognito.userPool(UserPoolId).mfa),
  };
}

function readConfiguration(
  request: z.output<typeof CONFIGURATION>,
): Omit<UserPoolSettings, "poolName" | "usernameAttributes"> {
  const { InviteMessageTemplate, UnusedAccountValidityDays } = request.AdminCreateUserConfig ?? {};
  const kept = {
    ...Object.fromEntries(Object.entries(request).filter(([name]) => Object.hasOwn(INERT, name))),
    AdminCreateUserConfig: { InviteMessageTemplate, UnusedAccountValidityDays },
    SignInPolicy: request.Policies?.SignInPolicy,
  };
  const inert = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    passwordPolicy: readPolicy(request.Policies?.PasswordPolicy),
    autoVerifiedAttributes: request.AutoVerifiedAttributes ?? [],
    allowAdminCreateUserOnly: request.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    isDeletionProtected: request.DeletionProtection === "ACTIVE",
    inert: Object.fromEntries(inert),
  };
}

/** A policy that is given at all demands what it names (API reference, PasswordPolicyType). */
function readPolicy(policy?: z.output<typeof PASSWORD_POLICY>): PasswordPolicy {
  if (!policy) return DEFAULT_PASSWORD_POLICY;
  return {
    minimumLength: policy.MinimumLength ?? DEFAULT_PASSWORD_POLICY.minimumLength,
    requireUppercase: policy.RequireUppercase ?? false,
    requireLowercase: policy.RequireLowercase ?? false,
    requireNumbers: policy.RequireNumbers ?? false,
    requireSymbols: policy.RequireSymbols ?? false,
    temporaryPasswordValidityDays:
      policy.TemporaryPasswordValidityDays ?? DEFAULT_PASSWORD_POLICY.temporaryPasswordValidityDays,
  };
}

function summary({ id, declaration, createdAt, modifiedAt }: UserPool): object {
  return {
    Id: id,
    Name: declaration.poolName,
    LambdaConfig: {},
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(modifiedAt),
  };
}

/** What the service says of a pool that was told nothing: AWS CLI reference, `create-user-pool`. */
const DEFAULTS = {
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  UserPoolTier: "ESSENTIALS",
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};

function poolShape(pool: UserPool): object {
  const { declaration, arn, domain, users } = pool;
  const { Schema, AdminCreateUserConfig, SignInPolicy, ...inert } = declaration.inert ?? {};
  return {
    ...DEFAULTS,
    ...inert,
    ...summary(pool),
    Arn: arn,
    Policies: { PasswordPolicy: policyShape(declaration.passwordPolicy), SignInPolicy },
    SchemaAttributes: Schema === undefined ? undefined : (Schema as object[]).map(attributeShape),
    AutoVerifiedAttributes: declaration.autoVerifiedAttributes,
    UsernameAttributes: declaration.usernameAttributes,
    AdminCreateUserConfig: {
      ...(AdminCreateUserConfig as object | undefined),
      AllowAdminCreateUserOnly: declaration.allowAdminCreateUserOnly,
    },
    DeletionProtection: declaration.isDeletionProtected ? "ACTIVE" : "INACTIVE",
    MfaConfiguration: pool.mfa.MfaConfiguration,
    EstimatedNumberOfUsers: users.all().length,
    Domain: domain,
  };
}

/** Attributes of a pool's own are told with a prefix that requests leave out: developer guide, user-pool-settings-attributes. */
function attributeShape(attribute: { readonly Name?: string; readonly DeveloperOnlyAttribute?: boolean }): object {
  const { Name = "", DeveloperOnlyAttribute = false } = attribute;
  if (isStandardAttribute(Name)) return attribute;
  return { ...attribute, Name: `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${Name}` };
}

function policyShape(policy: PasswordPolicy): object {
  return {
    MinimumLength: policy.minimumLength,
    RequireUppercase: policy.requireUppercase,
    RequireLowercase: policy.requireLowercase,
    RequireNumbers: policy.requireNumbers,
    RequireSymbols: policy.requireSymbols,
    TemporaryPasswordValidityDays: policy.temporaryPasswordValidityDays,
  };
}
