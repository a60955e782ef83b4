import { SPOKEN_VERSIONS } from "../../../aws/agentcore/protocol-versions";
import { MAX_TOOL_NAME } from "../../../aws/agentcore/limits";
import type { TargetDocumentError } from "../../../topology";
import { AwsError, NotEmulated } from "../errors";
import { refusal } from "../refusal";

/** The errors of gateways and their targets; AWS's words, where they are known. */

export const gatewayTaken = (name: string) => refusal("gateway-taken", `A gateway with name ${name} already exists.`);
export const gatewayUnknown = (id: string) => refusal("gateway-unknown", `Gateway ${id} not found.`);
export const gatewayHasTargets = (id: string) =>
  new AwsError(
    "ValidationException",
    `Gateway ${id} has targets associated with it. Delete all targets before deleting the gateway.`,
  );
export const gatewayNameFixed = () => new AwsError("ValidationException", "The name of a gateway cannot be changed.");
export const versionUnspoken = (version: string) =>
  refusal(
    "protocol-version",
    `A gateway does not speak the protocol version ${version}: support ${SPOKEN_VERSIONS.join(", ")}.`,
  );
export const authorizerMissing = () =>
  refusal("authorizer-missing", "authorizerConfiguration is required for the authorizer type CUSTOM_JWT.");
export const interceptorTwice = (point: string) =>
  refusal("interceptor-twice", `A gateway can have one ${point} interceptor at most.`);
export const policiesOfHttp = () =>
  refusal("policies-of-http", "Policy engines of gateways without a protocol type are not emulated.");
export const policyEngineUnknown = (arn: string) => refusal("policy-engine-unknown", `Policy engine ${arn} not found.`);
export const workloadsOfGateway = () =>
  refusal("workloads", "allowedWorkloadConfiguration is for runtimes: a gateway does not take it.");

/** Of rate limits: the codes are those of the developer guide, "gateway-rate-limits", the words our own. */
export const notARateLimit = (fault: string) => refusal("rate-limit", `The rate limit ${fault}.`);
export const keysTaken = (keys: readonly string[]) =>
  refusal("rate-limit-taken", `A rate limit with the dimension keys ${keys.join(", ")} already exists.`);
export const idTaken = (id: string) => refusal("rate-limit-taken", `A rate limit with id ${id} already exists.`);
export const rateLimitUnknown = (id: string) =>
  new AwsError("ResourceNotFoundException", `Rate limit ${id} not found.`);

/** Of a gateway, a target or a rate limit whose status is not settled. */
export const inMotion = (operation: string, status: string) =>
  refusal(
    "gateway-in-motion",
    // `CREATING` is `Creating` in messages.
    `${operation} can't be performed when in ${status.charAt(0)}${status.slice(1).toLowerCase()} state`,
  );

export const targetTaken = (name: string, gatewayId: string) =>
  refusal("target-taken", `A target with name ${name} already exists on gateway ${gatewayId}.`);
export const targetUnknown = (targetId: string, gatewayId: string) =>
  new AwsError("ResourceNotFoundException", `Target ${targetId} not found on gateway ${gatewayId}.`);
export const targetLeftOut = (reason: string) => new NotEmulated("ValidationException", reason);

const unsynchronized = (targetId: string, what: string) =>
  new AwsError("ValidationException", `Target ${targetId} ${what}.`);
export const httpTargetUnsynchronized = (targetId: string) =>
  unsynchronized(targetId, "is an HTTP target, which has nothing to synchronize");
export const toolSchemaUnsynchronized = (targetId: string) =>
  unsynchronized(targetId, "has an mcpToolSchema, which disables synchronization");

export const headerOfSessions = (header: string) =>
  refusal("header-of-sessions", `${header} cannot be propagated by a gateway that has sessions.`);
export const headerOfCredential = (header: string) =>
  refusal("header-of-credential", `The header ${header} carries the API key, and cannot be propagated.`);

export const targetKindNotEmulated = (kind: string) =>
  refusal("target-kind", `Targets of the kind ${kind} are not emulated.`);
/** Developer guide, "gateway-target-http-runtime"; the sentence is our own. */
export const httpOnMcpGateway = (protocolType: string) =>
  refusal("http-on-mcp-gateway", `HTTP targets cannot be added to gateways of the protocol type ${protocolType}.`);
export const mcpWithoutProtocol = (kind: string) =>
  refusal("mcp-without-protocol", `Targets of the kind ${kind} on a gateway without a protocol type are not emulated.`);
export const documentRefused = ({ isUnsupported, message }: TargetDocumentError) =>
  isUnsupported ? refusal("target-document-unsupported", message) : refusal("target-document", message);

/** The limit is the service's; when and how it refuses is not known. */
export const toolNameTooLong = (tool: string, { length }: string) =>
  refusal(
    "tool-name",
    `The tool ${tool} has a name of ${length} characters with its target's: at most ${MAX_TOOL_NAME} are supported.`,
  );

export const iamServiceMissing = (kind: string) =>
  refusal("iam-service-missing", `IamCredentialProvider is required for ${kind} targets using IAM authentication`);
export const credentialKind = (kind: string, ways: readonly string[]) =>
  refusal("credential-kind", `Targets of the kind ${kind} support only: ${ways.join(", ")}.`);
/** AWS's words for consent, with the type AWS_IAM; for other ways they are after them. */
export const callerUnknown = (way: string, authorizerType: string) =>
  refusal("user-grant", `${way} is not supported when gateway authorizer type is ${authorizerType}`);
/** What the developer guide says of MCP servers, "gateway-target-MCPservers"; AWS's own words are not known. */
export const consentOfLiveTarget = () =>
  refusal("user-grant", "The listing mode DYNAMIC is not supported with the grant type AUTHORIZATION_CODE.");
export const exchangeWithToolSchema = () =>
  refusal("user-grant", "mcpToolSchema is not supported with the grant type TOKEN_EXCHANGE.");

export const lambdaDenied = () =>
  refusal("lambda-denied", "Gateway execution role lacks permission to invoke Lambda function");
export const roleNotAssumable = () =>
  refusal("gateway-role-not-assumable", "Gateway service is not authorized to assume the execution role");
/** The gateway's words around the vault's, as a report quotes them; those around an OAuth token's are not known. */
export const apiKeyDenied = (error: AwsError) =>
  new AwsError(
    error.code,
    `Failed to fetch outbound api key. Failed to get workload identity token - client error: ${error.message}`,
  );
