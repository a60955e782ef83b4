import type { Arguments } from "../arguments/arguments";
import type { ValueObject } from "../language/value";
import { generatedName } from "../arguments/generated-name";
import { arnOf, type DataSource, type DeploymentEnvironment } from "./data-source";
import { DIGITS, HEX, LETTERS, madeUp, madeUpUuid } from "./made-up";

const BROWSER = {
  browser_id: "{name}-{id:10}",
  browser_arn: "arn:bedrock-agentcore:browser-custom/{name}-{id:10}",
};

const CODE_INTERPRETER = {
  code_interpreter_id: "{name}-{id:10}",
  code_interpreter_arn: "arn:bedrock-agentcore:code-interpreter-custom/{name}-{id:10}",
};

/**
 * Attributes of resources that no service here creates, under the names of their providers' documentation. In braces stand
 * an argument, or what is made up: `name`, which the provider makes where it is left out, `uuid`, and as many characters
 * as the number says, of hexadecimal digits, or of letters and digits. An ARN is written without its partition, region and
 * account. URLs are left out: those that AWS gives are of hosts outside of this machine.
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_apigatewayv2_api: {
    id: "{id:10}",
    arn: "arn:apigateway:/apis/{id:10}",
    execution_arn: "arn:execute-api:{id:10}",
  },
  aws_apigatewayv2_authorizer: { id: "{id:6}" },
  aws_apigatewayv2_integration: { id: "{id:7}" },
  aws_apigatewayv2_route: { id: "{id:7}" },
  aws_apigatewayv2_stage: {
    id: "{name}",
    arn: "arn:apigateway:/apis/{api_id}/stages/{name}",
    execution_arn: "arn:execute-api:{api_id}/{name}",
  },
  aws_appconfig_application: { id: "{id:7}", arn: "arn:appconfig:application/{id:7}" },
  aws_appconfig_configuration_profile: {
    id: "{id:7}:{application_id}",
    configuration_profile_id: "{id:7}",
    arn: "arn:appconfig:application/{application_id}/configurationprofile/{id:7}",
  },
  aws_appconfig_environment: {
    id: "{id:7}:{application_id}",
    environment_id: "{id:7}",
    arn: "arn:appconfig:application/{application_id}/environment/{id:7}",
  },
  aws_acm_certificate: { id: "arn:acm:certificate/{uuid}", arn: "arn:acm:certificate/{uuid}" },
  aws_bedrock_guardrail: { guardrail_id: "{id:12}", guardrail_arn: "arn:bedrock:guardrail/{id:12}", version: "DRAFT" },
  aws_bedrock_guardrail_version: { id: "{guardrail_arn},1", version: "1" },
  aws_bedrockagent_knowledge_base: { id: "{ID:10}", arn: "arn:bedrock:knowledge-base/{ID:10}" },
  aws_bedrockagentcore_browser: BROWSER,
  aws_bedrockagentcore_code_interpreter: CODE_INTERPRETER,
  aws_bedrockagentcore_memory: { id: "{name}-{id:10}", arn: "arn:bedrock-agentcore:memory/{name}-{id:10}" },
  aws_bedrockagentcore_memory_strategy: { memory_strategy_id: "{name}-{id:10}" },
  aws_cloudwatch_event_rule: { id: "{name}", arn: "arn:events:rule/{name}" },
  aws_cloudwatch_log_group: { id: "{name}", arn: "arn:logs:log-group:{name}" },
  aws_codebuild_project: { id: "arn:codebuild:project/{name}", arn: "arn:codebuild:project/{name}" },
  aws_db_instance: { id: "db-{ID:26}", resource_id: "db-{ID:26}", arn: "arn:rds:db:{identifier}" },
  aws_dynamodb_table: { id: "{name}", arn: "arn:dynamodb:table/{name}" },
  aws_ecs_cluster: { id: "arn:ecs:cluster/{name}", arn: "arn:ecs:cluster/{name}" },
  aws_iam_instance_profile: { id: "{name}", arn: "arn:iam:instance-profile/{name}", unique_id: "AIPA{ID:17}" },
  aws_iam_openid_connect_provider: { id: "arn:iam:oidc-provider/{url}", arn: "arn:iam:oidc-provider/{url}" },
  aws_iam_user: { id: "{name}", arn: "arn:iam:user/{name}", unique_id: "AIDA{ID:17}" },
  aws_kinesis_firehose_delivery_stream: {
    id: "arn:firehose:deliverystream/{name}",
    arn: "arn:firehose:deliverystream/{name}",
  },
  aws_kinesis_stream: { id: "arn:kinesis:stream/{name}", arn: "arn:kinesis:stream/{name}" },
  aws_kms_alias: { id: "{name}", arn: "arn:kms:{name}" },
  aws_kms_key: { id: "{uuid}", key_id: "{uuid}", arn: "arn:kms:key/{uuid}" },
  aws_opensearchserverless_collection: { id: "{id:20}", arn: "arn:aoss:collection/{id:20}" },
  aws_rds_cluster: {
    id: "{cluster_identifier}",
    cluster_resource_id: "cluster-{ID:26}",
    arn: "arn:rds:cluster:{cluster_identifier}",
  },
  aws_secretsmanager_secret: {
    id: "arn:secretsmanager:secret:{name}-{id:6}",
    arn: "arn:secretsmanager:secret:{name}-{id:6}",
  },
  aws_secretsmanager_secret_version: { id: "{secret_id}|{uuid}", arn: "{secret_id}", version_id: "{uuid}" },
  aws_security_group: { id: "sg-{hex:17}", arn: "arn:ec2:security-group/sg-{hex:17}" },
  aws_sfn_state_machine: { id: "arn:states:stateMachine:{name}", arn: "arn:states:stateMachine:{name}" },
  aws_sns_topic: { id: "arn:sns:{name}", arn: "arn:sns:{name}" },
  aws_sqs_queue: { arn: "arn:sqs:{name}" },
  aws_ssm_parameter: { id: "{name}", arn: "arn:ssm:parameter/{name}", version: "1" },
  aws_subnet: { id: "subnet-{hex:17}", arn: "arn:ec2:subnet/subnet-{hex:17}" },
  aws_vpc: { id: "vpc-{hex:17}", arn: "arn:ec2:vpc/vpc-{hex:17}" },
  aws_vpc_endpoint: { id: "vpce-{hex:17}", arn: "arn:ec2:vpc-endpoint/vpce-{hex:17}" },
  awscc_bedrockagentcore_browser_custom: BROWSER,
  awscc_bedrockagentcore_code_interpreter_custom: CODE_INTERPRETER,
  awscc_bedrockagentcore_memory: {
    memory_id: "{name}-{id:10}",
    memory_arn: "arn:bedrock-agentcore:memory/{name}-{id:10}",
  },
  azuread_application: { id: "/applications/{uuid}", object_id: "{uuid}", client_id: "{uuid}" },
  azuread_application_password: { id: "{uuid}", key_id: "{uuid}", value: "{base64:40}" },
  azuread_service_principal: { id: "{uuid}", object_id: "{uuid}" },
  null_resource: { id: "{digits:19}" },
  time_sleep: { id: "{digits:19}" },
  "data.azuread_client_config": { id: "{uuid}", tenant_id: "{uuid}", client_id: "{uuid}", object_id: "{uuid}" },
  "data.archive_file": {
    id: "{hex:40}",
    output_md5: "{hex:32}",
    output_sha: "{hex:40}",
    output_sha256: "{hex:64}",
    output_sha512: "{hex:128}",
    output_base64sha256: "{base64:43}=",
    output_base64sha512: "{base64:86}==",
  },
};

const ALPHABETS: Readonly<Record<string, string>> = {
  digits: DIGITS,
  hex: HEX,
  id: LETTERS + DIGITS,
  ID: LETTERS.toUpperCase() + DIGITS,
  base64: LETTERS + LETTERS.toUpperCase() + DIGITS,
};

/** By their types in an inventory, what such resources answer to those that refer to them. */
export const OTHER_RESOURCES: ReadonlyMap<string, DataSource> = new Map(
  Object.entries(ATTRIBUTES).map(([type, attributes]) => [type, answering(attributes)]),
);

function answering(attributes: Readonly<Record<string, string>>): DataSource {
  return (args, environment): ValueObject =>
    Object.fromEntries(Object.entries(attributes).map(([name, form]) => [name, filled(form, args, environment)]));
}

function filled(form: string, args: Arguments, environment: DeploymentEnvironment): string {
  const text = form.replace(/\{(\w+)(?::(\d+))?\}/g, (_, name: string, length?: string) => {
    if (name === "uuid") return madeUpUuid(args.address);
    if (length !== undefined) return madeUp(args.address, Number(length), ALPHABETS[name]);
    return args.optionalText(name) ?? generatedName(args, name);
  });
  const [, service = "", resource = ""] = /^arn:([^:]+):(.*)$/.exec(form.startsWith("arn:") ? text : "") ?? [];
  return service === ""
    ? text
    : arnOf(environment, service, resource.replace(/^(parameter|oidc-provider)\/(https:\/)?\//, "$1/"));
}
