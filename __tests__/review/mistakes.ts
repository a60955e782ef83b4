import {
  block,
  GATEWAY,
  GATEWAY_POLICY,
  GATEWAY_ROLE,
  INBOUND_CLIENT,
  INBOUND_POOL,
  type Json,
  OUTBOUND_CLIENT,
  OUTBOUND_POOL,
  PROVIDER,
  RUNTIME,
  RUNTIME_POLICY,
  RUNTIME_ROLE,
  type Stack,
  TARGET,
} from "./clean-stack";

/** One thing done wrong to the clean stack, and what has to be said of it. */
export interface Mistake {
  readonly rule: string;
  readonly title: string;
  /** Where it has to be reported. */
  readonly address: string;
  readonly bend: (stack: Stack) => void;
  /** Rules that have a reason to speak up, too. */
  readonly also?: readonly string[];
  /** Position in the list of 15 mistakes that was put to other tools (docs/review.md). */
  readonly number?: number;
  /** Why a plan of native configuration cannot show it, which shows of an unknown text only its references. */
  readonly hiddenInPlans?: string;
  /** Why no plan of it can be made here. */
  readonly notPlanned?: string;
}

const oauth = (stack: Stack): Json => block(stack, TARGET, "credential_provider_configuration", "oauth");
const server = (stack: Stack): Json => block(stack, TARGET, "target_configuration", "mcp", "mcp_server");
const runtimeJwt = (stack: Stack): Json => block(stack, RUNTIME, "authorizer_configuration", "custom_jwt_authorizer");
const gatewayJwt = (stack: Stack): Json => block(stack, GATEWAY, "authorizer_configuration", "custom_jwt_authorizer");

/** Puts a value at the end of a path of blocks, of which some are there. */
function setAt(own: Json, [name = "", ...others]: readonly string[], value: unknown): void {
  if (others.length === 0) own[name] = value;
  else setAt((own[name] ??= {}) as Json, others, value);
}

/** A value of an argument that newer releases of the provider have. */
function valueAt(rule: string, title: string, address: string, path: string, value: unknown): Mistake {
  const bend = (stack: Stack): void => setAt(block(stack, address), path.split("."), value);
  return { rule, title, address, bend, notPlanned: "the provider of the tests does not know the argument yet" };
}

const MCP = ["protocol_configuration", "mcp"];

function keepSessions(stack: Stack): void {
  setAt(block(stack, GATEWAY), [...MCP, "session_configuration", "session_timeout_in_seconds"], 900);
}

function replaceIn(target: Json, name: string, search: string | RegExp, replacement: string): void {
  const text = String(target[name]);
  const changed = text.replace(search, replacement);
  if (changed === text) throw new Error(`${name} does not hold ${String(search)}.`);
  target[name] = changed;
}

/** What a gateway's role needs to call a runtime with a signature. */
function allowInvocation(stack: Stack): void {
  const policy = block(stack, GATEWAY_POLICY);
  const arn = `\${${RUNTIME}.agent_runtime_arn}`;
  const statement = {
    Effect: "Allow",
    Action: "bedrock-agentcore:InvokeAgentRuntime",
    Resource: [arn, `${arn}/runtime-endpoint/DEFAULT`],
  };
  policy["policy"] = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function addResourcePolicy(stack: Stack, name: string, statement: object): void {
  addTo(stack, "aws_bedrockagentcore_resource_policy", name, {
    resource_arn: `\${${GATEWAY}.gateway_arn}`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
}

function askForConsent(stack: Stack): void {
  const oauth = block(stack, TARGET, "credential_provider_configuration", "oauth");
  Object.assign(oauth, { grant_type: "AUTHORIZATION_CODE", default_return_url: "https://app.example.com/callback" });
}

const UNKNOWN_TEXT = "the text is known only at apply";

/** The hop from the gateway to the runtime. */
const hop: readonly Mistake[] = [
  {
    rule: "runtime-not-mcp",
    title: "an HTTP runtime behind an MCP server target",
    number: 1,
    address: TARGET,
    bend: (stack) => (block(stack, RUNTIME)["protocol_configuration"] = { server_protocol: "HTTP" }),
  },
  {
    rule: "runtime-not-mcp",
    title: "a runtime without a protocol, which then is HTTP",
    address: TARGET,
    bend: (stack) => delete block(stack, RUNTIME)["protocol_configuration"],
  },
  {
    rule: "oauth-to-iam-runtime",
    title: "a runtime without a JWT authorizer behind an OAuth target",
    number: 2,
    address: TARGET,
    bend: (stack) => delete block(stack, RUNTIME)["authorizer_configuration"],
  },
  {
    rule: "iam-to-jwt-runtime",
    title: "an IAM credential towards a JWT runtime",
    number: 11,
    address: TARGET,
    also: ["iam-service-missing"],
    bend: (stack) => {
      block(stack, TARGET)["credential_provider_configuration"] = { gateway_iam_role: {} };
      allowInvocation(stack);
    },
  },
  {
    rule: "iam-service-missing",
    title: "an IAM credential without a service on an MCP server target",
    number: 10,
    address: TARGET,
    bend: (stack) => {
      delete block(stack, RUNTIME)["authorizer_configuration"];
      block(stack, TARGET)["credential_provider_configuration"] = { gateway_iam_role: {} };
      allowInvocation(stack);
    },
  },
  {
    rule: "outbound-authorization-missing",
    title: "no outbound authorization towards a JWT runtime",
    number: 9,
    address: TARGET,
    bend: (stack) => delete block(stack, TARGET)["credential_provider_configuration"],
  },
  {
    rule: "cognito-audience",
    title: "an audience check of the runtime on Cognito's M2M tokens",
    number: 3,
    address: RUNTIME,
    bend: (stack) => (runtimeJwt(stack)["allowed_audience"] = ["tools"]),
  },
  {
    rule: "cognito-audience",
    title: "an audience check of the gateway on Cognito's access tokens",
    address: GATEWAY,
    bend: (stack) => (gatewayJwt(stack)["allowed_audience"] = ["tools"]),
  },
  {
    rule: "issuer-mismatch",
    title: "a credential provider of another user pool than the runtime's",
    also: ["allowed-client-pool"],
    address: TARGET,
    bend: (stack) => replaceIn(runtimeJwt(stack), "discovery_url", OUTBOUND_POOL, INBOUND_POOL),
  },
  {
    rule: "client-not-allowed",
    title: "a runtime that allows another client",
    also: ["allowed-client-pool"],
    address: TARGET,
    bend: (stack) => (runtimeJwt(stack)["allowed_clients"] = [`\${${INBOUND_CLIENT}.id}`]),
  },
  {
    rule: "allowed-list-empty",
    title: "an empty list of allowed clients of the runtime",
    address: RUNTIME,
    bend: (stack) => (runtimeJwt(stack)["allowed_clients"] = []),
  },
  {
    rule: "allowed-list-empty",
    title: "an empty list of allowed clients of the gateway",
    address: GATEWAY,
    bend: (stack) => (gatewayJwt(stack)["allowed_clients"] = []),
  },
  {
    rule: "authorizer-unrestricted",
    title: "an authorizer that checks neither client, audience nor scope",
    address: GATEWAY,
    bend: (stack) => delete gatewayJwt(stack)["allowed_clients"],
  },
];

/** Scopes, clients and user pools. */
const tokens: readonly Mistake[] = [
  {
    rule: "scope-undefined",
    title: "a scope that the resource server does not define",
    number: 4,
    address: TARGET,
    also: ["scope-not-allowed"],
    bend: (stack) => (oauth(stack)["scopes"] = ["tools/delete"]),
  },
  {
    rule: "scope-undefined",
    title: "a client with a scope that the resource server does not define",
    address: OUTBOUND_CLIENT,
    bend: (stack) => (block(stack, OUTBOUND_CLIENT)["allowed_oauth_scopes"] = ["tools/execute", "tools/delete"]),
  },
  {
    rule: "scope-not-allowed",
    title: "a scope that the client may not have",
    address: TARGET,
    bend: (stack) => (oauth(stack)["scopes"] = ["${aws_cognito_resource_server.tools.identifier}/read"]),
  },
  {
    rule: "scopes-empty",
    title: "an empty list of scopes",
    number: 5,
    address: TARGET,
    bend: (stack) => (oauth(stack)["scopes"] = []),
  },
  {
    rule: "scope-too-long",
    title: "a scope longer than a target takes",
    address: TARGET,
    bend: (stack) => {
      const name = "execute".repeat(10);
      Object.assign(block(stack, "aws_cognito_resource_server.tools"), {
        scope: [{ scope_name: name, scope_description: "Execute" }],
      });
      oauth(stack)["scopes"] = block(stack, OUTBOUND_CLIENT)["allowed_oauth_scopes"] = [
        `\${aws_cognito_resource_server.tools.identifier}/${name}`,
      ];
    },
  },
  {
    rule: "client-not-confidential",
    title: "a machine client without a secret",
    also: ["client-settings-refused"],
    address: OUTBOUND_CLIENT,
    bend: (stack) => (block(stack, OUTBOUND_CLIENT)["generate_secret"] = false),
  },
  {
    rule: "client-not-confidential",
    title: "a machine client without the client credentials flow",
    address: OUTBOUND_CLIENT,
    bend: (stack) => (block(stack, OUTBOUND_CLIENT)["allowed_oauth_flows"] = ["code"]),
  },
  {
    rule: "client-not-confidential",
    title: "a machine client whose OAuth flows are off",
    address: OUTBOUND_CLIENT,
    bend: (stack) => (block(stack, OUTBOUND_CLIENT)["allowed_oauth_flows_user_pool_client"] = false),
  },
  {
    rule: "user-pool-domain-missing",
    title: "an outbound user pool without a domain",
    address: OUTBOUND_POOL,
    bend: (stack) => {
      delete stack.resource["aws_cognito_user_pool_domain"];
      delete block(stack, PROVIDER)["depends_on"];
    },
  },
  {
    rule: "inbound-client-without-sign-in",
    title: "an inbound client by which nobody can sign in",
    address: INBOUND_CLIENT,
    bend: (stack) => (block(stack, INBOUND_CLIENT)["explicit_auth_flows"] = ["ALLOW_REFRESH_TOKEN_AUTH"]),
  },
  {
    rule: "discovery-url-invalid",
    title: "a discovery URL of the gateway without its ending",
    number: 12,
    address: GATEWAY,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(gatewayJwt(stack), "discovery_url", "/.well-known/openid-configuration", ""),
  },
  {
    rule: "discovery-url-invalid",
    title: "a discovery URL of the runtime that is the JWKS URL",
    address: RUNTIME,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(runtimeJwt(stack), "discovery_url", "openid-configuration", "jwks.json"),
  },
  {
    rule: "discovery-url-region",
    title: "a discovery URL in another region than the user pool",
    address: GATEWAY,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(gatewayJwt(stack), "discovery_url", "us-east-1", "eu-west-1"),
  },
];

/** Endpoints, names and limits. */
const endpoints: readonly Mistake[] = [
  {
    rule: "endpoint-path",
    title: "an endpoint that ends in /mcp",
    number: 6,
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(server(stack), "endpoint", /\/invocations$/, "/mcp"),
  },
  {
    rule: "endpoint-path",
    title: "an endpoint without /invocations",
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(server(stack), "endpoint", /\/invocations$/, ""),
  },
  {
    rule: "endpoint-arn-not-encoded",
    title: "the ARN un-encoded in the endpoint",
    number: 7,
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(server(stack), "endpoint", /urlencode\(([^)]*)\)/, "$1"),
  },
  {
    rule: "endpoint-not-https",
    title: "an http:// endpoint",
    number: 8,
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(server(stack), "endpoint", "https://", "http://"),
  },
  {
    rule: "endpoint-region",
    title: "an endpoint in another region than the runtime",
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => replaceIn(server(stack), "endpoint", "us-east-1", "eu-west-1"),
  },
  {
    rule: "endpoint-arn-hard-coded",
    title: "a runtime's ARN written into the endpoint",
    address: TARGET,
    bend: (stack) => {
      const arn = encodeURIComponent("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-a1b2c3d4e5");
      server(stack)["endpoint"] = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${arn}/invocations`;
    },
  },
  {
    rule: "gateway-identifier-arn",
    title: "the gateway's ARN for its id",
    address: TARGET,
    bend: (stack) => (block(stack, TARGET)["gateway_identifier"] = `\${${GATEWAY}.gateway_arn}`),
  },
  {
    rule: "duplicate-target-name",
    title: "two targets of one name",
    also: ["tools-paged"],
    number: 13,
    address: "aws_bedrockagentcore_gateway_target.twin",
    bend: (stack) => {
      const targets = stack.resource["aws_bedrockagentcore_gateway_target"];
      Object.assign(targets ?? {}, { twin: structuredClone(targets?.["tools"]) });
    },
  },
  {
    rule: "name-invalid",
    title: "a gateway name of 48 characters",
    number: 14,
    address: GATEWAY,
    bend: (stack) => (block(stack, GATEWAY)["name"] = "tools-gateway-of-the-department-of-long-names-48"),
  },
  {
    rule: "name-invalid",
    title: "a hyphen in a runtime name",
    address: RUNTIME,
    bend: (stack) => (block(stack, RUNTIME)["agent_runtime_name"] = "my-tools"),
  },
  {
    rule: "name-invalid",
    title: "a word in a domain that Cognito keeps for itself",
    address: "aws_cognito_user_pool_domain.machines",
    bend: (stack) => (block(stack, "aws_cognito_user_pool_domain.machines")["domain"] = "my-aws-machines"),
  },
  {
    rule: "name-invalid",
    title: "such a word in the part of a domain that is known",
    address: "aws_cognito_user_pool_domain.machines",
    bend: (stack) =>
      (block(stack, "aws_cognito_user_pool_domain.machines")["domain"] =
        "cognito-machines-${data.aws_caller_identity.current.account_id}"),
  },
  {
    rule: "limit-exceeded",
    title: "more environment variables than the service takes",
    address: RUNTIME,
    bend: (stack) =>
      (block(stack, RUNTIME)["environment_variables"] = Object.fromEntries(
        Array.from({ length: 51 }, (_, index) => [`V${index}`, "x"]),
      )),
  },
  {
    rule: "limit-exceeded",
    title: "a lifetime below the service's shortest",
    address: RUNTIME,
    bend: (stack) =>
      (block(stack, RUNTIME)["lifecycle_configuration"] = [{ idle_runtime_session_timeout: 30, max_lifetime: 900 }]),
  },
  {
    rule: "lifecycle-half-set",
    title: "one lifecycle value without the other",
    address: RUNTIME,
    bend: (stack) =>
      (block(stack, RUNTIME)["lifecycle_configuration"] = [{ idle_runtime_session_timeout: 900, max_lifetime: null }]),
  },
  {
    rule: "environment-empty",
    title: "an empty environment map",
    address: RUNTIME,
    bend: (stack) => (block(stack, RUNTIME)["environment_variables"] = {}),
  },
];

const ARN = "arn:aws:bedrock-agentcore:us-east-1:${data.aws_caller_identity.current.account_id}";
const IDENTITY = /"\$\{aws_bedrockagentcore_gateway\.main\.workload_identity_details\[0\]\.workload_identity_arn\}"/g;

function withoutResource(stack: Stack, action: string, resource: string): void {
  changePolicy(stack, action, (resources) => resources.filter((candidate) => !candidate.includes(resource)));
}

function changePolicy(stack: Stack, action: string, change: (resources: string[]) => string[]): void {
  const policy = JSON.parse(String(block(stack, GATEWAY_POLICY)["policy"])) as {
    Statement: { Action: string; Resource: string | string[] }[];
  };
  const statement = policy.Statement.find(({ Action }) => Action === action);
  if (statement === undefined) throw new Error(`No statement allows ${action}.`);
  statement.Resource = change([statement.Resource].flat());
  block(stack, GATEWAY_POLICY)["policy"] = JSON.stringify(policy);
}

function missing(action: string, resource: string, title: string): Mistake {
  return {
    rule: "gateway-role-permissions",
    title: `a gateway role without ${title}`,
    address: GATEWAY_ROLE,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => withoutResource(stack, action, resource),
  };
}

/** Roles and their policies. */
const roles: readonly Mistake[] = [
  missing(
    "bedrock-agentcore:GetWorkloadAccessToken",
    "workload_identity_arn",
    "GetWorkloadAccessToken on the identity",
  ),
  missing("bedrock-agentcore:GetWorkloadAccessToken", "directory/default", "GetWorkloadAccessToken on the directory"),
  missing(
    "bedrock-agentcore:GetResourceOauth2Token",
    "workload_identity_arn",
    "GetResourceOauth2Token on the identity",
  ),
  missing("bedrock-agentcore:GetResourceOauth2Token", "directory/default", "GetResourceOauth2Token on the directory"),
  missing("bedrock-agentcore:GetResourceOauth2Token", "token-vault", "GetResourceOauth2Token on the token vault"),
  missing(
    "bedrock-agentcore:GetResourceOauth2Token",
    "credential_provider_arn",
    "GetResourceOauth2Token on the provider",
  ),
  {
    rule: "gateway-role-permissions",
    title: "a gateway role that may not invoke the runtime which it signs for",
    address: GATEWAY_ROLE,
    notPlanned: "service came after AWS provider 6.25, whose schema the stand-in has",
    bend: (stack) => {
      delete block(stack, RUNTIME)["authorizer_configuration"];
      block(stack, TARGET)["credential_provider_configuration"] = {
        gateway_iam_role: { service: "bedrock-agentcore" },
      };
      allowInvocation(stack);
      replaceIn(block(stack, GATEWAY_POLICY), "policy", /,"[^"]*\/runtime-endpoint\/DEFAULT"/, "");
    },
  },
  {
    rule: "gateway-role-permissions",
    title: "a gateway role that may not fetch the API key of a target",
    address: GATEWAY_ROLE,
    also: ["secret-not-readable", "secret-literal", "tools-paged"],
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => {
      stack.resource["aws_bedrockagentcore_api_key_credential_provider"] = {
        key: { name: "key", api_key: "0123456789" },
      };
      const provider_arn = "${aws_bedrockagentcore_api_key_credential_provider.key.credential_provider_arn}";
      Object.assign(stack.resource["aws_bedrockagentcore_gateway_target"] ?? {}, {
        outside: {
          name: "outside",
          gateway_identifier: `\${${GATEWAY}.gateway_id}`,
          credential_provider_configuration: { api_key: { provider_arn } },
          target_configuration: { mcp: { mcp_server: { endpoint: "https://tools.example.com/mcp" } } },
          depends_on: [GATEWAY_POLICY],
        },
      });
    },
  },
  {
    rule: "secret-not-readable",
    title: "a gateway role that may read another secret only",
    address: GATEWAY_ROLE,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) =>
      changePolicy(stack, "secretsmanager:GetSecretValue", () => [
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:another-Ab1Cd2",
      ]),
  },
  {
    rule: "workload-identity-case",
    title: "a pattern of the workload identity in upper case",
    address: GATEWAY_ROLE,
    also: ["wildcard-resource", "trust-too-narrow"],
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => {
      block(stack, GATEWAY)["name"] = "Tools-Gateway";
      replaceIn(block(stack, GATEWAY_ROLE), "assume_role_policy", "gateway/tools-gateway-*", "gateway/Tools-Gateway-*");
      replaceIn(
        block(stack, GATEWAY_POLICY),
        "policy",
        IDENTITY,
        `"${ARN}:workload-identity-directory/default/workload-identity/Tools-Gateway-*"`,
      );
    },
  },
  {
    rule: "target-before-policy",
    title: "a target that does not wait for its gateway's policy",
    address: TARGET,
    bend: (stack) => delete block(stack, TARGET)["depends_on"],
  },
  {
    rule: "trust-service-missing",
    title: "a role that another service may assume",
    address: GATEWAY_ROLE,
    bend: (stack) =>
      replaceIn(
        block(stack, GATEWAY_ROLE),
        "assume_role_policy",
        "bedrock-agentcore.amazonaws.com",
        "bedrock.amazonaws.com",
      ),
  },
  {
    rule: "trust-account-missing",
    title: "a trust policy without a condition",
    address: RUNTIME_ROLE,
    bend: (stack) => replaceIn(block(stack, RUNTIME_ROLE), "assume_role_policy", /,"Condition":\{.*\}\}(?=\}\])/, ""),
  },
  {
    rule: "trust-too-narrow",
    title: "a trust policy of another gateway",
    address: GATEWAY_ROLE,
    bend: (stack) =>
      replaceIn(block(stack, GATEWAY_ROLE), "assume_role_policy", "gateway/tools-gateway-*", "gateway/other-*"),
  },
  {
    rule: "trust-too-narrow",
    title: "a trust policy that fits the runtime only when it is created",
    address: RUNTIME_ROLE,
    bend: (stack) => replaceIn(block(stack, RUNTIME_ROLE), "assume_role_policy", '}:*"', '}:runtime/tools-*"'),
  },
  {
    rule: "wildcard-action",
    title: "a policy of all actions of the service",
    address: GATEWAY_POLICY,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) =>
      replaceIn(
        block(stack, GATEWAY_POLICY),
        "policy",
        "bedrock-agentcore:GetWorkloadAccessToken",
        "bedrock-agentcore:*",
      ),
  },
  {
    rule: "wildcard-resource",
    title: "a policy of all providers of the vault",
    address: GATEWAY_POLICY,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) =>
      replaceIn(
        block(stack, GATEWAY_POLICY),
        "policy",
        `\${${PROVIDER}.credential_provider_arn}`,
        `${ARN}:token-vault/default/oauth2credentialprovider/*`,
      ),
  },
];

/** Images, and what somebody should have decided. */
const others: readonly Mistake[] = [
  {
    rule: "image-platform",
    title: "an image built without a platform",
    number: 15,
    address: "terraform_data.image",
    bend: (stack) =>
      (block(stack, "terraform_data.image")["provisioner"] = [
        { "local-exec": { command: "docker build -t tools . && docker push tools" } },
      ]),
  },
  {
    rule: "image-platform",
    title: "an image built for amd64",
    address: "terraform_data.image",
    bend: (stack) =>
      (block(stack, "terraform_data.image")["provisioner"] = [
        { "local-exec": { command: "docker buildx build --platform=linux/amd64 --push ." } },
      ]),
  },
  {
    rule: "image-not-in-ecr",
    title: "an image of another registry",
    address: RUNTIME,
    bend: (stack) =>
      (block(stack, RUNTIME, "agent_runtime_artifact", "container_configuration")["container_uri"] =
        "ghcr.io/example/tools:1"),
  },
  {
    rule: "image-tag-latest",
    title: 'the tag "latest"',
    address: RUNTIME,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) =>
      replaceIn(
        block(stack, RUNTIME, "agent_runtime_artifact", "container_configuration"),
        "container_uri",
        ":3f9a1c",
        ":latest",
      ),
  },
  {
    rule: "pinned-image-expires",
    title: "a pinned endpoint whose image is removed",
    address: "aws_ecr_lifecycle_policy.tools",
    bend: ({ resource }) => {
      const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 };
      const rules = [{ rulePriority: 1, selection, action: { type: "expire" } }];
      resource["aws_ecr_lifecycle_policy"] = {
        tools: { repository: "${aws_ecr_repository.tools.name}", policy: JSON.stringify({ rules }) },
      };
      resource["aws_bedrockagentcore_agent_runtime_endpoint"] = {
        stable: { name: "stable", agent_runtime_id: `\${${RUNTIME}.agent_runtime_id}`, agent_runtime_version: "1" },
      };
    },
  },
  {
    rule: "same-user-pool",
    title: "one user pool for people and machines",
    address: GATEWAY,
    bend: (stack) => {
      replaceIn(gatewayJwt(stack), "discovery_url", INBOUND_POOL, OUTBOUND_POOL);
      block(stack, INBOUND_CLIENT)["user_pool_id"] = `\${${OUTBOUND_POOL}.id}`;
    },
  },
  {
    rule: "gateway-open",
    title: "a gateway without authorization",
    address: GATEWAY,
    bend: (stack) => {
      block(stack, GATEWAY)["authorizer_type"] = "NONE";
      delete block(stack, GATEWAY)["authorizer_configuration"];
    },
  },
  {
    rule: "self-sign-up",
    title: "an inbound user pool that everybody may join",
    address: INBOUND_POOL,
    bend: (stack) => delete block(stack, INBOUND_POOL)["admin_create_user_config"],
  },
  {
    rule: "secret-in-output",
    title: "a client secret in an output",
    address: "output.secret",
    bend: (stack) => (stack.output["secret"] = { value: `\${nonsensitive(${OUTBOUND_CLIENT}.client_secret)}` }),
  },
  {
    rule: "secret-in-environment",
    title: "a client secret in the environment",
    address: RUNTIME,
    bend: (stack) =>
      (block(stack, RUNTIME)["environment_variables"] = { MACHINE: `\${${OUTBOUND_CLIENT}.client_secret}` }),
  },
  {
    rule: "secret-in-environment",
    title: "a password written into the environment",
    address: RUNTIME,
    bend: (stack) => (block(stack, RUNTIME)["environment_variables"] = { DATABASE_PASSWORD: "correct horse battery" }),
  },
  {
    rule: "allowed-scopes-unmet",
    title: "a scope that the runtime demands and nobody asks for",
    address: TARGET,
    notPlanned: "allowed_scopes came after AWS provider 6.25, whose schema the stand-in has",
    bend: (stack) => (runtimeJwt(stack)["allowed_scopes"] = ["tools/read"]),
  },
];

const lambdaTarget = (more: Json, tools: readonly string[] = ["search"]): Json => ({
  name: "function",
  gateway_identifier: `\${${GATEWAY}.gateway_id}`,
  target_configuration: {
    mcp: {
      lambda: {
        lambda_arn: "arn:aws:lambda:us-east-1:123456789012:function:search",
        tool_schema: {
          inline_payload: tools.map((name) => ({ name, description: name, input_schema: { type: "object" } })),
        },
      },
    },
  },
  depends_on: [GATEWAY_POLICY],
  ...more,
});

/** In the place of the only target. */
const replaceTarget = (stack: Stack, target: Json): void => {
  stack.resource["aws_bedrockagentcore_gateway_target"] = { tools: target };
};

const IAM = { credential_provider_configuration: { gateway_iam_role: {} } };
const NEWER = "it came after AWS provider 6.25, whose schema the stand-in has";

/** What the service refuses when it is created. */
const refusals: readonly Mistake[] = [
  {
    rule: "outbound-credential-unsupported",
    title: "a Lambda target without a credential",
    address: TARGET,
    bend: (stack) => replaceTarget(stack, lambdaTarget({})),
  },
  {
    rule: "outbound-credential-unsupported",
    title: "a Lambda target with OAuth",
    address: TARGET,
    bend: (stack) =>
      replaceTarget(
        stack,
        lambdaTarget({ credential_provider_configuration: block(stack, TARGET)["credential_provider_configuration"] }),
      ),
  },
  {
    rule: "http-target-on-mcp-gateway",
    title: "an HTTP target on a gateway of the protocol MCP",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) =>
      (block(stack, TARGET)["target_configuration"] = {
        http: { agentcore_runtime: { arn: `\${${RUNTIME}.agent_runtime_arn}` } },
      }),
  },
  {
    rule: "interceptor-twice",
    title: "two interceptors of requests",
    address: GATEWAY,
    bend: (stack) =>
      (block(stack, GATEWAY)["interceptor_configuration"] = [["REQUEST"], ["REQUEST", "RESPONSE"]].map((points) => ({
        interception_points: points,
        interceptor: { lambda: { arn: "arn:aws:lambda:us-east-1:123456789012:function:guard" } },
      }))),
  },
  {
    rule: "authorizer-missing",
    title: "a gateway of the type CUSTOM_JWT without an authorizer",
    notPlanned: "the provider refuses it",
    address: GATEWAY,
    bend: (stack) => delete block(stack, GATEWAY)["authorizer_configuration"],
  },
  {
    rule: "allowed-client-pool",
    title: "an allowed client of another pool than the issuer's",
    address: GATEWAY,
    bend: (stack) => (gatewayJwt(stack)["allowed_clients"] = [`\${${OUTBOUND_CLIENT}.id}`]),
  },
  {
    rule: "mfa-without-factor",
    title: "a user pool that demands a second factor of which there is none",
    address: INBOUND_POOL,
    bend: (stack) => (block(stack, INBOUND_POOL)["mfa_configuration"] = "ON"),
  },
  {
    rule: "mfa-without-factor",
    title: "a user pool whose only second factor is off",
    address: INBOUND_POOL,
    bend: (stack) =>
      Object.assign(block(stack, INBOUND_POOL), {
        mfa_configuration: "OPTIONAL",
        software_token_mfa_configuration: { enabled: false },
      }),
  },
  {
    rule: "client-settings-refused",
    title: "a client with client_credentials beside code",
    address: OUTBOUND_CLIENT,
    bend: (stack) =>
      Object.assign(block(stack, OUTBOUND_CLIENT), {
        allowed_oauth_flows: ["client_credentials", "code"],
        callback_urls: ["https://example.com"],
      }),
  },
  {
    rule: "client-settings-refused",
    title: "a client that may use OAuth without a flow",
    address: INBOUND_CLIENT,
    bend: (stack) => (block(stack, INBOUND_CLIENT)["allowed_oauth_flows_user_pool_client"] = true),
  },
  {
    rule: "client-settings-refused",
    title: "a client with flows of both spellings",
    address: INBOUND_CLIENT,
    bend: (stack) =>
      (block(stack, INBOUND_CLIENT)["explicit_auth_flows"] = ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"]),
  },
  {
    rule: "client-secret-mismatch",
    title: "the secret of another client",
    address: PROVIDER,
    bend: (stack) =>
      (block(stack, PROVIDER, "oauth2_provider_config", "custom_oauth2_provider_config")["client_secret"] =
        `\${${INBOUND_CLIENT}.client_secret}`),
  },
  {
    rule: "duplicate-name",
    title: "two gateways of one name",
    address: "aws_bedrockagentcore_gateway.twin",
    bend: (stack) => {
      const gateways = stack.resource["aws_bedrockagentcore_gateway"];
      Object.assign(gateways ?? {}, { twin: structuredClone(gateways?.["main"]) });
    },
  },
  {
    rule: "vpc-configuration-missing",
    title: "a runtime in a VPC that names no subnets",
    address: RUNTIME,
    bend: (stack) => (block(stack, RUNTIME)["network_configuration"] = { network_mode: "VPC" }),
  },
  {
    rule: "runtime-role-permissions",
    title: "a runtime role that may not pull the image",
    address: RUNTIME_ROLE,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => replaceIn(block(stack, RUNTIME_POLICY), "policy", "ecr:BatchGetImage", "ecr:DescribeImages"),
  },
  {
    rule: "runtime-before-policy",
    title: "a runtime that does not wait for its role's policy",
    address: RUNTIME,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => (block(stack, RUNTIME)["depends_on"] = ["terraform_data.image"]),
  },
  {
    rule: "secret-literal",
    title: "a client secret written into the configuration",
    address: PROVIDER,
    bend: (stack) =>
      (block(stack, PROVIDER, "oauth2_provider_config", "custom_oauth2_provider_config")["client_secret"] =
        "correct horse battery"),
  },
  ...(
    [
      ["the ARN of a user pool for its id", INBOUND_CLIENT, "user_pool_id", `\${${INBOUND_POOL}.arn}`],
      ["the name of a role for its ARN", GATEWAY, "role_arn", `\${${GATEWAY_ROLE}.name}`],
      ["the id of a role for its ARN", RUNTIME, "role_arn", `\${${RUNTIME_ROLE}.id}`],
      ["the gateway's URL for its id", TARGET, "gateway_identifier", `\${${GATEWAY}.gateway_url}`],
      ["the ARN of a role for its name", GATEWAY_POLICY, "role", `\${${GATEWAY_ROLE}.arn}`],
    ] as const
  ).map(([title, address, argument, value]): Mistake => ({
    rule: "wrong-attribute",
    title,
    address,
    hiddenInPlans: UNKNOWN_TEXT,
    ...(value.endsWith(".name}") && { notPlanned: "the provider refuses it, which knows the name" }),
    bend: (stack) => (block(stack, address)[argument] = value),
  })),
  {
    rule: "wrong-attribute",
    title: "the ARN of a provider's secret for the provider's",
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => (oauth(stack)["provider_arn"] = `\${${PROVIDER}.client_secret_arn[0].secret_arn}`),
  },
  {
    rule: "wrong-attribute",
    title: "the name of a client for its id",
    address: GATEWAY,
    bend: (stack) => (gatewayJwt(stack)["allowed_clients"] = [`\${${INBOUND_CLIENT}.name}`]),
  },
  {
    rule: "wrong-attribute",
    title: "the invoke ARN of a function for its ARN",
    also: ["gateway-role-permissions"],
    address: TARGET,
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => {
      stack.resource["aws_lambda_function"] = {
        search: { function_name: "search", role: `\${${RUNTIME_ROLE}.arn}`, handler: "x.y", runtime: "nodejs22.x" },
      };
      replaceTarget(stack, lambdaTarget(IAM));
      Object.assign(block(stack, TARGET, "target_configuration", "mcp", "lambda"), {
        lambda_arn: "${aws_lambda_function.search.invoke_arn}",
      });
    },
  },
];

/** What clients of a gateway run into. */
const lists: readonly Mistake[] = [
  {
    rule: "gateway-version-missing",
    title: "a gateway that lacks the version of clients without a header",
    address: GATEWAY,
    bend: (stack) =>
      (block(stack, GATEWAY)["protocol_configuration"] = { mcp: { supported_versions: ["2025-06-18"] } }),
  },
  {
    rule: "tool-name-too-long",
    title: "a tool whose name is too long for models",
    address: TARGET,
    bend: (stack) => replaceTarget(stack, lambdaTarget(IAM, ["search".repeat(10)])),
  },
  {
    rule: "tools-paged",
    title: "more tools than a page of the list holds",
    address: GATEWAY,
    bend: (stack) =>
      replaceTarget(
        stack,
        lambdaTarget(
          IAM,
          Array.from({ length: 31 }, (_, index) => `tool${index}`),
        ),
      ),
  },
  {
    rule: "policy-tool-unknown",
    title: "a policy about a tool of a target that there is not",
    address: "aws_bedrockagentcore_policy.refunds",
    notPlanned: NEWER,
    bend: (stack) => addPolicy(stack, "tool-target___refund"),
  },
  {
    rule: "policy-tool-unknown",
    title: "a policy about a tool that the target's own list lacks",
    address: "aws_bedrockagentcore_policy.refunds",
    notPlanned: NEWER,
    bend: (stack) => {
      const tools = [{ name: "search", inputSchema: { type: "object" } }];
      server(stack)["mcp_tool_schema"] = { inline_payload: { payload: JSON.stringify({ tools }) } };
      addPolicy(stack, `${String(block(stack, TARGET)["name"])}___refund`);
    },
  },
  {
    rule: "policy-text-invalid",
    title: "a policy without a resource",
    address: "aws_bedrockagentcore_policy.refunds",
    notPlanned: NEWER,
    bend: (stack) => {
      addPolicy(stack, search(stack));
      statementOf(stack)["statement"] = '@id("a") // one\npermit(principal in AgentCore::User::"a, b", action);';
    },
  },
  {
    rule: "policy-not-enforced",
    title: "a policy whose engine no gateway asks",
    address: "aws_bedrockagentcore_policy.refunds",
    notPlanned: NEWER,
    bend: (stack) => {
      addPolicy(stack, search(stack));
      delete block(stack, GATEWAY)["policy_engine_configuration"];
    },
  },
  {
    rule: "policy-not-enforced",
    title: "a gateway that only logs what its policies deny",
    address: GATEWAY,
    notPlanned: NEWER,
    bend: (stack) => {
      addPolicy(stack, search(stack));
      block(stack, GATEWAY, "policy_engine_configuration")["mode"] = "LOG_ONLY";
    },
  },
  {
    rule: "policy-engine-not-askable",
    title: "a gateway's role that may not ask the policy engine",
    address: GATEWAY_ROLE,
    notPlanned: NEWER,
    bend: (stack) => {
      addPolicy(stack, search(stack));
      replaceIn(block(stack, GATEWAY_POLICY), "policy", /,"bedrock-agentcore:PartiallyAuthorizeActions"/, "");
    },
  },
  {
    rule: "resource-policy-open",
    title: "a resource policy by which everybody may call a runtime that takes signatures",
    address: "aws_bedrockagentcore_resource_policy.open",
    notPlanned: NEWER,
    also: ["oauth-to-iam-runtime"],
    bend: (stack) => {
      delete block(stack, RUNTIME)["authorizer_configuration"];
      addTo(stack, "aws_bedrockagentcore_resource_policy", "open", {
        resource_arn: `\${${RUNTIME}.agent_runtime_arn}`,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: "*" }, Action: "bedrock-agentcore:InvokeAgentRuntime", Resource: "*" },
          ],
        }),
      });
    },
  },
  {
    rule: "resource-policy-unmet",
    title: "a resource policy of a gateway that takes tokens, which names a role",
    address: "aws_bedrockagentcore_resource_policy.named",
    notPlanned: NEWER,
    bend: (stack) =>
      addResourcePolicy(stack, "named", {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:role/caller" },
        Action: "bedrock-agentcore:InvokeGateway",
        Resource: "*",
      }),
  },
  {
    rule: "policy-malformed",
    title: "a resource policy for nobody",
    address: "aws_bedrockagentcore_resource_policy.nobody",
    notPlanned: NEWER,
    also: ["resource-policy-unmet"],
    bend: (stack) =>
      addResourcePolicy(stack, "nobody", {
        Effect: "Allow",
        Action: "bedrock-agentcore:InvokeGateway",
        Resource: "*",
      }),
  },
  {
    rule: "token-exchange-unconfigured",
    title: "a target that exchanges tokens by a provider that does not say how",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) =>
      (block(stack, TARGET, "credential_provider_configuration", "oauth")["grant_type"] = "TOKEN_EXCHANGE"),
    also: ["gateway-role-permissions"],
  },
  {
    rule: "token-exchange-unconfigured",
    title: "written tools of a server for which tokens are exchanged",
    address: TARGET,
    notPlanned: NEWER,
    also: ["gateway-role-permissions"],
    bend: (stack) => {
      block(stack, TARGET, "credential_provider_configuration", "oauth")["grant_type"] = "TOKEN_EXCHANGE";
      server(stack)["mcp_tool_schema"] = { inline_payload: { payload: '{"tools":[]}' } };
      block(stack, PROVIDER, "oauth2_provider_config", "custom_oauth2_provider_config")[
        "on_behalf_of_token_exchange_config"
      ] = { grant_type: "JWT_AUTHORIZATION_GRANT" };
    },
  },
  {
    rule: "user-consent-impossible",
    title: "a target that asks for consent at a gateway that takes signatures",
    address: TARGET,
    notPlanned: NEWER,
    also: ["gateway-role-permissions"],
    bend: (stack) => {
      askForConsent(stack);
      block(stack, GATEWAY)["authorizer_type"] = "AWS_IAM";
      delete block(stack, GATEWAY)["authorizer_configuration"];
    },
  },
  {
    rule: "user-consent-impossible",
    title: "a target that asks for consent and is listed for each caller",
    address: TARGET,
    notPlanned: NEWER,
    also: ["gateway-role-permissions"],
    bend: (stack) => {
      askForConsent(stack);
      server(stack)["listing_mode"] = "DYNAMIC";
    },
  },
  {
    rule: "return-url-missing",
    title: "a target that asks for consent, with no page to come back to",
    address: TARGET,
    notPlanned: NEWER,
    also: ["gateway-role-permissions"],
    bend: (stack) => {
      askForConsent(stack);
      delete block(stack, TARGET, "credential_provider_configuration", "oauth")["default_return_url"];
    },
  },
  {
    ...valueAt(
      "argument-invalid",
      "a session shorter than a gateway's shortest",
      GATEWAY,
      "protocol_configuration.mcp.session_configuration.session_timeout_in_seconds",
      60,
    ),
    also: ["sessions-ineffective"],
  },
  {
    ...valueAt(
      "argument-invalid",
      "a header that no HTTP has",
      TARGET,
      "metadata_configuration.allowed_request_headers",
      ["X Y"],
    ),
    also: ["passed-header-dropped"],
  },
  valueAt(
    "passed-header-refused",
    "a restricted header that a target passes on",
    TARGET,
    "metadata_configuration.allowed_response_headers",
    ["Set-Cookie"],
  ),
  {
    ...valueAt(
      "passed-header-refused",
      "the id of sessions that a target passes on at a gateway that keeps them",
      TARGET,
      "metadata_configuration.allowed_request_headers",
      ["Mcp-Session-Id"],
    ),
    bend(stack) {
      setAt(block(stack, TARGET), ["metadata_configuration", "allowed_request_headers"], ["Mcp-Session-Id"]);
      keepSessions(stack);
      setAt(block(stack, GATEWAY), [...MCP, "streaming_configuration", "enable_response_streaming"], true);
    },
  },
  {
    rule: "passed-header-refused",
    title: "the header of an API key that a target passes on",
    address: TARGET,
    notPlanned: NEWER,
    also: ["passed-header-dropped"],
    bend(stack) {
      const api_key = {
        provider_arn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/apikeycredentialprovider/k",
        credential_location: "HEADER",
        credential_parameter_name: "X-Key",
      };
      setAt(block(stack, TARGET), ["credential_provider_configuration"], { api_key });
      setAt(block(stack, TARGET), ["metadata_configuration", "allowed_request_headers"], ["x-key"]);
    },
  },
  valueAt(
    "passed-header-dropped",
    "a header that a target passes on to a runtime that does not take it",
    TARGET,
    "metadata_configuration.allowed_request_headers",
    ["X-Tenant"],
  ),
  valueAt(
    "sessions-ineffective",
    "sessions of a gateway that does not stream",
    GATEWAY,
    "protocol_configuration.mcp.session_configuration",
    [{ session_timeout_in_seconds: 900 }],
  ),
  {
    ...valueAt("sessions-ineffective", "sessions at a version that has none", GATEWAY, "", ""),
    also: ["gateway-version-missing"],
    bend(stack) {
      keepSessions(stack);
      setAt(block(stack, GATEWAY), [...MCP, "supported_versions"], ["2026-07-28"]);
    },
  },
  {
    rule: "streaming-interceptor",
    title: "an interceptor of answers at a gateway that streams",
    address: GATEWAY,
    notPlanned: NEWER,
    bend(stack) {
      setAt(block(stack, GATEWAY), [...MCP, "streaming_configuration", "enable_response_streaming"], true);
      block(stack, GATEWAY)["interceptor_configuration"] = {
        interception_points: ["RESPONSE"],
        interceptor: { lambda: { arn: "arn:aws:lambda:us-east-1:123456789012:function:f" } },
      };
    },
  },
  {
    ...valueAt("listing-not-searched", "a live target at a gateway that searches", TARGET, "", ""),
    bend(stack) {
      server(stack)["listing_mode"] = "DYNAMIC";
      setAt(block(stack, GATEWAY), [...MCP, "search_type"], "SEMANTIC");
    },
  },
  valueAt(
    "value-unknown",
    "a private endpoint of an unknown address type",
    TARGET,
    "private_endpoint.managed_vpc_resource.endpoint_ip_address_type",
    "DUAL",
  ),
  valueAt(
    "value-unknown",
    "an unknown grant of a token exchange",
    PROVIDER,
    "oauth2_provider_config.custom_oauth2_provider_config.on_behalf_of_token_exchange_config.grant_type",
    "SWAP",
  ),
  valueAt(
    "value-unknown",
    "a listing mode that there is not",
    TARGET,
    "target_configuration.mcp.mcp_server.listing_mode",
    "LIVE",
  ),
  valueAt(
    "argument-invalid",
    "a priority of resources beyond the last",
    TARGET,
    "target_configuration.mcp.mcp_server.resource_priority",
    1001,
  ),
  {
    rule: "tool-schema-invalid",
    title: "an OpenAPI schema without names for its operations",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) => {
      const open_api_schema = {
        inline_payload: {
          payload: JSON.stringify({
            openapi: "3.0.3",
            info: { title: "Weather", version: "1" },
            servers: [{ url: "https://weather.example.com" }],
            paths: { "/now": { get: { responses: { "200": { description: "Now" } } } } },
          }),
        },
      };
      replaceTarget(stack, { target_configuration: { mcp: { open_api_schema } } });
    },
  },
  {
    rule: "tool-schema-invalid",
    title: "a Smithy model of a service that does not speak RestJson",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) => {
      const service = { type: "service", version: "1", traits: { "aws.protocols#awsJson1_0": {} } };
      const smithy_model = {
        inline_payload: { payload: JSON.stringify({ smithy: "2.0", shapes: { "example#Tables": service } }) },
      };
      replaceTarget(stack, { ...IAM, target_configuration: { mcp: { smithy_model } } });
    },
  },
  {
    rule: "wrong-attribute",
    title: "the id of a policy engine for its ARN",
    address: GATEWAY,
    notPlanned: NEWER,
    bend: (stack) => {
      addPolicy(stack, search(stack));
      block(stack, GATEWAY, "policy_engine_configuration")["arn"] = `\${${ENGINE}.policy_engine_id}`;
    },
  },
  ...(
    [
      [
        "a tool filter for a path that the API has not",
        { api_gateway_tool_configuration: { tool_filter: { filter_path: "/dogs", methods: ["GET"] } } },
      ],
      [
        "a tool override for a method that no filter selects",
        {
          api_gateway_tool_configuration: {
            tool_filter: { filter_path: "/pets", methods: ["GET"] },
            tool_override: { path: "/pets", method: "POST", name: "AddPet" },
          },
        },
      ],
      [
        "an operation without a name",
        { api_gateway_tool_configuration: { tool_filter: { filter_path: "/pets", methods: ["GET", "POST"] } } },
      ],
      ["a stage that the API has not", { stage: "test" }],
    ] as const
  ).map(([title, settings]): Mistake => ({
    rule: "tool-filter-unmet",
    title,
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) => {
      callApi(stack, settings);
      allowApi(stack);
    },
  })),
  {
    rule: "gateway-role-permissions",
    title: "a gateway role that may not invoke the API whose calls it signs",
    address: GATEWAY_ROLE,
    notPlanned: NEWER,
    bend: (stack) => callApi(stack),
  },
  {
    rule: "tool-schema-invalid",
    title: "tools of a server that are written down otherwise than MCP lists them",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) => (server(stack)["mcp_tool_schema"] = { inline_payload: { payload: '["search"]' } }),
  },
  {
    rule: "interceptor-not-invokable",
    title: "an interceptor that the gateway's role may not invoke",
    hiddenInPlans: "the policy is known only at apply",
    address: GATEWAY_ROLE,
    bend: (stack) => {
      stack.resource["aws_lambda_function"] = {
        check: { function_name: "check", role: `\${${RUNTIME_ROLE}.arn}`, handler: "x.y", runtime: "nodejs22.x" },
      };
      block(stack, GATEWAY)["interceptor_configuration"] = {
        interception_points: ["REQUEST"],
        interceptor: { lambda: { arn: "${aws_lambda_function.check.arn}" } },
        input_configuration: { pass_request_headers: false },
      };
    },
  },
  {
    rule: "workloads-invalid",
    title: "a gateway that admits workloads, as runtimes do",
    address: GATEWAY,
    notPlanned: NEWER,
    bend: (stack) =>
      (gatewayJwt(stack)["allowed_workload_configuration"] = { workload_identities: ["batch-0123456789"] }),
  },
  {
    rule: "workloads-invalid",
    title: "a runtime that admits nobody",
    address: RUNTIME,
    notPlanned: NEWER,
    bend: (stack) => (runtimeJwt(stack)["allowed_workload_configuration"] = { workload_identities: [] }),
  },
  {
    rule: "runtime-open-to-others",
    title: "a runtime that others than its gateway may call, where the provider can tell them apart",
    address: RUNTIME,
    notPlanned: NEWER,
    bend: (stack) => (runtimeJwt(stack)["allowed_workload_configuration"] = []),
  },
];

/** A policy about one tool of the gateway. */
/** A policy about one tool, whose engine the gateway asks. */
const addPolicy = (stack: Stack, tool: string): void => {
  const resource = `AgentCore::Gateway::"\${${GATEWAY}.gateway_arn}"`;
  const statement = `permit(principal, action == AgentCore::Action::"${tool}", resource == ${resource});`;
  addTo(stack, "aws_bedrockagentcore_policy_engine", "rules", { name: "rules" });
  addTo(stack, "aws_bedrockagentcore_policy", "refunds", {
    name: "refunds",
    policy_engine_id: `\${${ENGINE}.policy_engine_id}`,
    definition: { cedar: { statement } },
  });
  block(stack, GATEWAY)["policy_engine_configuration"] = { arn: `\${${ENGINE}.policy_engine_arn}`, mode: "ENFORCE" };
  const policy = JSON.parse(String(block(stack, GATEWAY_POLICY)["policy"])) as { Statement: Json[] };
  policy.Statement.push({
    Effect: "Allow",
    Action: ["GetPolicyEngine", "AuthorizeAction", "PartiallyAuthorizeActions"].map(
      (action) => `bedrock-agentcore:${action}`,
    ),
    Resource: [`\${${ENGINE}.policy_engine_arn}`, `\${${GATEWAY}.gateway_arn}`],
  });
  block(stack, GATEWAY_POLICY)["policy"] = JSON.stringify(policy);
};

/** A REST API whose stage takes the place of the only target, for its one method that wants a signature. */
export function callApi(stack: Stack, settings: Json = {}): void {
  const api = "${aws_api_gateway_rest_api.pets.id}";
  const security = [{ sigv4: [] }];
  const document = {
    openapi: "3.0.1",
    info: { title: "pets", version: "1" },
    components: {
      securitySchemes: {
        sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
      },
    },
    paths: { "/pets": { get: { operationId: "ListPets", security }, post: {} } },
  };
  addTo(stack, "aws_api_gateway_rest_api", "pets", { name: "pets", body: JSON.stringify(document) });
  addTo(stack, "aws_api_gateway_deployment", "pets", { rest_api_id: api });
  const deployment_id = "${aws_api_gateway_deployment.pets.id}";
  addTo(stack, "aws_api_gateway_stage", "live", { rest_api_id: api, deployment_id, stage_name: "live" });
  const stage = "${aws_api_gateway_stage.live.stage_name}";
  const api_gateway_tool_configuration = { tool_filter: { filter_path: "/pets", methods: ["GET"] } };
  replaceTarget(stack, {
    ...lambdaTarget(IAM),
    target_configuration: {
      mcp: { api_gateway: { rest_api_id: api, stage, api_gateway_tool_configuration, ...settings } },
    },
  });
}

/** In the place of all that the role of the gateway may. */
export function allowApi(stack: Stack): void {
  const Resource = "${aws_api_gateway_stage.live.execution_arn}/GET/pets";
  const statement = { Effect: "Allow", Action: "execute-api:Invoke", Resource };
  block(stack, GATEWAY_POLICY)["policy"] = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const ENGINE = "aws_bedrockagentcore_policy_engine.rules";
const search = (stack: Stack): string => `${String(block(stack, TARGET)["name"])}___search`;
const statementOf = (stack: Stack): Json => block(stack, "aws_bedrockagentcore_policy.refunds", "definition", "cedar");

const claim = (operator: string, value: Json, type = "STRING"): Json => ({
  inbound_token_claim_name: "department",
  inbound_token_claim_value_type: type,
  authorizing_claim_match_value: { claim_match_operator: operator, claim_match_value: value },
});

const addTo = (stack: Stack, type: string, name: string, body: Json): void => {
  stack.resource[type] = { ...stack.resource[type], [name]: body };
};

const twinOf = (stack: Stack, address: string, changes: Json = {}): void => {
  const [type = ""] = address.split(".");
  addTo(stack, type, "twin", { ...structuredClone(block(stack, address)), ...changes });
};

const CUSTOM = ["oauth2_provider_config", "custom_oauth2_provider_config"] as const;
const JWT = ["authorizer_configuration", "custom_jwt_authorizer"] as const;
const CONTAINER = ["agent_runtime_artifact", "container_configuration"] as const;
const SERVER = ["target_configuration", "mcp", "mcp_server"] as const;
const discoveryOf = (pool: string): string =>
  `https://cognito-idp.us-east-1.amazonaws.com/\${${pool}}/.well-known/openid-configuration`;
const ALSO_WRONG: Readonly<Record<string, readonly string[]>> = {
  "a pool's id for a client's": ["client-not-allowed"],
  "a runtime's ARN for its endpoint": ["endpoint-arn-not-encoded", "endpoint-path"],
};

/** Names that a service has once, and who says that the second is refused. */
const twins: readonly Mistake[] = (
  [
    [RUNTIME, { agent_runtime_name: "tools" }, []],
    [PROVIDER, {}, []],
    [GATEWAY_ROLE, {}, []],
    ["aws_ecr_repository.tools", {}, []],
    ["aws_cognito_resource_server.tools", {}, []],
    ["aws_cognito_user_pool_domain.machines", { user_pool_id: `\${${INBOUND_POOL}.id}` }, []],
  ] as const
).map(([address, changes]): Mistake => ({
  rule: "duplicate-name",
  title: `a second ${address.split(".")[0] ?? ""} of the same name`,
  address: `${address.split(".")[0] ?? ""}.twin`,
  bend: (stack) => twinOf(stack, address, changes),
}));

/** More of what is refused at creation. */
const creations: readonly Mistake[] = [
  ...twins,
  {
    rule: "duplicate-name",
    title: "two domains of one user pool",
    address: "aws_cognito_user_pool_domain.twin",
    bend: (stack) => twinOf(stack, "aws_cognito_user_pool_domain.machines", { domain: "tools-second-k3v9" }),
  },
  {
    rule: "duplicate-name",
    title: "two endpoints of one name",
    address: "aws_bedrockagentcore_agent_runtime_endpoint.twin",
    bend: (stack) => {
      const agent_runtime_id = `\${${RUNTIME}.agent_runtime_id}`;
      addTo(stack, "aws_bedrockagentcore_agent_runtime_endpoint", "one", { name: "live", agent_runtime_id });
      addTo(stack, "aws_bedrockagentcore_agent_runtime_endpoint", "twin", { name: "live", agent_runtime_id });
    },
  },
  {
    rule: "custom-claim-invalid",
    title: "a custom claim that is compared as a list is",
    address: GATEWAY,
    notPlanned: NEWER,
    bend: (stack) => (gatewayJwt(stack)["custom_claim"] = [claim("CONTAINS", { match_value_string: "sales" })]),
  },
  {
    rule: "custom-claim-invalid",
    title: "a custom claim without the value of its operator",
    address: RUNTIME,
    notPlanned: NEWER,
    bend: (stack) =>
      (runtimeJwt(stack)["custom_claim"] = [claim("CONTAINS_ANY", { match_value_string: "sales" }, "STRING_ARRAY")]),
  },
  {
    rule: "tool-schema-invalid",
    title: "a tool whose schema has a type that there is not",
    address: TARGET,
    notPlanned: "the provider refuses it",
    also: ["gateway-role-permissions"],
    bend: (stack) => {
      addTo(stack, "aws_lambda_function", "search", {
        function_name: "search",
        role: `\${${RUNTIME_ROLE}.arn}`,
        handler: "x.y",
        runtime: "nodejs22.x",
      });
      replaceTarget(stack, lambdaTarget(IAM));
      const lambda = block(stack, TARGET, "target_configuration", "mcp", "lambda");
      lambda["lambda_arn"] = "${aws_lambda_function.search.arn}";
      lambda["tool_schema"] = {
        inline_payload: [{ name: "search", description: "Search", input_schema: { type: "strnig" } }],
      };
    },
  },
  {
    rule: "outbound-credential-unsupported",
    title: "a Lambda target that names a service to sign for",
    address: TARGET,
    notPlanned: NEWER,
    bend: (stack) =>
      replaceTarget(
        stack,
        lambdaTarget({ credential_provider_configuration: { gateway_iam_role: { service: "lambda" } } }),
      ),
  },
  ...(
    [
      ["a callback URL without TLS", { callback_urls: ["http://example.com/back"] }],
      ["a callback URL that is relative", { callback_urls: ["/back"] }],
      ["a logout URL with a fragment", { logout_urls: ["https://example.com/#out"] }],
      [
        "a default redirect URL that is no callback URL",
        { callback_urls: ["https://example.com/back"], default_redirect_uri: "https://example.com/other" },
      ],
      ["access tokens that count two days", { access_token_validity: 48 }],
      [
        "refresh tokens that count less than the others",
        { refresh_token_validity: 60, access_token_validity: 2, token_validity_units: { refresh_token: "minutes" } },
      ],
      [
        "rotation of refresh tokens beside their flow",
        { refresh_token_rotation: { feature: "ENABLED", retry_grace_period_seconds: 0 } },
      ],
    ] as const
  ).map(([title, changes]): Mistake => ({
    rule: "client-settings-refused",
    title: `a client with ${title}`,
    address: INBOUND_CLIENT,
    ...(/fragment|relative|rotation/.test(title) && { notPlanned: "the provider refuses it, or does not know it" }),
    bend: (stack) => Object.assign(block(stack, INBOUND_CLIENT), changes),
  })),
  ...(
    [
      ["a policy with a Principal", { Principal: "*" }],
      ["a policy without actions", { Action: [] }],
      ["a policy with an Effect that there is not", { Effect: "Permit" }],
      ["a policy with a member that there is not", { Actions: "s3:GetObject" }],
      ["a policy whose resource is no ARN", { Resource: "everything" }],
      ["a policy whose action names no service", { Action: "GetObject" }],
    ] as const
  ).map(([title, changes]): Mistake => ({
    rule: "policy-malformed",
    title,
    address: "aws_iam_role_policy.more",
    bend: (stack) =>
      addTo(stack, "aws_iam_role_policy", "more", {
        name: "more",
        role: "${aws_iam_role.other.id}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::x/*", ...changes }],
        }),
      }) ??
      addTo(stack, "aws_iam_role", "other", {
        ...structuredClone(block(stack, RUNTIME_ROLE)),
        name: "other",
      }),
  })),
  {
    rule: "policy-malformed",
    title: "a trust policy with a resource",
    address: "aws_iam_role.other",
    bend: (stack) =>
      addTo(stack, "aws_iam_role", "other", {
        name: "other",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*", Principal: { Service: "ec2.amazonaws.com" } },
          ],
        }),
      }),
  },
  {
    rule: "value-unknown",
    title: "an exception level that there is not",
    address: GATEWAY,
    notPlanned: "the provider refuses it",
    bend: (stack) => (block(stack, GATEWAY)["exception_level"] = "INFO"),
  },
  {
    rule: "argument-invalid",
    title: "a description that is too long for the service",
    address: GATEWAY,
    notPlanned: "the provider refuses it",
    bend: (stack) => (block(stack, GATEWAY)["description"] = "tools ".repeat(40)),
  },
  ...(
    [
      ["a client's id for its secret", PROVIDER, [...CUSTOM, "client_secret"], `\${${OUTBOUND_CLIENT}.id}`],
      ["a pool's ARN in a discovery URL", GATEWAY, [...JWT, "discovery_url"], discoveryOf(`${INBOUND_POOL}.arn`)],
      [
        "a pool's name in a discovery URL",
        PROVIDER,
        [...CUSTOM, "oauth_discovery", "discovery_url"],
        discoveryOf(`${OUTBOUND_POOL}.name`),
      ],
      [
        "a repository's ARN for its URL",
        RUNTIME,
        [...CONTAINER, "container_uri"],
        "${aws_ecr_repository.tools.arn}:3f9a1c",
      ],
      [
        "a runtime's name in its endpoint",
        TARGET,
        [...SERVER, "endpoint"],
        `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/\${${RUNTIME}.agent_runtime_name}/invocations`,
      ],
      ["a runtime's ARN for its endpoint", TARGET, [...SERVER, "endpoint"], `\${${RUNTIME}.agent_runtime_arn}`],
      ["a pool's id for a client's", RUNTIME, [...JWT, "allowed_clients"], [`\${${OUTBOUND_POOL}.id}`]],
      ["a gateway's ARN for its role's", GATEWAY, ["role_arn"], `\${${RUNTIME}.agent_runtime_arn}`],
    ] as const
  ).map(([title, address, path, value]): Mistake => ({
    rule: "wrong-attribute",
    title,
    address,
    ...(!title.includes("'s name") && { hiddenInPlans: UNKNOWN_TEXT }),
    also: ALSO_WRONG[title] ?? [],
    bend: (stack) => {
      const names = [...path] as string[];
      const last = names.pop() ?? "";
      block(stack, address, ...names)[last] = value;
    },
  })),
  {
    rule: "wrong-attribute",
    title: "a runtime's id for its ARN in a policy",
    address: GATEWAY_POLICY,
    hiddenInPlans: "the policy is known only at apply",
    bend: (stack) => {
      const policy = JSON.parse(String(block(stack, GATEWAY_POLICY)["policy"])) as { Statement: Json[] };
      policy.Statement.push({
        Effect: "Allow",
        Action: "bedrock-agentcore:InvokeAgentRuntime",
        Resource: `\${${RUNTIME}.agent_runtime_id}`,
      });
      block(stack, GATEWAY_POLICY)["policy"] = JSON.stringify(policy);
    },
  },
  {
    rule: "wrong-attribute",
    title: "the ARN of a secret for the API key in it",
    notPlanned: "the stand-in has no secrets",
    address: "aws_bedrockagentcore_api_key_credential_provider.key",
    hiddenInPlans: UNKNOWN_TEXT,
    bend: (stack) => {
      addTo(stack, "aws_secretsmanager_secret", "key", { name: "key" });
      addTo(stack, "aws_bedrockagentcore_api_key_credential_provider", "key", {
        name: "key",
        api_key: "${aws_secretsmanager_secret.key.arn}",
      });
    },
  },
];

export const mistakes: readonly Mistake[] = [
  ...hop,
  ...tokens,
  ...endpoints,
  ...roles,
  ...others,
  ...refusals,
  ...creations,
  ...lists,
];
