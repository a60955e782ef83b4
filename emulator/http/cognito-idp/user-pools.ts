import type { z } from "zod";

import { PASSWORD_LENGTH, TEMPORARY_PASSWORD_DAYS } from "../../../aws/cognito/limits";
import { MFA_MODES } from "../../../aws/cognito/mfa";
import { DEFAULT_PASSWORD_POLICY } from "../../../aws/cognito/password-policy";
import type { PasswordPolicy } from "../../../topology";
import type { Cognito } from "../../cloud/cognito/cognito";
import { PAGINATION_TOKEN, POOL_ID, POOL_NAME } from "../../cloud/cognito/constraints";
import { invalidParameter } from "../../cloud/cognito/errors";
import { changedMode, checkPoolMfa } from "../../cloud/cognito/pool-mfa";
import { isStandardAttribute } from "../../cloud/cognito/users/user-attributes";
import type { UserPool, UserPoolSettings } from "../../cloud/cognito/user-pool";
import { checkTier } from "../../cloud/cognito/user-pool-tier";
import { boolean, integer, listOf, oneOf, structure } from "../../cloud/constraints";
import { defined } from "../../cloud/defined";
import { readShape, shapeOf } from "../protocols/member-names";
import { signed, type Operations } from "./operation";
import { datesOf, pageOf } from "./shapes";
import {
  CONTACT_NAMES,
  INERT,
  INVITATION,
  MFA_FACTORS,
  SCHEMA_ATTRIBUTE,
  SIGN_IN_POLICY,
  WEB_AUTHN,
} from "./user-pool-settings";

/** Kept without effect: service model, PasswordHistorySizeType. */
const PASSWORD_HISTORY = 24;
const PASSWORD_POLICY = structure({
  MinimumLength: integer(PASSWORD_LENGTH.shortest, PASSWORD_LENGTH.longest).optional(),
  RequireUppercase: boolean().optional(),
  RequireLowercase: boolean().optional(),
  RequireNumbers: boolean().optional(),
  RequireSymbols: boolean().optional(),
  TemporaryPasswordValidityDays: integer(0, TEMPORARY_PASSWORD_DAYS.longest).optional(),
  PasswordHistorySize: integer(0, PASSWORD_HISTORY).optional(),
});
const MFA = oneOf(MFA_MODES);
const CONFIGURATION = structure({
  ...INERT,
  Policies: structure({
    PasswordPolicy: PASSWORD_POLICY.optional(),
    SignInPolicy: SIGN_IN_POLICY.optional(),
  }).optional(),
  AutoVerifiedAttributes: CONTACT_NAMES.optional(),
  AdminCreateUserConfig: structure({
    AllowAdminCreateUserOnly: boolean().optional(),
    InviteMessageTemplate: INVITATION,
    UnusedAccountValidityDays: integer(0, TEMPORARY_PASSWORD_DAYS.longest).optional(),
  }).optional(),
  DeletionProtection: oneOf(["ACTIVE", "INACTIVE"]).optional(),
  MfaConfiguration: MFA.optional(),
});
const NEW_POOL = CONFIGURATION.extend({
  PoolName: POOL_NAME,
  UsernameAttributes: CONTACT_NAMES.optional(),
  AliasAttributes: listOf(oneOf(["phone_number", "email", "preferred_username"]), 3).optional(),
});
const BY_ID = structure({ UserPoolId: POOL_ID });
const MFA_CONFIGURATION = BY_ID.extend({
  MfaConfiguration: MFA.optional(),
  ...MFA_FACTORS,
  WebAuthnConfiguration: WEB_AUTHN.optional(),
});
const LIST = structure({ MaxResults: integer(1, 60), NextToken: PAGINATION_TOKEN });

/** The operations of user pools themselves. */
export function userPoolOperations(cognito: Cognito): Operations {
  return {
    CreateUserPool: signed(NEW_POOL, (request) => {
      const { PoolName: poolName, UsernameAttributes: usernameAttributes = [] } = request;
      const names = { poolName, usernameAttributes, aliasAttributes: request.AliasAttributes };
      const mfa = changedMode({ MfaConfiguration: "OFF" }, request);
      const { userPoolId } = cognito.createUserPool({ ...names, ...readConfiguration(request) });
      const pool = cognito.userPool(userPoolId);
      pool.mfa = mfa;
      return { UserPool: poolShape(pool) };
    }),
    DescribeUserPool: signed(BY_ID, ({ UserPoolId }) => ({ UserPool: poolShape(cognito.userPool(UserPoolId)) })),
    UpdateUserPool: signed(CONFIGURATION.extend({ ...BY_ID.shape, PoolName: POOL_NAME.optional() }), (request) => {
      const pool = cognito.userPool(request.UserPoolId);
      const { poolName, usernameAttributes, aliasAttributes, inert = {} } = pool.declaration;
      const mfa = changedMode(pool.mfa, request);
      const names = { poolName: request.PoolName ?? poolName, usernameAttributes, aliasAttributes };
      const configuration = readConfiguration(request);
      // Everything else falls back to its default; the provider of Terraform leaves tags out, and finds them again.
      const { Schema, UsernameConfiguration, UserPoolTags } = inert;
      const kept = { UserPoolTags, ...configuration.inert, Schema, UsernameConfiguration };
      cognito.updateUserPool(request.UserPoolId, { ...names, ...configuration, inert: kept });
      pool.mfa = mfa;
    }),
    SetUserPoolMfaConfig: signed(MFA_CONFIGURATION, ({ UserPoolId, ...configuration }) => {
      const pool = cognito.userPool(UserPoolId);
      const { WebAuthnConfiguration, ...mfa } = configuration;
      pool.mfa = checkPoolMfa({ ...mfa, MfaConfiguration: mfa.MfaConfiguration ?? "OFF" });
      pool.webAuthn = WebAuthnConfiguration ?? pool.webAuthn;
      return mfaShape(pool);
    }),
    AddCustomAttributes: signed(BY_ID.extend({ CustomAttributes: listOf(SCHEMA_ATTRIBUTE, 25, 1) }), (request) => {
      const { declaration } = cognito.userPool(request.UserPoolId);
      const { Schema = [] } = declaration.inert ?? {};
      const inert = { ...declaration.inert, Schema: [...(Schema as unknown[]), ...request.CustomAttributes] };
      cognito.updateUserPool(request.UserPoolId, { ...declaration, inert });
    }),
    DeleteUserPool: signed(BY_ID, ({ UserPoolId }) => cognito.deleteUserPool(UserPoolId)),
    ListUserPools: signed(LIST, (request) => pageOf("UserPools", cognito.userPools(), request, summary)),
    GetUserPoolMfaConfig: signed(BY_ID, ({ UserPoolId }) => mfaShape(cognito.userPool(UserPoolId))),
  };
}

function readConfiguration(
  request: z.output<typeof CONFIGURATION>,
): Omit<UserPoolSettings, "poolName" | "usernameAttributes" | "aliasAttributes"> {
  const { InviteMessageTemplate, UnusedAccountValidityDays } = request.AdminCreateUserConfig ?? {};
  const { PasswordPolicy, SignInPolicy } = request.Policies ?? {};
  const { PasswordHistorySize, ...policy } = PasswordPolicy ?? {};
  checkTier({
    tier: request.UserPoolTier ?? DEFAULTS.UserPoolTier,
    advancedSecurityMode: request.UserPoolAddOns?.AdvancedSecurityMode,
    passwordHistorySize: PasswordHistorySize ?? 0,
    firstFactors: SignInPolicy?.AllowedFirstAuthFactors ?? [],
  });
  checkSchema(request.Schema);
  const inert = {
    ...Object.fromEntries(Object.entries(request).filter(([name]) => Object.hasOwn(INERT, name))),
    AdminCreateUserConfig: { InviteMessageTemplate, UnusedAccountValidityDays },
    SignInPolicy,
    PasswordHistorySize,
  };
  return {
    passwordPolicy: readPolicy(PasswordPolicy && policy),
    autoVerifiedAttributes: request.AutoVerifiedAttributes ?? [],
    allowAdminCreateUserOnly: request.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    isDeletionProtected: request.DeletionProtection === "ACTIVE",
    inert: defined(inert),
  };
}

const NO_DEMANDS = { requireUppercase: false, requireLowercase: false, requireNumbers: false, requireSymbols: false };

/** A policy that is given at all demands what it names (API reference, PasswordPolicyType). */
function readPolicy(policy?: Omit<z.output<typeof PASSWORD_POLICY>, "PasswordHistorySize">): PasswordPolicy {
  return policy ? { ...DEFAULT_PASSWORD_POLICY, ...NO_DEMANDS, ...readShape(policy) } : DEFAULT_PASSWORD_POLICY;
}

function summary(pool: UserPool): object {
  const { id, declaration } = pool;
  return { Id: id, Name: declaration.poolName, LambdaConfig: triggers(declaration), ...datesOf(pool) };
}

/** What the service says of a pool that was told nothing: AWS CLI reference, `create-user-pool`. */
const DEFAULTS = {
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  UserPoolTier: "ESSENTIALS" as const,
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};

function poolShape(pool: UserPool): object {
  const { declaration, arn, domain, users } = pool;
  const { Schema, AdminCreateUserConfig, SignInPolicy, PasswordHistorySize, ...inert } = declaration.inert ?? {};
  return {
    ...DEFAULTS,
    ...inert,
    ...summary(pool),
    Arn: arn,
    Policies: { PasswordPolicy: { ...shapeOf(declaration.passwordPolicy), PasswordHistorySize }, SignInPolicy },
    SchemaAttributes: Schema === undefined ? undefined : (Schema as object[]).map(attributeShape),
    AutoVerifiedAttributes: declaration.autoVerifiedAttributes,
    UsernameAttributes: declaration.usernameAttributes,
    AliasAttributes: declaration.aliasAttributes,
    AdminCreateUserConfig: {
      ...(AdminCreateUserConfig as object | undefined),
      AllowAdminCreateUserOnly: declaration.allowAdminCreateUserOnly,
    },
    DeletionProtection: declaration.isDeletionProtected ? "ACTIVE" : "INACTIVE",
    MfaConfiguration: pool.mfa.MfaConfiguration,
    EstimatedNumberOfUsers: users.all().length,
    ...(pool.customDomain ? { CustomDomain: domain } : { Domain: domain }),
  };
}

/** The one trigger that has two members is told by both: API reference, LambdaConfigType. */
function triggers({ inert }: UserPoolSettings): object {
  const config: Record<string, unknown> = { ...(inert?.["LambdaConfig"] as object | undefined) };
  const versioned = config["PreTokenGenerationConfig"] as { LambdaArn: string } | undefined;
  const plain = config["PreTokenGeneration"];
  if (versioned) return { ...config, PreTokenGeneration: versioned.LambdaArn };
  if (plain === undefined) return config;
  return { ...config, PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: plain } };
}

function mfaShape({ mfa, webAuthn }: UserPool): object {
  return { ...mfa, WebAuthnConfiguration: webAuthn };
}

/** @throws AwsError InvalidParameterException, in the service's words */
function checkSchema(schema: readonly { readonly Name: string; readonly Required?: boolean | undefined }[] = []): void {
  if (schema.some(({ Name, Required }) => Required === true && !isStandardAttribute(Name))) {
    throw invalidParameter("Required custom attributes are not supported currently.");
  }
}

/** Attributes of a pool's own are told with a prefix that requests leave out: developer guide, user-pool-settings-attributes. */
function attributeShape(attribute: { readonly Name?: string; readonly DeveloperOnlyAttribute?: boolean }): object {
  const { Name = "", DeveloperOnlyAttribute = false } = attribute;
  if (isStandardAttribute(Name)) return attribute;
  return { ...attribute, Name: `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${Name}` };
}
