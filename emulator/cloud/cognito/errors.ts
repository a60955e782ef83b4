import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of Cognito, in its words where they are known. */

export const notAuthorized = (message: string) => new AwsError("NotAuthorizedException", message);
export const invalidParameter = (message: string) => new AwsError("InvalidParameterException", message);
export const notFound = (message: string) => new AwsError("ResourceNotFoundException", message);
export const typeWrong = (fault: string) => refusal("cognito-wrong-type", fault);
export const constraintBroken = (violations: string) => refusal("cognito-constraint", violations);

export const userPoolUnknown = (id: string) => refusal("user-pool-unknown", `User pool ${id} does not exist.`);
export const tierTooLow = (feature: string, tier: string, least: string) =>
  new AwsError(
    "FeatureUnavailableInTierException",
    `${feature} is not available in the ${tier} tier: it needs ${least}.`,
  );
export const domainReservedWord = (word: string) =>
  refusal("domain-reserved-word", `Domain cannot contain reserved word: ${word}`);
export const domainSecond = () => refusal("domain-second", "User pool already has a domain configured.");
export const domainTaken = () => refusal("domain-taken", "Domain already associated with another user pool.");
export const resourceServerTaken = (identifier: string, userPoolId: string) =>
  refusal("resource-server-taken", `${identifier} already exists in user pool ${userPoolId}.`);
export const identityProviderTaken = (name: string) =>
  new AwsError("DuplicateProviderException", `A provider with the name ${name} already exists in this user pool.`);
export const identityProviderUnknown = (name: string) =>
  refusal("identity-provider-unknown", `Identity provider ${name} does not exist.`);
export const groupTaken = () => refusal("user-group-taken", "A group with the name already exists.");
export const groupUnknown = () => refusal("user-group-unknown", "Group not found.");
export const mfaOffWithFactor = () =>
  refusal("mfa-off-with-factor", "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
export const mfaWithoutFactor = () =>
  refusal(
    "mfa-without-factor",
    "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
  );

/** The service model says that a client cannot have both; the sentence is our own. */
export const authFlowsMixed = (legacy: readonly string[]) =>
  refusal(
    "auth-flows-mixed",
    `ExplicitAuthFlows cannot have ${legacy.join(", ")} beside values that begin with ALLOW_.`,
  );
export const oauthIncomplete = () =>
  refusal(
    "oauth-incomplete",
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
  );
export const clientCredentialsBesideOthers = () =>
  refusal(
    "client-credentials-beside-others",
    "client_credentials flow can not be selected along with code flow or implicit flow.",
  );
export const clientCredentialsWithoutSecret = () =>
  refusal(
    "client-credentials-without-secret",
    "client_credentials flow can not be selected if client does not have a client secret.",
  );
export const scopeUnknown = (scope: string) => refusal("scope-unknown", `Invalid scope requested: ${scope}`);
export const redirectUrl = (url: string, fault: string) => refusal("redirect-url", `${url} ${fault}.`);
export const redirectDefaultUnknown = (uri: string) =>
  refusal("redirect-default-unknown", `The default redirect URI ${uri} is not among the callback URLs.`);
export const rotationWithRefreshFlow = () =>
  refusal(
    "rotation-with-refresh-flow",
    "Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.",
  );
export const tokenValidity = () => refusal("token-validity", "Invalid range for token validity.");

export const userUnknown = () => refusal("user-unknown", "User does not exist.");
export const userTaken = () => refusal("user-taken", "User account already exists");
export const attributeTaken = (attribute: string) =>
  refusal("user-taken", `An account with the given ${attribute} already exists.`);
export const aliasTaken = (attribute: string) =>
  refusal("user-alias-taken", `An account with the ${attribute} already exists.`);
export const attributeInvalid = (fault: string) => refusal("user-attribute", fault);
export const invitationFinal = (username: string) =>
  new AwsError("UnsupportedUserStateException", `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`);
export const userUnconfirmed = () => new AwsError("UserNotConfirmedException", "User is not confirmed.");

const invalidPassword = (message: string) => new AwsError("InvalidPasswordException", message);
export const passwordUnfit = (demand: string) =>
  refusal("user-password", `Password did not conform with policy: ${demand}`);
export const passwordHasBlanks = () => invalidPassword("A password has no blanks.");
export const passwordsDiffer = () => invalidPassword("The two passwords are not the same.");

const expiredCode = (message: string) => new AwsError("ExpiredCodeException", message);
export const codeExpired = () => expiredCode("Invalid code provided, please request a code again.");
export const softwareTokenUsed = () => expiredCode("Your software token has already been used once.");
const wrongCode = (message: string) => new AwsError("CodeMismatchException", message);
export const codeMismatch = () => wrongCode("Invalid verification code provided, please try again.");
export const softwareTokenWrong = () => wrongCode("Invalid code received for user");
export const messageCodeMismatch = () => wrongCode("Invalid code or auth state for the user.");
export const softwareTokenMismatch = () =>
  new AwsError("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA");
export const softwareTokensOff = () =>
  new AwsError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool");

const unsupportedOperation = (message: string) => new AwsError("UnsupportedOperationException", message);
export const flowNotOffered = (flow: string, offered: readonly string[]) =>
  unsupportedOperation(`The emulator does not offer ${flow}: use ${offered.join(" or ")}.`);
export const revocationOff = () => unsupportedOperation("Token revocation is not enabled for this client.");
export const tokenKindUnsupported = () =>
  new AwsError("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
export const refreshTokenReplaced = () =>
  new AwsError("RefreshTokenReuseException", "Refresh token has been invalidated by rotation");
