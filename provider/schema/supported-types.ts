/** The resources and data sources that the stand-in provider knows, by the folder of their binding. */
export const supportedResources = [
  "bedrockagentcore-agent-runtime",
  "bedrockagentcore-agent-runtime-endpoint",
  "bedrockagentcore-api-key-credential-provider",
  "bedrockagentcore-browser",
  "bedrockagentcore-code-interpreter",
  "bedrockagentcore-gateway",
  "bedrockagentcore-gateway-target",
  "bedrockagentcore-memory",
  "bedrockagentcore-memory-strategy",
  "bedrockagentcore-oauth2-credential-provider",
  "bedrockagentcore-token-vault-cmk",
  "bedrockagentcore-workload-identity",
  "cloudwatch-log-delivery",
  "cloudwatch-log-delivery-destination",
  "cloudwatch-log-delivery-source",
  "cloudwatch-log-group",
  "cognito-resource-server",
  "cognito-user-pool",
  "cognito-user-pool-client",
  "cognito-user-pool-domain",
  "ecr-lifecycle-policy",
  "ecr-repository",
  "iam-policy",
  "iam-role",
  "iam-role-policy",
  "iam-role-policy-attachment",
  "lambda-function",
  "s3-bucket",
  "s3-object",
] as const;

export const supportedDataSources = [
  "data-aws-caller-identity",
  "data-aws-ecr-image",
  "data-aws-iam-policy-document",
  "data-aws-partition",
  "data-aws-region",
] as const;

/** What the bindings of newer providers have, and CDKTF's do not. */
export const newerResources = [
  "bedrockagentcore-policy",
  "bedrockagentcore-policy-engine",
  "bedrockagentcore-resource-policy",
] as const;
