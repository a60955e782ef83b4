import { AwsError, NotEmulated, type AwsErrorCode } from "./errors";

/** What the services refuse when a resource is created, with the code of the error. */
export const REFUSALS = {
  // Members of requests
  constraint: "ValidationException",
  "cognito-constraint": "InvalidParameterException",
  "wrong-type": "ValidationException",
  "cognito-wrong-type": "SerializationException",
  quota: "ServiceQuotaExceededException",

  // Cognito
  "user-pool-unknown": "ResourceNotFoundException",
  "mfa-off-with-factor": "InvalidParameterException",
  "mfa-without-factor": "InvalidParameterException",
  "domain-reserved-word": "InvalidParameterException",
  "domain-taken": "InvalidParameterException",
  "domain-second": "InvalidParameterException",
  "resource-server-taken": "InvalidParameterException",
  "auth-flows-mixed": "InvalidParameterException",
  "oauth-incomplete": "InvalidOAuthFlowException",
  "client-credentials-beside-others": "InvalidOAuthFlowException",
  "client-credentials-without-secret": "InvalidOAuthFlowException",
  "scope-unknown": "ScopeDoesNotExistException",
  "redirect-url": "InvalidParameterException",
  "redirect-default-unknown": "InvalidParameterException",
  "rotation-with-refresh-flow": "InvalidParameterException",
  "token-validity": "InvalidParameterException",
  "user-taken": "UsernameExistsException",
  "user-alias-taken": "AliasExistsException",
  "user-unknown": "UserNotFoundException",
  "user-attribute": "InvalidParameterException",
  "user-password": "InvalidPasswordException",
  "user-group-taken": "GroupExistsException",
  "identity-provider-unknown": "ResourceNotFoundException",
  "user-group-unknown": "ResourceNotFoundException",

  // Policy engines
  "policy-engine-taken": "ConflictException",
  "policy-engine-unknown": "ResourceNotFoundException",
  "policy-of-engine-taken": "ConflictException",
  "policy-not-cedar": "ValidationException",
  "policy-findings": "ValidationException",

  // IAM
  "role-taken": "EntityAlreadyExists",
  "role-unknown": "NoSuchEntity",
  "policy-taken": "EntityAlreadyExists",
  "policy-unknown": "NoSuchEntity",
  "policy-not-json": "MalformedPolicyDocument",
  "policy-syntax": "MalformedPolicyDocument",
  "policy-grammar": "MalformedPolicyDocument",
  "condition-operator": "MalformedPolicyDocument",
  "access-denied": "AccessDeniedException",
  "resource-policy": "ValidationException",
  "policy-resource-unknown": "ResourceNotFoundException",

  // REST APIs
  "rest-api-part-unknown": "NotFoundException",
  "rest-api-incomplete": "BadRequestException",
  "rest-api-part-taken": "ConflictException",
  "rest-api-body": "BadRequestException",
  "api-key-short": "BadRequestException",

  // Names that are taken, and resources that are not there
  "repository-taken": "RepositoryAlreadyExistsException",
  "function-taken": "ResourceConflictException",
  "provider-taken": "ConflictException",
  "workload-identity-taken": "ValidationException",
  "runtime-taken": "ConflictException",
  "runtime-endpoint-taken": "ConflictException",
  "gateway-taken": "ConflictException",
  "target-taken": "ConflictException",
  "runtime-unknown": "ResourceNotFoundException",
  "gateway-unknown": "ResourceNotFoundException",
  "provider-unknown": "ResourceNotFoundException",
  "workload-identity-unknown": "ResourceNotFoundException",
  "runtime-version-unknown": "ResourceNotFoundException",

  // Secrets of credential providers, which the vault keeps itself
  "secret-taken": "ResourceExistsException",
  "secret-name-pending": "InvalidRequestException",
  "secret-pending": "InvalidRequestException",
  "secret-unknown": "ResourceNotFoundException",

  // Runtimes
  "image-denied": "ValidationException",
  "runtime-role-not-assumable": "ValidationException",
  "artifact-count": "ValidationException",
  "account-closed": "ConflictException",

  // JWT authorizers of runtimes and gateways
  "discovery-url": "ValidationException",
  "authorizer-list-empty": "ValidationException",
  "authorizer-unrestricted": "ValidationException",
  workloads: "ValidationException",
  "claim-operator": "ValidationException",
  "claim-value": "ValidationException",

  // Gateways and targets
  "authorizer-missing": "ValidationException",
  "interceptor-twice": "ValidationException",
  "protocol-version": "ValidationException",
  "target-kind": "ValidationException",
  "http-on-mcp-gateway": "ValidationException",
  "mcp-without-protocol": "ValidationException",
  "policies-of-http": "ValidationException",
  "iam-service-missing": "ValidationException",
  "user-grant": "ValidationException",
  "target-document-unsupported": "ValidationException",
  "target-document": "ValidationException",
  "tool-name": "ValidationException",
  "credential-kind": "ValidationException",
  "header-restricted": "ValidationException",
  "header-of-sessions": "ValidationException",
  "header-of-credential": "ValidationException",
  "gateway-in-motion": "ConflictException",
  "rate-limit": "ValidationException",
  "rate-limit-taken": "ConflictException",
  "lambda-denied": "ValidationException",
  "gateway-role-not-assumable": "AccessDeniedException",
  "secret-denied": "AccessDeniedException",
  "workload-token": "ValidationException",
  "user-token": "ValidationException",
  "return-url": "ValidationException",
  "actor-token": "ValidationException",
  "token-exchange": "ValidationException",
  "client-credentials": "ValidationException",
} as const satisfies Readonly<Record<string, AwsErrorCode>>;

/** What the service would take. */
const NOT_EMULATED: readonly (keyof typeof REFUSALS)[] = [
  "actor-token",
  "condition-operator",
  "mcp-without-protocol",
  "policies-of-http",
  "rest-api-body",
  "target-document-unsupported",
  "target-kind",
];

/**
 * The error of a service that refuses what a configuration asks for.
 *
 * @param members what the error's shape has beside the message
 */
export function refusal(
  name: keyof typeof REFUSALS,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): AwsError {
  const Refusal = NOT_EMULATED.includes(name) ? NotEmulated : AwsError;
  return new Refusal(REFUSALS[name], message, members);
}
