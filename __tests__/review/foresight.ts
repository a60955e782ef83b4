import type { REFUSALS } from "../../emulator/cloud/refusal";

/** At least one rule, or a reason why none can; both where rules tell a part of it. */
type Foresight =
  | { readonly rules: readonly [string, ...string[]]; readonly reason?: string }
  | { readonly reason: string };

const NO_USERS = "The review looks at pools and their clients, and at no single user or group.";

/** The rules of the review that tell beforehand what the emulator refuses when a resource is created. */
export const FORESIGHT: Readonly<Record<keyof typeof REFUSALS, Foresight>> = {
  // Members of requests
  constraint: {
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
    rules: ["argument-invalid", "value-unknown", "limit-exceeded"],
  },
  "wrong-type": { reason: "Terraform makes each argument one of its schema's type." },
  "cognito-wrong-type": {
    reason: "Terraform makes each argument one of its schema's type.",
  },
  quota: { rules: ["limit-exceeded"] },

  // Cognito
  "user-pool-unknown": { rules: ["wrong-attribute"] },
  "mfa-off-with-factor": {
    reason: "The provider of Terraform sends no factor for a pool whose MFA is off.",
  },
  "mfa-without-factor": { rules: ["mfa-without-factor"] },
  "domain-reserved-word": { rules: ["name-invalid"] },
  "domain-taken": { rules: ["duplicate-name"] },
  "domain-second": { rules: ["duplicate-name"] },
  "resource-server-taken": { rules: ["duplicate-name"] },
  "auth-flows-mixed": { rules: ["client-settings-refused"] },
  "oauth-incomplete": { rules: ["client-settings-refused"] },
  "client-credentials-beside-others": { rules: ["client-settings-refused"] },
  "client-credentials-without-secret": { rules: ["client-settings-refused"] },
  "scope-unknown": { rules: ["scope-undefined"] },
  "redirect-url": { rules: ["client-settings-refused"] },
  "redirect-default-unknown": { rules: ["client-settings-refused"] },
  "rotation-with-refresh-flow": { rules: ["client-settings-refused"] },
  "token-validity": { rules: ["client-settings-refused"] },
  "user-taken": { reason: NO_USERS },
  "user-alias-taken": { reason: NO_USERS },
  "user-unknown": { reason: NO_USERS },
  "user-attribute": { reason: NO_USERS },
  "user-password": { reason: NO_USERS },
  "identity-provider-unknown": { reason: "Identity providers of pools are not deployed." },
  "user-group-taken": { reason: NO_USERS },
  "user-group-unknown": { reason: NO_USERS },

  // Policy engines
  "policy-engine-taken": { rules: ["duplicate-name"] },
  "policy-engine-unknown": { rules: ["wrong-attribute"] },
  "policy-of-engine-taken": { rules: ["duplicate-name"] },
  "policy-not-cedar": { reason: "The review reads of Cedar the names of tools alone." },
  "policy-findings": { rules: ["policy-tool-unknown"] },

  // IAM
  "role-taken": { rules: ["duplicate-name"] },
  "role-unknown": { rules: ["wrong-attribute"] },
  "policy-taken": { rules: ["duplicate-name"] },
  "policy-unknown": { rules: ["wrong-attribute"] },
  "policy-not-json": { rules: ["policy-malformed"] },
  "policy-syntax": { rules: ["policy-malformed"] },
  "policy-grammar": { rules: ["policy-malformed"] },
  "condition-operator": {
    reason: "The emulator knows fewer operators of conditions than IAM does.",
  },
  "access-denied": {
    rules: ["gateway-role-permissions", "workload-identity-case", "target-before-policy"],
  },
  "resource-policy": { rules: ["policy-malformed"] },
  "policy-resource-unknown": { rules: ["wrong-attribute"] },

  // REST APIs
  "rest-api-part-unknown": {
    reason: "Which APIs, resources and deployments there are besides the stack's, only the account knows.",
  },
  "rest-api-incomplete": {
    reason: "Which methods are there before a deployment of them, only the apply shows.",
  },
  "rest-api-body": {
    reason: "AWS takes it: the emulator keeps either what a body describes, or resources.",
  },
  "api-key-short": { reason: "Terraform's provider refuses a key of fewer characters, and of more than 128." },
  "rest-api-part-taken": {
    reason: "Terraform gives no two resources one address, and which others there are besides, only the account knows.",
  },

  // Names that are taken, and resources that are not there
  "repository-taken": { rules: ["duplicate-name"] },
  "function-taken": { rules: ["duplicate-name"] },
  "provider-taken": { rules: ["duplicate-name"] },
  "workload-identity-taken": { rules: ["duplicate-name"] },
  "runtime-taken": { rules: ["duplicate-name"] },
  "runtime-endpoint-taken": { rules: ["duplicate-name"] },
  "gateway-taken": { rules: ["duplicate-name"] },
  "target-taken": { rules: ["duplicate-target-name"] },
  "runtime-unknown": { rules: ["wrong-attribute"] },
  "gateway-unknown": { rules: ["gateway-identifier-arn", "wrong-attribute"] },
  "provider-unknown": { rules: ["wrong-attribute"] },
  "workload-identity-unknown": {
    reason: "A gateway's identity is made with the gateway.",
  },
  "runtime-version-unknown": {
    reason: "Which versions a runtime has, only the account knows.",
  },

  // Secrets of credential providers, which the vault keeps itself
  "secret-taken": { reason: "It has the provider's name, which is compared." },
  "secret-name-pending": {
    reason: "What was deleted before, only the account knows.",
  },
  "secret-pending": { reason: "What was deleted before, only the account knows." },
  "secret-unknown": { reason: "The secret is made with its provider." },

  // Runtimes
  "image-denied": {
    rules: ["runtime-role-permissions", "runtime-before-policy", "trust-too-narrow"],
  },
  "runtime-role-not-assumable": { rules: ["trust-service-missing", "wrong-attribute"] },
  "artifact-count": { reason: "Terraform looks at the count of blocks while it plans." },
  "account-closed": { reason: "The emulator is being stopped." },

  // JWT authorizers of runtimes and gateways
  "discovery-url": { rules: ["discovery-url-invalid"] },
  "authorizer-list-empty": { rules: ["allowed-list-empty"] },
  "authorizer-unrestricted": { rules: ["authorizer-unrestricted"] },
  workloads: { rules: ["workloads-invalid"] },
  "claim-operator": { rules: ["custom-claim-invalid"] },
  "claim-value": { rules: ["custom-claim-invalid"] },

  // Gateways and targets
  "authorizer-missing": { rules: ["authorizer-missing"] },
  "interceptor-twice": { rules: ["interceptor-twice"] },
  "protocol-version": { reason: "A version that is none yet may be one tomorrow." },
  "target-kind": {
    reason: "The emulator stands for fewer kinds of targets than the service offers.",
  },
  "http-on-mcp-gateway": { rules: ["http-target-on-mcp-gateway"] },
  "mcp-without-protocol": { reason: "What a gateway without a protocol makes of MCP targets, AWS tells nowhere." },
  "policies-of-http": { reason: "What policies are asked about HTTP targets, AWS tells nowhere." },
  "iam-service-missing": { rules: ["iam-service-missing"] },
  "user-grant": {
    rules: ["user-consent-impossible", "token-exchange-unconfigured", "caller-credential-impossible"],
  },
  "target-document-unsupported": {
    reason: "The emulator makes tools of fewer documents than the service does.",
  },
  "target-document": {
    rules: ["tool-schema-invalid", "tool-filter-unmet"],
    reason: "Where the endpoint rules of a Smithy model lead depends on the region.",
  },
  "tool-name": {
    rules: ["tool-name-too-long"],
    reason: "What the tools of a server are called, the server alone shows.",
  },
  "credential-kind": { rules: ["outbound-credential-unsupported"] },
  "header-restricted": { rules: ["passed-header-refused"] },
  "header-of-sessions": { rules: ["passed-header-refused"] },
  "header-of-credential": { rules: ["passed-header-refused"] },
  "gateway-in-motion": { reason: "Terraform waits until a gateway is READY before it goes on." },
  "rate-limit": { rules: ["rate-limit-refused"] },
  "rate-limit-taken": { rules: ["rate-limit-refused"] },
  "lambda-denied": { rules: ["gateway-role-permissions", "target-before-policy"] },
  "gateway-role-not-assumable": {
    rules: ["trust-service-missing", "trust-too-narrow", "wrong-attribute"],
  },
  "secret-denied": { rules: ["secret-not-readable"] },
  "workload-token": { reason: "The gateway fetches it right before it shows it." },
  "user-token": { reason: "Who calls, only the call shows." },
  "return-url": {
    reason: "Terraform cannot register a URL with the identity of a gateway.",
  },
  "actor-token": { reason: "The emulator's STS signs no identity tokens of roles." },
  "token-exchange": { rules: ["token-exchange-unconfigured"] },
  "client-credentials": {
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
};

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
  HandlerError: { reason: "The program that stands for a function's code is no part of the configuration." },
  FunctionError: { reason: "The program that stands for a function's code is no part of the configuration." },
  TimeLimitError: { reason: "How long a schema or a pattern of a server takes, the server alone shows." },
  UnknownHostError: { reason: "Hosts outside of the account are no part of the configuration." },
  LoopbackError: { reason: "The machine is no part of the configuration." },
};
