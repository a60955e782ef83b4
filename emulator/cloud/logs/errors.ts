import { AwsError } from "../errors";

/** The errors of CloudWatch Logs, in its words. */

const alreadyThere = (message: string) => new AwsError("ResourceAlreadyExistsException", message);
export const logGroupTaken = () => alreadyThere("The specified log group already exists");
export const logStreamTaken = () => alreadyThere("The specified log stream already exists");

const notFound = (message: string) => new AwsError("ResourceNotFoundException", message);

/** @param what such as "log group" */
export const unknown = (what: string) => notFound(`The specified ${what} does not exist.`);
export const policyUnknown = (name: string) => notFound(`Policy with name [${name}] does not exist`);

/** @param what such as "Delivery abc" */
export const deliveryPartUnknown = (what: string) => notFound(`${what} does not exist.`);

const conflict = (message: string) => new AwsError("ConflictException", message);
export const deliveryTaken = () => conflict("A delivery of this source to this destination already exists.");
export const hasDelivery = () => conflict("A delivery still has it: delete the delivery first.");

const invalid = (message: string) => new AwsError("ValidationException", message);
export const arnInvalid = (arn: string) => invalid(`${arn} is not a valid ARN.`);
export const destinationUnsupported = (arn: string) => invalid(`Deliveries to ${arn || "nowhere"} are not supported.`);
export const tooMany = () => new AwsError("LimitExceededException", "Resource limit exceeded.");
