import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of API Gateway, in its words. */

export const noMethods = () => refusal("rest-api-incomplete", "The REST API doesn't contain any methods");
export const noIntegration = () => refusal("rest-api-incomplete", "No integration defined for method");
export const stageTaken = () => refusal("rest-api-part-taken", "Stage already exists");
export const modelTaken = () => refusal("rest-api-part-taken", "Model name already exists for this REST API");
export const partTaken = (kind: string) => refusal("rest-api-part-taken", `${kind} already exists for this resource`);
export const pathTaken = (pathPart: string) =>
  refusal("rest-api-part-taken", `Another resource with the same parent already has this name: ${pathPart}`);
export const keyTaken = () => refusal("rest-api-part-taken", "API Key already exists");
export const keyInPlan = () => refusal("rest-api-part-taken", "Usage plan already has this key");
export const noAuthorizer = () =>
  refusal(
    "rest-api-incomplete",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
  );
export const keyTooShort = (shortest: number) =>
  refusal("api-key-short", `API Key value should be at least ${shortest} characters`);
export const besideBody = (restApiId: string) =>
  refusal(
    "rest-api-body",
    `The emulator takes no resources, methods and models beside the body of a REST API: ${restApiId} has one.`,
  );
export const partUnknown = (what: string) => refusal("rest-api-part-unknown", `Invalid ${what} identifier specified`);

const badRequest = (message: string) => new AwsError("BadRequestException", message);
export const deploymentActive = () => badRequest("Active stages pointing to this deployment must be moved or deleted");
export const planInUse = (id: string) => badRequest(`Usage plan ${id} has API stages: remove them first`);
export const belowItself = () => badRequest("A resource cannot be moved below itself");
export const noHttpMethod = () => badRequest("Enumeration value for HttpMethod must be non-empty");
export const notOpenApi = ({ message }: Error) => badRequest(message);
export const patchPath = (path: string, op: string, paths: readonly string[]) =>
  badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${paths.join(", ")}]`);
