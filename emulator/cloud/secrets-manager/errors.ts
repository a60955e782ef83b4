import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of Secrets Manager, in its words. */

export const secretTaken = (name: string) =>
  refusal("secret-taken", `The operation failed because the secret ${name} already exists.`);
export const secretNamePending = () =>
  refusal(
    "secret-name-pending",
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
export const secretPending = () =>
  refusal("secret-pending", "You can't perform this operation on the secret because it was marked for deletion.");
export const secretUnknown = () => refusal("secret-unknown", "Secrets Manager can't find the specified secret.");

/** @param what for example "staging label: AWSCURRENT" */
export const valueUnknown = (what: string) =>
  new AwsError("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`);
export const valueMissing = () =>
  new AwsError("InvalidRequestException", "You must provide either SecretString or SecretBinary.");

const invalidParameter = (message: string) => new AwsError("InvalidParameterException", message);
export const valueTwice = () =>
  invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.");
export const windowOfForcedDeletion = () =>
  invalidParameter(
    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays in the same request.",
  );
export const policyNotJson = () =>
  new AwsError("MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
