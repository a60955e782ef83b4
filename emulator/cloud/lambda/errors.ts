import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of Lambda, in its words. */

export const functionTaken = (name: string) => refusal("function-taken", `Function already exist: ${name}`);

/** Some shapes of Lambda's errors have the message with a capital. */
const notFound = (message: string) =>
  new AwsError("ResourceNotFoundException", message, { Type: "User", Message: message });
export const functionUnknown = (arn: string) => notFound(`Function not found: ${arn}`);
export const aliasUnknown = (functionArn: string, name: string) =>
  notFound(`Cannot find alias arn: ${functionArn}:${name}`);
export const statementUnknown = (id: string) => notFound(`Statement ${id} is not found in resource policy.`);
export const policyUnknown = () => notFound("The resource you requested does not exist.");

const invalidParameter = (message: string) => new AwsError("InvalidParameterValueException", message);
export const sourceMissing = () => invalidParameter("Please provide a source for function code.");
export const sourceTwice = () =>
  invalidParameter("Please do not provide other FunctionCode parameters when providing one.");
export const entryMissing = () =>
  invalidParameter("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
export const latestUndeletable = () =>
  invalidParameter("$LATEST version cannot be deleted without deleting the function.");
export const roleNotAssumable = () =>
  invalidParameter("The role defined for the function cannot be assumed by Lambda.");
export const snapStartUnsupported = (runtime: string) =>
  invalidParameter(`${runtime} is not supported for SnapStart enabled functions.`);
export const codeChanged = (asked: string, current: string) =>
  invalidParameter(
    `CodeSHA256 (${asked}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );

/** @param reason what is wrong, in our own words */
export const packageUnreadable = (reason: string) =>
  invalidParameter(`Could not unzip uploaded file. Please check your file, then try to upload again. (${reason})`);
export const packageEmpty = () => invalidParameter("Uploaded file must be a non-empty zip");
export const packageTooLarge = (mostBytes: number) =>
  invalidParameter(`Unzipped size must be smaller than ${mostBytes} bytes`);
export const packageLink = (fileName: string) =>
  invalidParameter(`The emulator unpacks no symbolic link: ${JSON.stringify(fileName)}.`);

const variablesInvalid = (fault: string) =>
  invalidParameter(
    `Lambda was unable to configure your environment variables because the environment variables you have provided ${fault}`,
  );
export const variablesReserved = (names: readonly string[]) =>
  variablesInvalid(
    `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${names.join(", ")}`,
  );
export const variablesTooLong = () => variablesInvalid("exceeded the 4KB limit.");

const conflict = (message: string) => new AwsError("ResourceConflictException", message);
export const aliasTaken = (functionArn: string, name: string) =>
  conflict(`Alias already exists: ${functionArn}:${name}`);
export const versionAliased = (version: string, aliases: readonly string[]) =>
  conflict(
    `Version ${version} is referenced by the aliases ${aliases.join(", ")}: delete them, or have them name another version.`,
  );
export const statementTaken = (id: string) =>
  conflict(
    `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
  );
export const revisionMismatch = () =>
  new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  );

const requestContentInvalid = (message: string) => new AwsError("InvalidRequestContentException", message);
export const eventNotJson = () => requestContentInvalid("Could not parse request body into json");
export const clientContextInvalid = () =>
  requestContentInvalid("Client context must be a valid Base64-encoded JSON object.");
