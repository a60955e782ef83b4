import { entryOf } from "../topology";

/** What a block may hold. */
export interface BlockSchema {
  /** Each name, with what is inside where it is a block. */
  readonly members: ReadonlyMap<string, BlockSchema | undefined>;
  /** What Terraform refuses the block without. */
  readonly required: readonly string[];
}

const PRIVATE_ENDPOINT = `
managed_vpc_resource{endpoint_ip_address_type! routing_domain security_group_ids subnet_ids! tags vpc_identifier!}
self_managed_lattice_resource{resource_configuration_identifier}`;
const DOCUMENT = "inline_payload{payload!} s3{bucket_owner_account_id uri}";
const CLIENT = `
client_credentials_wo_version client_id client_id_wo client_secret client_secret_source client_secret_wo`;
const SECRET = "client_secret_config{json_key! secret_id!}";
const LEAF = "property{description items_json name! properties_json required type!}";
const ITEMS = `
items{description type! items{description items_json properties_json type!} ${LEAF}}`;
const SCHEMA = `
description type! ${ITEMS} property{description name! required type! ${ITEMS} ${LEAF}}`;
const JWT = `
allowed_audience allowed_clients allowed_scopes discovery_url! allowed_workload_configuration{workload_identities
hosting_environment{arn!}} custom_claim{inbound_token_claim_name! inbound_token_claim_value_type!
authorizing_claim_match_value{claim_match_operator! claim_match_value{match_value_string match_value_string_list}}}
private_endpoint{${PRIVATE_ENDPOINT}} private_endpoint_overrides{domain! private_endpoint{${PRIVATE_ENDPOINT}}}`;

/**
 * By type: every argument and block that some release of the AWS provider takes from 5.100 to 6.66, `!` where all that know
 * it require it, which of blocks only the provider's source says (`listvalidator.IsRequired` of
 * internal/service/bedrockagentcore).
 */
export const SCHEMAS: Readonly<Record<string, string>> = {
  aws_bedrockagentcore_agent_runtime: `
agent_runtime_name! description environment_variables region role_arn! tags
agent_runtime_artifact!{code_configuration{entry_point! runtime! code{s3{bucket! prefix! version_id}}}
container_configuration{container_uri!}} authorizer_configuration{custom_jwt_authorizer{${JWT}}}
filesystem_configuration{efs_access_point{access_point_arn! mount_path!} s3_files_access_point{access_point_arn!
mount_path!} session_storage{mount_path!}} lifecycle_configuration{idle_runtime_session_timeout max_lifetime}
network_configuration!{network_mode! network_mode_config{security_groups! subnets!}}
protocol_configuration{server_protocol} request_header_configuration{request_header_allowlist} timeouts{create
delete update}`,
  aws_bedrockagentcore_agent_runtime_endpoint: `
agent_runtime_id! agent_runtime_version description name! region tags timeouts{create delete update}`,
  aws_bedrockagentcore_api_key_credential_provider: `
api_key api_key_secret_source api_key_wo api_key_wo_version name! region tags api_key_secret_config{json_key!
secret_id!}`,
  aws_bedrockagentcore_gateway: `
authorizer_type! description exception_level kms_key_arn name! protocol_type region role_arn! tags
authorizer_configuration{custom_jwt_authorizer{${JWT}}} interceptor_configuration{interception_points!
input_configuration{pass_request_headers!} interceptor{lambda{arn!}}} policy_engine_configuration{arn! mode!}
protocol_configuration{mcp{instructions search_type supported_versions
session_configuration{session_timeout_in_seconds} streaming_configuration{enable_response_streaming}}}
timeouts{create delete update}`,
  aws_bedrockagentcore_gateway_target: `
description gateway_identifier! name! region credential_provider_configuration{api_key{credential_location
credential_parameter_name credential_prefix provider_arn!} caller_iam_credentials{region service!}
gateway_iam_role{region service} jwt_passthrough{} oauth{custom_parameters default_return_url grant_type
provider_arn! scopes!}} metadata_configuration{allowed_query_parameters allowed_request_headers
allowed_response_headers} private_endpoint{${PRIVATE_ENDPOINT}} target_configuration!{http{agentcore_runtime{arn!
qualifier schema{source{${DOCUMENT}}}} passthrough{endpoint! protocol_type!
static_query_parameter_conflict_resolution static_query_parameters schema{source{${DOCUMENT}}}
stickiness_configuration{composite_identifier identifier! timeout}}} inference{connector{source{connector_id!}}
provider{endpoint! model_mapping{provider_prefix{separator strip}} operation{path! provider_path model{model!}}}}
mcp{api_gateway{rest_api_id! stage! api_gateway_tool_configuration{tool_filter{filter_path! methods!}
tool_override{description method! name! path!}}} connector{enabled configuration{description name!
parameter_values parameter_override{description path! visible}} source{connector_id! version}} lambda{lambda_arn!
tool_schema!{inline_payload{description! name! input_schema!{${SCHEMA}} output_schema{${SCHEMA}}}
s3{bucket_owner_account_id uri}}} mcp_server{endpoint! listing_mode resource_priority
mcp_tool_schema{inline_payload{payload!} s3{bucket_owner_account_id uri!}}} open_api_schema{${DOCUMENT}}
smithy_model{${DOCUMENT}}}} timeouts{create delete update}`,
  aws_bedrockagentcore_oauth2_credential_provider: `
credential_provider_vendor! name! region tags oauth2_provider_config!{atlassian_oauth2_provider_config{${CLIENT}
${SECRET}} custom_oauth2_provider_config{client_authentication_method ${CLIENT} ${SECRET}
oauth_discovery{discovery_url authorization_server_metadata{authorization_endpoint! issuer! response_types
token_endpoint! token_endpoint_auth_methods}} on_behalf_of_token_exchange_config{grant_type!
token_exchange_grant_type_config{actor_token_content! actor_token_scopes}} private_endpoint{${PRIVATE_ENDPOINT}}
private_endpoint_override{domain! private_endpoint{${PRIVATE_ENDPOINT}}}
private_key_jwt_config{additional_header_claims additional_payload_claims signing_algorithm
private_key_source{kms_key_source{kms_key_arn!}}}} github_oauth2_provider_config{${CLIENT} ${SECRET}}
google_oauth2_provider_config{${CLIENT} ${SECRET}} included_oauth2_provider_config{authorization_endpoint
${CLIENT} issuer token_endpoint ${SECRET}} linkedin_oauth2_provider_config{${CLIENT} ${SECRET}}
microsoft_oauth2_provider_config{${CLIENT} tenant_id tenant_id_wo tenant_id_wo_version ${SECRET}}
salesforce_oauth2_provider_config{${CLIENT} ${SECRET}} slack_oauth2_provider_config{${CLIENT} ${SECRET}}}
timeouts{create delete update}`,
  aws_bedrockagentcore_workload_identity: "allowed_resource_oauth2_return_urls name! region",
  aws_bedrockagentcore_policy: `
description name! policy_engine_id! region validation_mode definition!{cedar!{statement!}} timeouts{create delete
update}`,
  aws_bedrockagentcore_policy_engine: "description encryption_key_arn name! region tags timeouts{create delete update}",
  aws_bedrockagentcore_resource_policy: "policy! region resource_arn!",
  aws_cognito_resource_server: "id identifier! name! region user_pool_id! scope{scope_description! scope_name!}",
  aws_cognito_user_pool: `
alias_attributes auto_verified_attributes deletion_protection email_verification_message
email_verification_subject id mfa_configuration name! region sms_authentication_message sms_verification_message
tags tags_all user_pool_tier username_attributes account_recovery_setting{recovery_mechanism{name! priority!}}
admin_create_user_config{allow_admin_create_user_only invite_message_template{email_message email_subject
sms_message}} device_configuration{challenge_required_on_new_device device_only_remembered_on_user_prompt}
email_configuration{configuration_set email_sending_account from_email_address reply_to_email_address source_arn}
email_mfa_configuration{message subject} lambda_config{create_auth_challenge custom_message define_auth_challenge
kms_key_id post_authentication post_confirmation pre_authentication pre_sign_up pre_token_generation
user_migration verify_auth_challenge_response custom_email_sender{lambda_arn! lambda_version!}
custom_sms_sender{lambda_arn! lambda_version!} pre_token_generation_config{lambda_arn! lambda_version!}}
password_policy{minimum_length password_history_size require_lowercase require_numbers require_symbols
require_uppercase temporary_password_validity_days} schema{attribute_data_type! developer_only_attribute mutable
name! required number_attribute_constraints{max_value min_value} string_attribute_constraints{max_length
min_length}} sign_in_policy{allowed_first_auth_factors} sms_configuration{external_id! sns_caller_arn! sns_region}
software_token_mfa_configuration{enabled!}
user_attribute_update_settings{attributes_require_verification_before_update!}
user_pool_add_ons{advanced_security_mode! advanced_security_additional_flows{custom_auth_mode}}
username_configuration{case_sensitive} verification_message_template{default_email_option email_message
email_message_by_link email_subject email_subject_by_link sms_message} web_authn_configuration{relying_party_id
user_verification}`,
  aws_cognito_user_pool_client: `
access_token_validity allowed_oauth_flows allowed_oauth_flows_user_pool_client allowed_oauth_scopes
auth_session_validity callback_urls default_redirect_uri enable_propagate_additional_user_context_data
enable_token_revocation explicit_auth_flows generate_secret id_token_validity logout_urls name!
prevent_user_existence_errors read_attributes refresh_token_validity region supported_identity_providers
user_pool_id! write_attributes analytics_configuration{application_arn application_id external_id role_arn
user_data_shared} refresh_token_rotation{feature! retry_grace_period_seconds} token_validity_units{access_token
id_token refresh_token}`,
  aws_cognito_user_pool_domain: "certificate_arn domain! id managed_login_version region user_pool_id!",
  aws_cognito_user: `
attributes client_metadata desired_delivery_mediums enabled force_alias_creation id message_action password region
temporary_password user_pool_id! username! validation_data`,
  aws_cognito_user_group: "description id name! precedence region role_arn user_pool_id!",
  aws_cognito_user_in_group: "group_name! id region user_pool_id! username!",
  aws_iam_policy: "delay_after_policy_creation_in_ms description id name name_prefix path policy! tags tags_all",
  aws_iam_role: `
assume_role_policy! description force_detach_policies id managed_policy_arns max_session_duration name name_prefix
path permissions_boundary tags tags_all inline_policy{name policy}`,
  aws_iam_role_policy: "id name name_prefix policy! role!",
  aws_iam_role_policy_attachment: "id policy_arn! role!",
};

/** The kinds of AgentCore's resources in the same releases, after `aws_bedrockagentcore_`. */
export const KINDS: ReadonlySet<string> = new Set(
  `agent_runtime agent_runtime_endpoint api_key_credential_provider browser browser_profile code_interpreter evaluator
  gateway gateway_rule gateway_target harness memory memory_strategy oauth2_credential_provider
  online_evaluation_config policy policy_engine registry resource_policy token_vault_cmk workload_identity`.split(
    /\s+/,
  ),
);

const schemas = new Map<string, BlockSchema>();

/** What the resources of a type may hold; undefined where that is not known. */
export function schemaOf(type: string): BlockSchema | undefined {
  const text = Object.hasOwn(SCHEMAS, type) ? SCHEMAS[type] : undefined;
  if (text === undefined) return undefined;
  return entryOf(schemas, type, () => parse((text.match(/[{}]|[^\s{}]+/g) ?? []).values()));
}

/** Reads names to the end of their block. */
function parse(tokens: Iterator<string>): BlockSchema {
  const members = new Map<string, BlockSchema | undefined>();
  const required: string[] = [];
  let name = "";
  for (let next = tokens.next(); next.done !== true && next.value !== "}"; next = tokens.next()) {
    if (next.value === "{") {
      members.set(name, parse(tokens));
      continue;
    }
    name = next.value.replace("!", "");
    members.set(name, undefined);
    if (name !== next.value) required.push(name);
  }
  return { members, required };
}
