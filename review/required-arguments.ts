/**
 * What resources cannot be without, by type: the schema of the AWS provider, in each of its releases that knows the type
 * (`protocol_type` of gateways became optional in 6.66).
 */
export const REQUIRED_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_bedrockagentcore_agent_runtime", ["agent_runtime_name", "role_arn"]],
  ["aws_bedrockagentcore_agent_runtime_endpoint", ["agent_runtime_id", "name"]],
  ["aws_bedrockagentcore_api_key_credential_provider", ["name"]],
  ["aws_bedrockagentcore_gateway", ["authorizer_type", "name", "role_arn"]],
  ["aws_bedrockagentcore_gateway_target", ["gateway_identifier", "name"]],
  ["aws_bedrockagentcore_oauth2_credential_provider", ["credential_provider_vendor", "name"]],
  ["aws_bedrockagentcore_workload_identity", ["name"]],
  ["aws_cognito_resource_server", ["identifier", "name", "user_pool_id"]],
  ["aws_cognito_user_pool", ["name"]],
  ["aws_cognito_user_pool_client", ["name", "user_pool_id"]],
  ["aws_cognito_user_pool_domain", ["domain", "user_pool_id"]],
  ["aws_iam_policy", ["policy"]],
  ["aws_iam_role", ["assume_role_policy"]],
  ["aws_iam_role_policy", ["policy", "role"]],
  ["aws_iam_role_policy_attachment", ["policy_arn", "role"]],
]);
