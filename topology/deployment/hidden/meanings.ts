import { OPENID_DISCOVERY_PATH } from "../../../aws/agentcore/discovery";
import { runtimeUrl, SERVICE_PRINCIPAL } from "../../../aws/agentcore/endpoints";
import { AUTHORIZE_PATH, domainHost, issuerUrl, TOKEN_PATH } from "../../../aws/cognito/endpoints";

/** What an argument names, and the text that it takes of it: the meanings of a text that a plan hides. */
export interface Meaning {
  /** Terraform's name of the kind that the argument names. */
  readonly type: string;
  readonly attribute: string;
  /** A template of `value`, which is the attribute, and `region`. @default - the attribute as it is */
  readonly form?: string;
  /** How the text is called, with the resource after it. @default - by the attribute */
  readonly called?: string;
}

const POOL_HOST = issuerUrl("${region}", "${value}");
const DOMAIN_HOST = `https://${domainHost("${value}", "${region}")}`;

const role: Meaning = { type: "aws_iam_role", attribute: "arn" };
const roleName: Meaning = { type: "aws_iam_role", attribute: "name" };
const policyArn: Meaning = { type: "aws_iam_policy", attribute: "arn" };
const client: Meaning = { type: "aws_cognito_user_pool_client", attribute: "id" };
const secret: Meaning = { type: "aws_cognito_user_pool_client", attribute: "client_secret" };
const scopes: Meaning = { type: "aws_cognito_resource_server", attribute: "scope_identifiers" };

/** By the name of the argument, in whatever block it stands, or in one block alone; at most one meaning for each kind that it may name. */
const MEANINGS: ReadonlyMap<string, readonly Meaning[]> = new Map(
  Object.entries<readonly Meaning[]>({
    role_arn: [role],
    role: [roleName],
    role_name: [roleName],
    roles: [roleName],
    policy_arn: [policyArn],
    policy_arns: [policyArn],
    managed_policy_arns: [policyArn],
    agent_runtime_id: [{ type: "aws_bedrockagentcore_agent_runtime", attribute: "agent_runtime_id" }],
    user_pool_id: [{ type: "aws_cognito_user_pool", attribute: "id" }],
    client_id: [client],
    client_id_wo: [client],
    client_secret: [secret],
    client_secret_wo: [secret],
    allowed_clients: [client],
    allowed_audience: [client],
    allowed_scopes: [scopes],
    allowed_oauth_scopes: [scopes],
    scopes: [scopes],
    gateway_identifier: [{ type: "aws_bedrockagentcore_gateway", attribute: "gateway_id" }],
    provider_arn: [{ type: "aws_bedrockagentcore_oauth2_credential_provider", attribute: "credential_provider_arn" }],
    "api_key.provider_arn": [
      { type: "aws_bedrockagentcore_api_key_credential_provider", attribute: "credential_provider_arn" },
    ],
    lambda_arn: [{ type: "aws_lambda_function", attribute: "arn" }],
    container_uri: [
      {
        type: "aws_ecr_repository",
        attribute: "repository_url",
        form: "${value}:latest",
        called: "the image latest of",
      },
    ],
    discovery_url: [
      {
        type: "aws_cognito_user_pool",
        attribute: "id",
        form: `${POOL_HOST}${OPENID_DISCOVERY_PATH}`,
        called: "the OpenID discovery URL of",
      },
    ],
    issuer: [{ type: "aws_cognito_user_pool", attribute: "id", form: POOL_HOST, called: "the issuer of" }],
    authorization_endpoint: [
      {
        type: "aws_cognito_user_pool_domain",
        attribute: "domain",
        form: `${DOMAIN_HOST}${AUTHORIZE_PATH}`,
        called: "the authorization endpoint of",
      },
    ],
    token_endpoint: [
      {
        type: "aws_cognito_user_pool_domain",
        attribute: "domain",
        form: `${DOMAIN_HOST}${TOKEN_PATH}`,
        called: "the token endpoint of",
      },
    ],
    endpoint: [
      {
        type: "aws_bedrockagentcore_agent_runtime",
        attribute: "agent_runtime_arn",
        form: runtimeUrl("${region}", "${urlencode(value)}"),
        called: "the invocation URL of",
      },
      { type: "aws_bedrockagentcore_gateway", attribute: "gateway_url" },
    ],
  }),
);

/** Of an argument such as `authorizer_configuration.custom_jwt_authorizer.discovery_url`. */
export function meaningsOf(argument: string): readonly Meaning[] {
  const inBlock = argument.split(".").slice(-2).join(".");
  return MEANINGS.get(inBlock) ?? MEANINGS.get(lastName(argument)) ?? [];
}

/** Arguments that hold several texts. */
const LISTS = new Set([
  ...["allowed_clients", "allowed_audience", "allowed_scopes", "allowed_oauth_scopes", "scopes"],
  ...["roles", "policy_names", "policy_arns", "managed_policy_arns"],
]);

export function holdsList(argument: string): boolean {
  return LISTS.has(lastName(argument)) || isInPolicyDocument(argument);
}

/** The statements of `aws_iam_policy_document`, which name ARNs of any kind. */
export function isInPolicyDocument(argument: string): boolean {
  return /^statement\./.test(argument);
}

/** Arguments that only have to differ from others, so that a made-up text serves. */
const NAMES = new Set(["name", "domain", "identifier", "agent_runtime_name", "function_name"]);

export function isName(argument: string): boolean {
  return NAMES.has(argument);
}

/** Arguments without which the system stands. */
export function isDispensable(argument: string): boolean {
  return /^(environment_variables|callback_urls|logout_urls|default_redirect_uri|environment\.variables|description|input|protocol_configuration\.mcp\.instructions)(\.|$)/.test(
    argument,
  );
}

/** A document that stands for one that a plan hides, and how it is called. */
export interface AssumedPolicy {
  readonly text: string;
  readonly called: string;
}

const policy = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const POLICIES: ReadonlyMap<string, AssumedPolicy> = new Map([
  [
    "policy",
    {
      text: policy({ Action: "*", Resource: "*" }),
      called: "a policy that allows every action, so what the role may do is not checked",
    },
  ],
  [
    "assume_role_policy",
    {
      text: policy({ Action: "sts:AssumeRole", Principal: { Service: SERVICE_PRINCIPAL } }),
      called: `a policy that lets ${SERVICE_PRINCIPAL} assume the role`,
    },
  ],
]);

/** What is taken for the whole text of an argument that holds a policy; undefined for any other argument. */
export function assumedPolicy(argument: string): AssumedPolicy | undefined {
  return POLICIES.get(argument.replace(/^inline_policy\./, ""));
}

function lastName(argument: string): string {
  return argument.slice(argument.lastIndexOf(".") + 1);
}
