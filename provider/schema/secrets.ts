/**
 * Attributes whose values terraform hides, or never stores, at any depth of the resource. The bindings do not say so;
 * this is from the provider's source: internal/service/bedrockagentcore/{oauth2,api_key}_credential_provider.go and
 * internal/service/cognitoidp/user_pool_client.go of hashicorp/terraform-provider-aws.
 */
export const sensitiveAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_bedrockagentcore_api_key_credential_provider: ["api_key", "api_key_wo"],
  aws_bedrockagentcore_oauth2_credential_provider: [
    "client_id",
    "client_id_wo",
    "client_secret",
    "client_secret_wo",
    "tenant_id_wo",
  ],
  aws_cognito_user_pool_client: ["client_secret"],
};

export const writeOnlyAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_bedrockagentcore_api_key_credential_provider: ["api_key_wo"],
  aws_bedrockagentcore_oauth2_credential_provider: ["client_id_wo", "client_secret_wo", "tenant_id_wo"],
};
