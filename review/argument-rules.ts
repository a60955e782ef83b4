import * as limits from "../aws/agentcore/limits";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  LAMBDA_ARN,
  POLICY_NAME,
  RUNTIME_ARN,
  S3_URI,
  WORKLOAD_IDENTITY_NAME,
} from "../aws/agentcore/names";
import { GRANT_TYPES } from "../aws/agentcore/outbound-matrix";
import { MAX_PASSED_ON, PASSED_HEADER, PASSED_PARAMETER } from "../aws/agentcore/passed-on";
import * as values from "../aws/agentcore/values";
import { AUTH_FLOWS, OAUTH_FLOWS } from "../aws/cognito/flows";
import { GROUP, PASSWORD_LENGTH, RESOURCE_SERVER_SCOPES, TEMPORARY_PASSWORD_DAYS } from "../aws/cognito/limits";
import * as cognito from "../aws/cognito/names";
import { CONTACTS } from "../aws/cognito/user-attributes";
import { SCOPE_PATTERN } from "../aws/oauth";
import type { NameRule } from "../aws/name-rule";

/** What a service takes as the value of an argument; of a list, each of its texts. */
export interface ArgumentRule {
  /** Such as `protocol_configuration.mcp.search_type`. */
  readonly path: string;
  readonly text?: NameRule;
  readonly values?: readonly string[];
  readonly number?: {
    readonly shortest: number;
    readonly longest: number;
    /** What the provider sends where a block leaves the argument out. */
    readonly leftOut?: number;
  };
  /** How many texts or blocks it may have. */
  readonly count?: number;
}

function characters(maxLength: number, minLength = 1): NameRule {
  return { pattern: "[\\s\\S]*", minLength, maxLength, description: `${minLength} to ${maxLength} characters` };
}

const SCOPE: NameRule = {
  pattern: SCOPE_PATTERN,
  maxLength: limits.ALLOWED_SCOPE_LENGTH,
  description: "scopes of visible ASCII characters other than quotes and backslashes",
};

const custom = "oauth2_provider_config.custom_oauth2_provider_config";
const code = "agent_runtime_artifact.code_configuration";
const jwt = "authorizer_configuration.custom_jwt_authorizer";

function privateEndpoint(path: string): readonly ArgumentRule[] {
  const { securityGroups, domainLength } = limits.PRIVATE_ENDPOINT;
  const resource = `${path}.managed_vpc_resource`;
  return [
    { path: `${resource}.endpoint_ip_address_type`, values: values.IP_ADDRESS_TYPES },
    { path: `${resource}.security_group_ids`, count: securityGroups },
    { path: `${resource}.routing_domain`, text: characters(domainLength.longest, domainLength.shortest) },
  ];
}

/** Of the arguments that have no rule of their own, by Terraform's name of the kind. */
export const ARGUMENT_RULES: Readonly<Record<string, readonly ArgumentRule[]>> = {
  aws_bedrockagentcore_gateway: [
    { path: "policy_engine_configuration.mode", values: values.POLICY_ENGINE_MODES },
    { path: "description", text: characters(limits.MAX_GATEWAY_DESCRIPTION) },
    { path: "authorizer_type", values: values.AUTHORIZER_TYPES },
    { path: "protocol_type", values: values.PROTOCOL_TYPES },
    { path: "protocol_configuration.mcp.instructions", text: characters(limits.MAX_INSTRUCTIONS) },
    { path: "protocol_configuration.mcp.search_type", values: values.SEARCH_TYPES },
    { path: "exception_level", values: values.EXCEPTION_LEVELS },
    {
      path: "protocol_configuration.mcp.session_configuration.session_timeout_in_seconds",
      number: limits.GATEWAY_SESSION_SECONDS,
    },
    ...privateEndpoint(`${jwt}.private_endpoint`),
    { path: `${jwt}.allowed_scopes`, text: SCOPE },
    { path: "interceptor_configuration", count: limits.MAX_INTERCEPTORS },
    { path: "interceptor_configuration.interception_points", values: values.INTERCEPTION_POINTS },
    { path: "interceptor_configuration.interceptor.lambda.arn", text: LAMBDA_ARN },
  ],
  aws_bedrockagentcore_gateway_target: [
    { path: "target_configuration.http.agentcore_runtime.arn", text: RUNTIME_ARN },
    { path: "description", text: characters(limits.MAX_GATEWAY_DESCRIPTION) },
    { path: "credential_provider_configuration.oauth.scopes", text: characters(Infinity) },
    { path: "credential_provider_configuration.oauth.grant_type", values: GRANT_TYPES },
    ...["request_headers", "response_headers"].map((name) => ({
      path: `metadata_configuration.allowed_${name}`,
      text: PASSED_HEADER,
      count: MAX_PASSED_ON,
    })),
    { path: "metadata_configuration.allowed_query_parameters", text: PASSED_PARAMETER, count: MAX_PASSED_ON },
    ...privateEndpoint("private_endpoint"),
    { path: "target_configuration.mcp.mcp_server.listing_mode", values: values.LISTING_MODES },
    { path: "target_configuration.mcp.mcp_server.resource_priority", number: limits.RESOURCE_PRIORITY },
    ...["open_api_schema", "smithy_model"].map((document) => ({
      path: `target_configuration.mcp.${document}.inline_payload.payload`,
      text: characters(limits.MAX_INLINE_SCHEMA),
    })),
    ...["tool_filter.methods", "tool_override.method"].map((name) => ({
      path: `target_configuration.mcp.api_gateway.api_gateway_tool_configuration.${name}`,
      values: values.REST_API_METHODS,
    })),
    ...["mcp_server.mcp_tool_schema", "lambda.tool_schema", "open_api_schema", "smithy_model"].flatMap((document) => [
      { path: `target_configuration.mcp.${document}.s3.uri`, text: S3_URI },
      { path: `target_configuration.mcp.${document}.s3.bucket_owner_account_id`, text: ACCOUNT_ID },
    ]),
  ],
  aws_bedrockagentcore_agent_runtime: [
    { path: "network_configuration.network_mode", values: values.NETWORK_MODES },
    { path: "protocol_configuration.server_protocol", values: values.SERVER_PROTOCOLS },
    {
      path: "request_header_configuration.request_header_allowlist",
      text: limits.HEADER_NAME,
      count: limits.MAX_ALLOWED_HEADERS,
    },
    {
      path: "agent_runtime_artifact.container_configuration.container_uri",
      text: characters(limits.MAX_CONTAINER_URI),
    },
    { path: `${code}.runtime`, values: Object.values(values.CODE_RUNTIMES) },
    {
      path: `${code}.entry_point`,
      text: characters(limits.CODE_ENTRY_POINT.length),
      count: limits.CODE_ENTRY_POINT.count,
    },
    { path: `${code}.code.s3.bucket`, text: BUCKET_NAME },
    { path: `${code}.code.s3.prefix`, text: characters(limits.S3_KEY_LENGTH) },
    {
      path: `${code}.code.s3.version_id`,
      text: characters(limits.S3_VERSION_LENGTH.longest, limits.S3_VERSION_LENGTH.shortest),
    },
    { path: `${jwt}.allowed_scopes`, text: SCOPE },
  ],
  aws_bedrockagentcore_agent_runtime_endpoint: [
    { path: "description", text: characters(limits.MAX_ENDPOINT_DESCRIPTION) },
  ],
  aws_bedrockagentcore_oauth2_credential_provider: [
    { path: "credential_provider_vendor", values: values.CREDENTIAL_PROVIDER_VENDORS },
    { path: `${custom}.on_behalf_of_token_exchange_config.grant_type`, values: values.EXCHANGE_GRANT_TYPES },
    {
      path: `${custom}.on_behalf_of_token_exchange_config.token_exchange_grant_type_config.actor_token_content`,
      values: values.ACTOR_TOKENS,
    },
    ...privateEndpoint(`${custom}.private_endpoint`),
    { path: `${custom}.client_id`, text: characters(limits.CLIENT_CREDENTIALS.idLength) },
    { path: `${custom}.client_secret`, text: characters(limits.CLIENT_CREDENTIALS.secretLength) },
  ],
  aws_bedrockagentcore_api_key_credential_provider: [{ path: "api_key", text: characters(limits.MAX_API_KEY) }],
  aws_bedrockagentcore_policy_engine: [
    { path: "name", text: POLICY_NAME },
    { path: "description", text: characters(limits.POLICY.descriptionLength) },
  ],
  aws_bedrockagentcore_policy: [
    { path: "name", text: POLICY_NAME },
    { path: "description", text: characters(limits.POLICY.descriptionLength) },
    {
      path: "definition.cedar.statement",
      text: characters(limits.POLICY.statementLength.longest, limits.POLICY.statementLength.shortest),
    },
    { path: "validation_mode", values: values.POLICY_VALIDATION_MODES },
  ],
  aws_bedrockagentcore_workload_identity: [
    { path: "name", text: WORKLOAD_IDENTITY_NAME },
    { path: "allowed_resource_oauth2_return_urls", text: limits.RETURN_URL },
  ],
  aws_cognito_user_pool: [
    { path: "name", text: cognito.USER_POOL_NAME },
    { path: "password_policy.minimum_length", number: { ...PASSWORD_LENGTH, leftOut: 0 } },
    {
      path: "password_policy.temporary_password_validity_days",
      number: { shortest: 0, longest: TEMPORARY_PASSWORD_DAYS.longest },
    },
    { path: "username_attributes", values: CONTACTS },
  ],
  aws_cognito_resource_server: [
    { path: "identifier", text: cognito.RESOURCE_SERVER_IDENTIFIER },
    { path: "name", text: { ...cognito.USER_POOL_NAME, maxLength: 256 } },
    { path: "scope", count: RESOURCE_SERVER_SCOPES.count },
    { path: "scope.scope_name", text: cognito.SCOPE_NAME },
    { path: "scope.scope_description", text: characters(RESOURCE_SERVER_SCOPES.descriptionLength) },
  ],
  aws_cognito_user: [
    { path: "username", text: cognito.USERNAME },
    { path: "password", text: cognito.PASSWORD },
    { path: "temporary_password", text: cognito.PASSWORD },
  ],
  aws_cognito_user_group: [
    { path: "name", text: cognito.USERNAME },
    { path: "description", text: characters(GROUP.descriptionLength, 0) },
    { path: "role_arn", text: characters(GROUP.roleArnLength.longest, GROUP.roleArnLength.shortest) },
    { path: "precedence", number: GROUP.precedence },
  ],
  aws_cognito_user_pool_client: [
    { path: "name", text: cognito.USER_POOL_NAME },
    { path: "explicit_auth_flows", values: AUTH_FLOWS },
    { path: "allowed_oauth_flows", values: OAUTH_FLOWS },
    { path: "allowed_oauth_scopes", text: cognito.RESOURCE_SERVER_IDENTIFIER },
  ],
};
