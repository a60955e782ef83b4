import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of API Gateway, in its words. */

export const restApiEmpty = () => refusal("rest-api-empty", "The REST API doesn't contain any methods");
export const stageTaken = () => refusal("rest-api-stage-taken", "Stage already exists");
export const partUnknown = (what: string) => refusal("rest-api-part-unknown", `Invalid ${what} identifier specified`);

const badRequest = (message: string) => new AwsError("BadRequestException", message);
export const deploymentActive = () => badRequest("Active stages pointing to this deployment must be moved or deleted");
export const notOpenApi = ({ message }: Error) => badRequest(message);
export const patchPath = (path: string, op: string, paths: readonly string[]) =>
  badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(", ")}]`);
