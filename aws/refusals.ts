/**
 * What the services refuse when a resource is created, with the error that they answer, and the rules of the review that
 * tell it beforehand, or the reason why none can.
 */
export const REFUSALS = {
  // Members of requests
  constraint: {
    code: "ValidationException",
    rules: [
      "argument-invalid",
      "value-unknown",
      "name-invalid",
      "limit-exceeded",
      "scope-too-long",
      "endpoint-not-https",
    ],
  },
  "cognito-constraint": {
    code: "InvalidParameterException",
    rules: ["argument-invalid", "value-unknown", "limit-exceeded"],
  },
  "wrong-type": { code: "ValidationException", reason: "Terraform makes each argument one of its schema's type." },
  "cognito-wrong-type": {
    code: "SerializationException",
    reason: "Terraform makes each argument one of its schema's type.",
  },
  quota: { code: "ServiceQuotaExceededException", rules: ["limit-exceeded"] },

  // Cognito
  "user-pool-unknown": { code: "ResourceNotFoundException", rules: ["wrong-attribute"] },
  "mfa-off-with-factor": {
    code: "InvalidParameterException",
    reason: "The provider of Terraform sends no factor for a pool whose MFA is off.",
  },
  "mfa-without-factor": { code: "InvalidParameterException", rules: ["mfa-without-factor"] },
  "domain-reserved-word": { code: "InvalidParameterException", rules: ["name-invalid"] },
  "domain-taken": { code: "InvalidParameterException", rules: ["duplicate-name"] },
  "domain-second": { code: "InvalidParameterException", rules: ["duplicate-name"] },
  "resource-server-taken": { code: "InvalidParameterException", rules: ["duplicate-name"] },
  "auth-flows-mixed": { code: "InvalidParameterException", rules: ["client-settings-refused"] },
  "oauth-incomplete": { code: "InvalidOAuthFlowException", rules: ["client-settings-refused"] },
  "client-credentials-beside-others": { code: "InvalidOAuthFlowException", rules: ["client-settings-refused"] },
  "client-credentials-without-secret": { code: "InvalidOAuthFlowException", rules: ["client-settings-refused"] },
  "scope-unknown": { code: "ScopeDoesNotExistException", rules: ["scope-undefined"] },
  "redirect-url": { code: "InvalidParameterException", rules: ["client-settings-refused"] },
  "redirect-default-unknown": { code: "InvalidParameterException", rules: ["client-settings-refused"] },
  "rotation-with-refresh-flow": { code: "InvalidParameterException", rules: ["client-settings-refused"] },
  "token-validity": { code: "InvalidParameterException", rules: ["client-settings-refused"] },

  // Policy engines
  "policy-engine-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "policy-engine-unknown": { code: "ResourceNotFoundException", rules: ["wrong-attribute"] },
  "policy-of-engine-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "policy-not-cedar": { code: "ValidationException", reason: "The review reads of Cedar the names of tools alone." },
  "policy-findings": { code: "ValidationException", rules: ["policy-tool-unknown"] },

  // IAM
  "role-taken": { code: "EntityAlreadyExists", rules: ["duplicate-name"] },
  "role-unknown": { code: "NoSuchEntity", rules: ["wrong-attribute"] },
  "policy-taken": { code: "EntityAlreadyExists", rules: ["duplicate-name"] },
  "policy-unknown": { code: "NoSuchEntity", rules: ["wrong-attribute"] },
  "policy-not-json": { code: "MalformedPolicyDocument", rules: ["policy-malformed"] },
  "policy-syntax": { code: "MalformedPolicyDocument", rules: ["policy-malformed"] },
  "policy-grammar": { code: "MalformedPolicyDocument", rules: ["policy-malformed"] },
  "condition-operator": {
    code: "MalformedPolicyDocument",
    reason: "The emulator knows fewer operators of conditions than IAM does.",
  },
  "access-denied": {
    code: "AccessDeniedException",
    rules: ["gateway-role-permissions", "workload-identity-case", "target-before-policy"],
  },

  "resource-policy": { code: "ValidationException", rules: ["policy-malformed"] },
  "policy-resource-unknown": { code: "ResourceNotFoundException", rules: ["wrong-attribute"] },

  // REST APIs
  "rest-api-part-unknown": {
    code: "ResourceNotFoundException",
    reason: "Which APIs, resources and deployments there are besides the stack's, only the account knows.",
  },
  "rest-api-empty": {
    code: "ValidationException",
    reason: "Which methods are there before a deployment of them, only the apply shows.",
  },

  // Names that are taken, and resources that are not there
  "repository-taken": { code: "RepositoryAlreadyExistsException", rules: ["duplicate-name"] },
  "function-taken": { code: "ResourceConflictException", rules: ["duplicate-name"] },
  "provider-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "workload-identity-taken": { code: "ValidationException", rules: ["duplicate-name"] },
  "runtime-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "runtime-endpoint-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "gateway-taken": { code: "ConflictException", rules: ["duplicate-name"] },
  "target-taken": { code: "ConflictException", rules: ["duplicate-target-name"] },
  "runtime-unknown": { code: "ResourceNotFoundException", rules: ["wrong-attribute"] },
  "gateway-unknown": { code: "ResourceNotFoundException", rules: ["gateway-identifier-arn", "wrong-attribute"] },
  "provider-unknown": { code: "ResourceNotFoundException", rules: ["wrong-attribute"] },
  "workload-identity-unknown": {
    code: "ResourceNotFoundException",
    reason: "A gateway's identity is made with the gateway.",
  },
  "runtime-version-unknown": {
    code: "ResourceNotFoundException",
    reason: "Which versions a runtime has, only the account knows.",
  },

  // Secrets of credential providers, which the vault keeps itself
  "secret-taken": { code: "ResourceExistsException", reason: "It has the provider's name, which is compared." },
  "secret-name-pending": {
    code: "InvalidRequestException",
    reason: "What was deleted before, only the account knows.",
  },
  "secret-pending": { code: "InvalidRequestException", reason: "What was deleted before, only the account knows." },
  "secret-unknown": { code: "ResourceNotFoundException", reason: "The secret is made with its provider." },

  // Runtimes
  "image-denied": {
    code: "ValidationException",
    rules: ["runtime-role-permissions", "runtime-before-policy", "trust-too-narrow"],
  },
  "runtime-role-not-assumable": { code: "ValidationException", rules: ["trust-service-missing", "wrong-attribute"] },
  "artifact-count": { code: "ValidationException", reason: "Terraform looks at the count of blocks while it plans." },
  "account-closed": { code: "ConflictException", reason: "The emulator is being stopped." },

  // JWT authorizers of runtimes and gateways
  "discovery-url": { code: "ValidationException", rules: ["discovery-url-invalid"] },
  "authorizer-list-empty": { code: "ValidationException", rules: ["allowed-list-empty"] },
  "authorizer-unrestricted": { code: "ValidationException", rules: ["authorizer-unrestricted"] },
  workloads: { code: "ValidationException", rules: ["workloads-invalid"] },
  "claim-operator": { code: "ValidationException", rules: ["custom-claim-invalid"] },
  "claim-value": { code: "ValidationException", rules: ["custom-claim-invalid"] },

  // Gateways and targets
  "authorizer-missing": { code: "ValidationException", rules: ["authorizer-missing"] },
  "interceptor-twice": { code: "ValidationException", rules: ["interceptor-twice"] },
  "protocol-version": { code: "ValidationException", reason: "A version that is none yet may be one tomorrow." },
  "target-kind": {
    code: "ValidationException",
    rules: ["http-target-on-mcp-gateway"],
    reason: "The emulator stands for fewer kinds of targets than the service offers.",
  },
  "iam-service-missing": { code: "ValidationException", rules: ["iam-service-missing"] },
  "user-grant": { code: "ValidationException", rules: ["user-consent-impossible", "token-exchange-unconfigured"] },
  "target-document-unsupported": {
    code: "ValidationException",
    reason: "The emulator makes tools of fewer documents than the service does.",
  },
  "target-document": {
    code: "ValidationException",
    rules: ["tool-schema-invalid", "tool-filter-unmet"],
    reason: "Where the endpoint rules of a Smithy model lead depends on the region.",
  },
  "credential-kind": { code: "ValidationException", rules: ["outbound-credential-unsupported"] },
  "header-restricted": { code: "ValidationException", rules: ["passed-header-refused"] },
  "header-of-sessions": { code: "ValidationException", rules: ["passed-header-refused"] },
  "header-of-credential": { code: "ValidationException", rules: ["passed-header-refused"] },
  "lambda-denied": { code: "ValidationException", rules: ["gateway-role-permissions", "target-before-policy"] },
  "gateway-role-not-assumable": {
    code: "AccessDeniedException",
    rules: ["trust-service-missing", "trust-too-narrow", "wrong-attribute"],
  },
  "secret-denied": { code: "AccessDeniedException", rules: ["secret-not-readable"] },
  "workload-token": { code: "ValidationException", reason: "The gateway fetches it right before it shows it." },
  "user-token": { code: "ValidationException", reason: "Who calls, only the call shows." },
  "return-url": {
    code: "ValidationException",
    reason: "Terraform cannot register a URL with the identity of a gateway.",
  },
  "actor-token": { code: "ValidationException", reason: "The emulator's STS signs no identity tokens of roles." },
  "token-exchange": { code: "ValidationException", rules: ["token-exchange-unconfigured"] },
  "client-credentials": {
    code: "ValidationException",
    rules: [
      "client-not-confidential",
      "client-secret-mismatch",
      "scope-not-allowed",
      "scope-undefined",
      "user-pool-domain-missing",
      "discovery-url-region",
      "wrong-attribute",
    ],
  },
} as const satisfies Readonly<Record<string, Refusal>>;

/** At least one rule, or a reason; both where rules tell a part of it. */
type Foresight =
  { readonly rules: readonly [string, ...string[]]; readonly reason?: string } | { readonly reason: string };
type Refusal = Foresight & { readonly code: string };

/** Ways in which a target fails after it was accepted, by the class of the failure. */
export const TARGET_FAILURES: Readonly<Record<string, Foresight>> = {
  InputSchemaError: { rules: ["tool-schema-invalid"] },
  McpServerError: {
    rules: [
      "runtime-not-mcp",
      "oauth-to-iam-runtime",
      "iam-to-jwt-runtime",
      "outbound-authorization-missing",
      "client-not-allowed",
      "issuer-mismatch",
      "cognito-audience",
      "allowed-scopes-unmet",
      "endpoint-path",
      "endpoint-region",
      "endpoint-arn-not-encoded",
    ],
    reason: "What else a server answers, the server alone shows.",
  },
  AuthorizationServerError: { reason: "The vault tells it in its own words, see client-credentials." },
  ContainerError: { reason: "The program that stands for the runtime's image is no part of the configuration." },
  ServerStartError: { reason: "The program that stands for the runtime's image is no part of the configuration." },
  HandlerError: { reason: "The program that stands for a function's code is no part of the configuration." },
  FunctionError: { reason: "The program that stands for a function's code is no part of the configuration." },
  TimeLimitError: { reason: "How long a schema or a pattern of a server takes, the server alone shows." },
  UnknownHostError: { reason: "Hosts outside of the account are no part of the configuration." },
  LoopbackError: { reason: "The machine is no part of the configuration." },
};
