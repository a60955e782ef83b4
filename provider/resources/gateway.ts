import { agentCoreArn, generatedId, lowerAlphanumerics } from "./account";
import { hasLength, hasSize, isArn, isOneOf, matches, type Rule } from "../validation/rules";
import { isList } from "../wire/value";
import { type ResourceFacts, text } from "./facts";

// hashicorp/terraform-provider-aws internal/service/bedrockagentcore/gateway.go, ValidateConfig.
const jwtAuthorizerIsConfigured: Rule = ({ authorizer_type: type, authorizer_configuration: blocks }) =>
  type === "CUSTOM_JWT" && isList(blocks) && blocks.length === 0
    ? [
        {
          path: ["authorizer_configuration"],
          summary: "Missing Required Attribute",
          detail: "authorizer_configuration is required when authorizer_type is CUSTOM_JWT",
        },
      ]
    : [];

// botocore's model of bedrock-agentcore-control 2023-06-05.
export const jwtAuthorizerRules: readonly Rule[] = [
  matches(
    "authorizer_configuration.custom_jwt_authorizer.discovery_url",
    /\/\.well-known\/openid-configuration$/,
    "must end in /.well-known/openid-configuration",
  ),
  hasSize("authorizer_configuration.custom_jwt_authorizer.allowed_clients", 1),
  hasSize("authorizer_configuration.custom_jwt_authorizer.allowed_audience", 1),
];

/** `aws_bedrockagentcore_gateway`: gateway.go of the provider, and the service's model for `create`. */
export const gateway: ResourceFacts = {
  validate: [
    matches("name", /^([0-9a-zA-Z]-?){1,100}$/),
    isOneOf("authorizer_type", ["CUSTOM_JWT", "AWS_IAM", "NONE", "AUTHENTICATE_ONLY"]),
    isOneOf("protocol_type", ["MCP"]),
    isOneOf("exception_level", ["DEBUG"]),
    hasLength("description", 1, 200),
    isArn("role_arn", "kms_key_arn", "interceptor_configuration.interceptor.lambda.arn"),
    hasSize("authorizer_configuration", 0, 1),
    hasSize("authorizer_configuration.custom_jwt_authorizer", 0, 1),
    hasSize("interceptor_configuration", 0, 2),
    isOneOf("interceptor_configuration.interception_points", ["REQUEST", "RESPONSE"]),
    hasSize("protocol_configuration", 0, 1),
    hasSize("protocol_configuration.mcp", 0, 1),
    hasLength("protocol_configuration.mcp.instructions", 1, 2048),
    isOneOf("protocol_configuration.mcp.search_type", ["SEMANTIC"]),
    isArn("policy_engine_configuration.arn"),
    isOneOf("policy_engine_configuration.mode", ["LOG_ONLY", "ENFORCE"]),
    jwtAuthorizerIsConfigured,
  ],
  create: [matches("name", /^([0-9a-zA-Z]-?){1,48}$/), ...jwtAuthorizerRules],
  replacedBy: ["name", "authorizer_type"],
  assigned: (resource, account) => {
    const name = text(resource, "name");
    const id = `${name.toLowerCase()}-${generatedId(`gateway ${name}`, 10, lowerAlphanumerics)}`;
    const path = resource["protocol_type"] === "MCP" ? "/mcp" : "";
    const identity = `workload-identity-directory/default/workload-identity/${id}`;
    return {
      gateway_id: id,
      gateway_arn: agentCoreArn(account, `gateway/${id}`),
      gateway_url: `https://${id}.gateway.bedrock-agentcore.${account.region}.amazonaws.com${path}`,
      workload_identity_details: [{ workload_identity_arn: agentCoreArn(account, identity) }],
    };
  },
};
