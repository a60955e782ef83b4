import { VISIBLE } from "../../../aws/cognito/names";
import { CONTACTS } from "../../../aws/cognito/user-attributes";
import { boolean, integer, listOf, mapOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";

/** What user pools keep and give back without effect: botocore `cognito-idp/2016-04-18`. */

const ARN = text(
  2_048,
  "arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?",
  20,
);
const FREE_TEXT = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
const SUBJECT = text(140, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+", 1).optional();
const EMAIL = text(20_000, `${FREE_TEXT}\\{####\\}${FREE_TEXT}`, 6).optional();
const SMS = text(140, ".*\\{####\\}.*", 6).optional();
const UNLIMITED = text(131_072).optional();

const LINK = text(20_000, `${FREE_TEXT}\\{##${FREE_TEXT}##\\}${FREE_TEXT}`, 6).optional();

export const CONTACT_NAMES = listOf(oneOf(CONTACTS), 2);
export const SMS_CONFIGURATION = structure({
  SnsCallerArn: ARN,
  ExternalId: UNLIMITED,
  SnsRegion: text(32, undefined, 5).optional(),
});

const TRIGGERS = [
  ["PreSignUp", "CustomMessage", "PostConfirmation", "PreAuthentication", "PostAuthentication", "UserMigration"],
  ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse", "PreTokenGeneration"],
].flat();
const sender = (versions: readonly string[]) =>
  structure({ LambdaVersion: oneOf(versions), LambdaArn: ARN }).optional();
const LAMBDA_CONFIG = structure({
  ...Object.fromEntries(TRIGGERS.map((name) => [name, ARN.optional()])),
  PreTokenGenerationConfig: sender(["V1_0", "V2_0", "V3_0"]),
  CustomSMSSender: sender(["V1_0"]),
  CustomEmailSender: sender(["V1_0"]),
  InboundFederation: sender(["V1_0"]),
  KMSKeyID: ARN.optional(),
});

const CONSTRAINT = (smallest: string, largest: string) =>
  structure({ [smallest]: UNLIMITED, [largest]: UNLIMITED }).optional();
export const SCHEMA_ATTRIBUTE = structure({
  Name: text(20, VISIBLE, 1),
  AttributeDataType: oneOf(["String", "Number", "DateTime", "Boolean"]).optional(),
  DeveloperOnlyAttribute: boolean().optional(),
  Mutable: boolean().optional(),
  Required: boolean().optional(),
  NumberAttributeConstraints: CONSTRAINT("MinValue", "MaxValue"),
  StringAttributeConstraints: CONSTRAINT("MinLength", "MaxLength"),
});

export const INERT = {
  AccountRecoverySetting: structure({
    RecoveryMechanisms: listOf(
      structure({
        Priority: integer(1, 2),
        Name: oneOf(["verified_email", "verified_phone_number", "admin_only"]),
      }),
      2,
      1,
    ).optional(),
  }).optional(),
  DeviceConfiguration: structure({
    ChallengeRequiredOnNewDevice: boolean().optional(),
    DeviceOnlyRememberedOnUserPrompt: boolean().optional(),
  }).optional(),
  EmailConfiguration: structure({
    SourceArn: ARN.optional(),
    ReplyToEmailAddress: text(UNBOUNDED, `${VISIBLE}@${VISIBLE}`).optional(),
    EmailSendingAccount: oneOf(["COGNITO_DEFAULT", "DEVELOPER"]).optional(),
    From: UNLIMITED,
    ConfigurationSet: text(64, "[-\\w]+", 1).optional(),
  }).optional(),
  EmailVerificationMessage: EMAIL,
  EmailVerificationSubject: SUBJECT,
  LambdaConfig: LAMBDA_CONFIG.optional(),
  Schema: listOf(SCHEMA_ATTRIBUTE, 50, 1).optional(),
  SmsAuthenticationMessage: SMS,
  SmsConfiguration: SMS_CONFIGURATION.optional(),
  SmsVerificationMessage: SMS,
  UserAttributeUpdateSettings: structure({
    AttributesRequireVerificationBeforeUpdate: CONTACT_NAMES.optional(),
  }).optional(),
  UsernameConfiguration: structure({ CaseSensitive: boolean() }).optional(),
  UserPoolAddOns: structure({
    AdvancedSecurityMode: oneOf(["OFF", "AUDIT", "ENFORCED"]),
    AdvancedSecurityAdditionalFlows: structure({ CustomAuthMode: oneOf(["AUDIT", "ENFORCED"]).optional() }).optional(),
  }).optional(),
  UserPoolTags: mapOf(text(128, undefined, 1), text(256), 50).optional(),
  UserPoolTier: oneOf(["LITE", "ESSENTIALS", "PLUS"]).optional(),
  VerificationMessageTemplate: structure({
    SmsMessage: SMS,
    EmailMessage: EMAIL,
    EmailSubject: SUBJECT,
    EmailMessageByLink: LINK,
    EmailSubjectByLink: SUBJECT,
    DefaultEmailOption: oneOf(["CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"]).optional(),
  }).optional(),
};

export const INVITATION = structure({
  SMSMessage: text(140, "[\\s\\S]*", 6).optional(),
  EmailMessage: text(20_000, FREE_TEXT, 6).optional(),
  EmailSubject: SUBJECT,
}).optional();

/** Beside the password, first factors are kept without effect. */
export const SIGN_IN_POLICY = structure({
  AllowedFirstAuthFactors: listOf(oneOf(["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]), 4, 1).optional(),
});

export const MFA_FACTORS = {
  SmsMfaConfiguration: structure({
    SmsAuthenticationMessage: SMS,
    SmsConfiguration: SMS_CONFIGURATION.optional(),
  }).optional(),
  SoftwareTokenMfaConfiguration: structure({ Enabled: boolean().optional() }).optional(),
  EmailMfaConfiguration: structure({ Message: EMAIL, Subject: SUBJECT }).optional(),
};

export const WEB_AUTHN = structure({
  RelyingPartyId: text(127, undefined, 1).optional(),
  UserVerification: oneOf(["required", "preferred"]).optional(),
  FactorConfiguration: oneOf(["SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"]).optional(),
});

export const ANALYTICS = structure({
  ApplicationId: text(UNBOUNDED, "[0-9a-fA-F]+").optional(),
  ApplicationArn: ARN.optional(),
  RoleArn: ARN.optional(),
  ExternalId: UNLIMITED,
  UserDataShared: boolean().optional(),
});

export const CUSTOM_DOMAIN_CONFIG = structure({ CertificateArn: ARN });
