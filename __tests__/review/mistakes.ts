import { add, addLike, argumentsAt, type Change, together } from "./changes";
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
  TARGET,
} from "./clean-stack";
import { allow, policyOf } from "../support/policies";
import { PUT_TO_OTHERS } from "../support/put-to-others";

/** One thing done wrong to the clean stack, and what has to be said of it. */
export interface Mistake {
  readonly rule: string;
  readonly title: string;
  /** Where it has to be reported. */
  readonly address: string;
  readonly bend: Change;
  /** Rules that have a reason to speak up, too. */
  readonly also?: readonly string[];
  /** Position in the list of 15 mistakes that was put to other tools (docs/review.md). */
  readonly number?: number;
  /** Why a plan of native configuration cannot show it, which shows of an unknown text only its references. */
  readonly hiddenInPlans?: string;
  /** Why no plan of it can be made here. */
  readonly notPlanned?: string;
}

/** What breaks a rule at an address, by title. After the rule come those that have a reason to speak up, too. */
function breaking(
  rules: string | readonly string[],
  address: string,
  changes: Readonly<Record<string, Change>>,
): readonly Mistake[] {
  const [rule = "", ...also] = [rules].flat();
  return Object.entries(changes).map(([title, bend]) => ({ rule, title, address, bend, also }));
}

function hiddenInPlans(reason: string, mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, hiddenInPlans: reason }));
}

function notPlanned(reason: string, mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, notPlanned: reason }));
}

const UNKNOWN_TEXT = "the text is known only at apply";
const UNKNOWN_POLICY = "the policy is known only at apply";
const NEWER = "it came after AWS provider 6.25, whose schema the stand-in has";
const REFUSED = "the provider refuses it";

const RATE_LIMIT = "awscc_bedrockagentcore_gateway_rate_limit.calls";
const SUB = "$.context.jwt.sub";
const TIER = "$.context.request.header.X-Tier";

/** A rate limit of the gateway, whose one entry is for all values of its keys unless it says otherwise. */
function limited(keys: readonly string[], entry: Json = {}): Json {
  return {
    gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
    dimension_keys: keys,
    entries: [
      {
        dimensions: Object.fromEntries(keys.map((key) => [key, "*"])),
        requests: [{ rate: 10, period: "second" }],
        ...entry,
      },
    ],
  };
}

const limit = (keys: readonly string[], entry: Json = {}): Change => add(RATE_LIMIT, limited(keys, entry));

const DOMAIN = "aws_cognito_user_pool_domain.machines";
const RESOURCE_SERVER = "aws_cognito_resource_server.tools";
const ENGINE = "aws_bedrockagentcore_policy_engine.rules";
const POLICY = "aws_bedrockagentcore_policy.refunds";
const RESOURCE_POLICY = "aws_bedrockagentcore_resource_policy";
const BUILD = "terraform_data.image";
const AGENTCORE = "arn:aws:bedrock-agentcore:us-east-1:${data.aws_caller_identity.current.account_id}";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function";
const SCOPE = `\${${RESOURCE_SERVER}.identifier}`;
const ENDPOINT = "aws_bedrockagentcore_agent_runtime_endpoint.prod";
const RUNTIME_ID = `\${${RUNTIME}.agent_runtime_id}`;
const RUNTIME_ARN = `\${${RUNTIME}.agent_runtime_arn}`;
const IMAGE = "agent_runtime_artifact.container_configuration.container_uri";
const CREDENTIAL = "credential_provider_configuration";

const gateway = argumentsAt(GATEWAY);
const gatewayJwt = argumentsAt(GATEWAY, "authorizer_configuration.custom_jwt_authorizer");
const mcp = argumentsAt(GATEWAY, "protocol_configuration.mcp");
const target = argumentsAt(TARGET);
const oauth = argumentsAt(TARGET, `${CREDENTIAL}.oauth`);
const server = argumentsAt(TARGET, "target_configuration.mcp.mcp_server");
const lambda = argumentsAt(TARGET, "target_configuration.mcp.lambda");
const runtime = argumentsAt(RUNTIME);
const runtimeJwt = argumentsAt(RUNTIME, "authorizer_configuration.custom_jwt_authorizer");
const provider = argumentsAt(PROVIDER);
const custom = argumentsAt(PROVIDER, "oauth2_provider_config.custom_oauth2_provider_config");
const people = argumentsAt(INBOUND_POOL);
const person = argumentsAt(INBOUND_CLIENT);
const machine = argumentsAt(OUTBOUND_CLIENT);
const resourceServer = argumentsAt(RESOURCE_SERVER);
const domain = argumentsAt(DOMAIN);
const policy = argumentsAt(POLICY);
const gatewayRole = argumentsAt(GATEWAY_ROLE);
const gatewayPolicy = argumentsAt(GATEWAY_POLICY);
const runtimeRole = argumentsAt(RUNTIME_ROLE);
const runtimePolicy = argumentsAt(RUNTIME_POLICY);
const image = argumentsAt(BUILD);

/** In the place of all that the gateway's role may. */
const allowOnly = (Action: string, Resource: unknown): Change =>
  gatewayPolicy.set("policy", policyOf(allow(Action, Resource)));

/** What a gateway's role needs to call a runtime with a signature. */
const allowInvocation = allowOnly("bedrock-agentcore:InvokeAgentRuntime", [
  RUNTIME_ARN,
  `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`,
]);

/** Makes the runtime an agent behind a gateway without a protocol, which both take the tokens of people. */
export const frontAgent = (credential: Json): Change =>
  together(
    gateway.unset("protocol_type"),
    gateway.unset("protocol_configuration"),
    runtime.set("protocol_configuration", { server_protocol: "HTTP" }),
    (stack) => runtime.set("authorizer_configuration", block(stack, GATEWAY)["authorizer_configuration"])(stack),
    target.set("target_configuration", { http: { agentcore_runtime: { arn: RUNTIME_ARN } } }),
    target.set(CREDENTIAL, credential),
  );
const CALLER = { caller_iam_credentials: { service: "bedrock-agentcore" } };
export const signedByCallers = together(
  frontAgent(CALLER),
  gateway.set("authorizer_type", "AWS_IAM"),
  gateway.unset("authorizer_configuration"),
  runtime.unset("authorizer_configuration"),
);

interface Statement extends Json {
  Action: string;
  Resource: string | string[];
}

/** Changes what the gateway's role may. */
const editPolicy =
  (edit: (statements: Statement[]) => void): Change =>
  (stack) => {
    const { Statement } = JSON.parse(String(block(stack, GATEWAY_POLICY)["policy"])) as { Statement: Statement[] };
    edit(Statement);
    block(stack, GATEWAY_POLICY)["policy"] = policyOf(...Statement);
  };

const editResources = (action: string, edit: (resources: string[]) => string[]): Change =>
  editPolicy((statements) => {
    const statement = statements.find(({ Action }) => Action === action);
    if (statement === undefined) throw new Error(`No statement allows ${action}.`);
    statement.Resource = edit([statement.Resource].flat());
  });

const withoutResource = (action: string, resource: string): Change =>
  editResources(`bedrock-agentcore:${action}`, (resources) => resources.filter((each) => !each.includes(resource)));

const inlineSchema = (schema: unknown) => ({ inline_payload: { payload: JSON.stringify(schema) } });

const NAMELESS = {
  openapi: "3.0.3",
  info: { title: "Weather", version: "1" },
  servers: [{ url: "https://weather.example.com" }],
  paths: { "/now": { get: { responses: { "200": { description: "Now" } } } } },
};

const lambdaTarget = (more: Json, tools: readonly string[] = ["search"]): Json => ({
  name: "function",
  gateway_identifier: `\${${GATEWAY}.gateway_id}`,
  target_configuration: {
    mcp: {
      lambda: {
        lambda_arn: `${FUNCTION}:search`,
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
const replaceTarget =
  (own: Json): Change =>
  ({ resource }) => {
    const tools = { name: "tools", gateway_identifier: `\${${GATEWAY}.gateway_id}`, ...own };
    resource["aws_bedrockagentcore_gateway_target"] = { tools };
  };

const IAM = { [CREDENTIAL]: { gateway_iam_role: {} } };
const signFor = (role: Json): Change => target.set(CREDENTIAL, { gateway_iam_role: role });

const addFunction = (name: string): Change =>
  add(`aws_lambda_function.${name}`, {
    function_name: name,
    role: `\${${RUNTIME_ROLE}.arn}`,
    handler: "x.y",
    runtime: "nodejs22.x",
  });

const intercept = (point: string, arn: string): Json => ({
  interception_points: [point],
  interceptor: { lambda: { arn } },
});

const keepSessions = mcp.set("session_configuration.session_timeout_in_seconds", 900);
const stream = mcp.set("streaming_configuration.enable_response_streaming", true);

const askForConsent = together(
  oauth.set("grant_type", "AUTHORIZATION_CODE"),
  oauth.set("default_return_url", "https://app.example.com/callback"),
);
const exchangeTokens = oauth.set("grant_type", "TOKEN_EXCHANGE");

const addResourcePolicy = (name: string, statement: object): Change =>
  add(`${RESOURCE_POLICY}.${name}`, { resource_arn: `\${${GATEWAY}.gateway_arn}`, policy: policyOf(statement) });

/** A policy about one tool, whose engine the gateway asks. */
function decideAbout(tool: string): Change {
  const gatewayArn = `\${${GATEWAY}.gateway_arn}`;
  const resource = `AgentCore::Gateway::"${gatewayArn}"`;
  const statement = `permit(principal, action == AgentCore::Action::"${tool}", resource == ${resource});`;
  const arn = `\${${ENGINE}.policy_engine_arn}`;
  const actions = ["GetPolicyEngine", "AuthorizeAction", "PartiallyAuthorizeActions"];
  return together(
    add(ENGINE, { name: "rules" }),
    add(POLICY, {
      name: "refunds",
      policy_engine_id: `\${${ENGINE}.policy_engine_id}`,
      definition: { cedar: { statement } },
    }),
    gateway.set("policy_engine_configuration", { arn, mode: "ENFORCE" }),
    editPolicy((statements) => {
      statements.push(
        allow(
          actions.map((action) => `bedrock-agentcore:${action}`),
          [arn, gatewayArn],
        ) as never,
      );
    }),
  );
}
const decide = decideAbout("tools___search");

/** A REST API whose stage takes the place of the only target, for its one method that wants a signature. */
export function callApi(settings: Json = {}): Change {
  const api = "${aws_api_gateway_rest_api.pets.id}";
  const sigv4 = { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" };
  const document = {
    openapi: "3.0.1",
    info: { title: "pets", version: "1" },
    components: { securitySchemes: { sigv4 } },
    paths: { "/pets": { get: { operationId: "ListPets", security: [{ sigv4: [] }] }, post: {} } },
  };
  const stage = "${aws_api_gateway_stage.live.stage_name}";
  const api_gateway = { rest_api_id: api, stage, ...filterTools("/pets", "GET"), ...settings };
  return together(
    add("aws_api_gateway_rest_api.pets", { name: "pets", body: JSON.stringify(document) }),
    add("aws_api_gateway_deployment.pets", { rest_api_id: api }),
    add("aws_api_gateway_stage.live", {
      rest_api_id: api,
      deployment_id: "${aws_api_gateway_deployment.pets.id}",
      stage_name: "live",
    }),
    replaceTarget({ ...lambdaTarget(IAM), target_configuration: { mcp: { api_gateway } } }),
  );
}

const filterTools = (filter_path: string, ...methods: readonly string[]) => ({
  api_gateway_tool_configuration: { tool_filter: { filter_path, methods } },
});

export const allowApi = allowOnly("execute-api:Invoke", "${aws_api_gateway_stage.live.execution_arn}/GET/pets");

const claim = (operator: string, value: Json, type = "STRING") => [
  {
    inbound_token_claim_name: "department",
    inbound_token_claim_value_type: type,
    authorizing_claim_match_value: { claim_match_operator: operator, claim_match_value: value },
  },
];

/** The hop from the gateway to the runtime. */
const hop: readonly Mistake[] = [
  ...breaking("runtime-not-mcp", TARGET, {
    "an HTTP runtime behind an MCP server target": runtime.set("protocol_configuration.server_protocol", "HTTP"),
    "a runtime without a protocol, which then is HTTP": runtime.unset("protocol_configuration"),
  }),
  ...breaking("oauth-to-iam-runtime", TARGET, {
    "a runtime without a JWT authorizer behind an OAuth target": runtime.unset("authorizer_configuration"),
  }),
  ...breaking(["iam-to-jwt-runtime", "iam-service-missing"], TARGET, {
    "an IAM credential towards a JWT runtime": together(signFor({}), allowInvocation),
  }),
  ...breaking("iam-service-missing", TARGET, {
    "an IAM credential without a service on an MCP server target": together(
      runtime.unset("authorizer_configuration"),
      signFor({}),
      allowInvocation,
    ),
  }),
  ...breaking("outbound-authorization-missing", TARGET, {
    "no outbound authorization towards a JWT runtime": target.unset(CREDENTIAL),
  }),
  ...breaking("cognito-audience", RUNTIME, {
    "an audience check of the runtime on Cognito's M2M tokens": runtimeJwt.set("allowed_audience", ["tools"]),
  }),
  ...breaking("cognito-audience", GATEWAY, {
    "an audience check of the gateway on Cognito's access tokens": gatewayJwt.set("allowed_audience", ["tools"]),
  }),
  ...breaking(["issuer-mismatch", "allowed-client-pool"], TARGET, {
    "a credential provider of another user pool than the runtime's": runtimeJwt.replace(
      "discovery_url",
      OUTBOUND_POOL,
      INBOUND_POOL,
    ),
  }),
  ...breaking(["client-not-allowed", "allowed-client-pool"], TARGET, {
    "a runtime that allows another client": runtimeJwt.set("allowed_clients", [`\${${INBOUND_CLIENT}.id}`]),
  }),
  ...breaking("allowed-list-empty", RUNTIME, {
    "an empty list of allowed clients of the runtime": runtimeJwt.set("allowed_clients", []),
  }),
  ...breaking("allowed-list-empty", GATEWAY, {
    "an empty list of allowed clients of the gateway": gatewayJwt.set("allowed_clients", []),
  }),
  ...breaking("authorizer-unrestricted", GATEWAY, {
    "an authorizer that checks neither client, audience nor scope": gatewayJwt.unset("allowed_clients"),
  }),
];

const LONG_SCOPE = "execute".repeat(10);

/** Scopes, clients and user pools. */
const tokens: readonly Mistake[] = [
  ...breaking(["scope-undefined", "scope-not-allowed"], TARGET, {
    "a scope that the resource server does not define": oauth.set("scopes", ["tools/delete"]),
  }),
  ...breaking("scope-undefined", OUTBOUND_CLIENT, {
    "a client with a scope that the resource server does not define": machine.set("allowed_oauth_scopes", [
      "tools/execute",
      "tools/delete",
    ]),
  }),
  ...breaking("scope-not-allowed", TARGET, {
    "a scope that the client may not have": oauth.set("scopes", [`${SCOPE}/read`]),
  }),
  ...breaking("scopes-empty", TARGET, { "an empty list of scopes": oauth.set("scopes", []) }),
  ...breaking("scope-too-long", TARGET, {
    "a scope longer than a target takes": together(
      resourceServer.set("scope", [{ scope_name: LONG_SCOPE, scope_description: "Execute" }]),
      machine.set("allowed_oauth_scopes", [`${SCOPE}/${LONG_SCOPE}`]),
      oauth.set("scopes", [`${SCOPE}/${LONG_SCOPE}`]),
    ),
  }),
  ...breaking(["client-not-confidential", "client-settings-refused"], OUTBOUND_CLIENT, {
    "a machine client without a secret": machine.set("generate_secret", false),
  }),
  ...breaking("client-not-confidential", OUTBOUND_CLIENT, {
    "a machine client without the client credentials flow": machine.set("allowed_oauth_flows", ["code"]),
    "a machine client whose OAuth flows are off": machine.set("allowed_oauth_flows_user_pool_client", false),
  }),
  ...breaking("user-pool-domain-missing", OUTBOUND_POOL, {
    "an outbound user pool without a domain": together(
      ({ resource }) => delete resource["aws_cognito_user_pool_domain"],
      provider.unset("depends_on"),
    ),
  }),
  ...breaking("inbound-client-without-sign-in", INBOUND_CLIENT, {
    "an inbound client by which nobody can sign in": person.set("explicit_auth_flows", ["ALLOW_REFRESH_TOKEN_AUTH"]),
  }),
  ...hiddenInPlans(UNKNOWN_TEXT, [
    ...breaking("discovery-url-invalid", GATEWAY, {
      "a discovery URL of the gateway without its ending": gatewayJwt.replace(
        "discovery_url",
        "/.well-known/openid-configuration",
        "",
      ),
    }),
    ...breaking("discovery-url-invalid", RUNTIME, {
      "a discovery URL of the runtime that is the JWKS URL": runtimeJwt.replace(
        "discovery_url",
        "openid-configuration",
        "jwks.json",
      ),
    }),
    ...breaking("discovery-url-region", GATEWAY, {
      "a discovery URL in another region than the user pool": gatewayJwt.replace(
        "discovery_url",
        "us-east-1",
        "eu-west-1",
      ),
    }),
  ]),
];

const encodedArn = encodeURIComponent("arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-a1b2c3d4e5");
const invocationUrl = (runtime: string): string =>
  `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${runtime}/invocations`;

/** Endpoints, names and limits. */
const endpoints: readonly Mistake[] = [
  ...hiddenInPlans(UNKNOWN_TEXT, [
    ...breaking("endpoint-undeclared", TARGET, {
      "an endpoint of the runtime that nobody declares": server.replace("endpoint", /$/, "?qualifier=prod"),
      "an endpoint that another runtime has": together(
        server.replace("endpoint", /$/, "?qualifier=prod"),
        addLike(RUNTIME, "other", { agent_runtime_name: "other" }),
        add(ENDPOINT, {
          agent_runtime_id: "${aws_bedrockagentcore_agent_runtime.other.agent_runtime_id}",
          name: "prod",
        }),
      ),
      "an endpoint of another name": together(
        server.replace("endpoint", /$/, "?accountId=123456789012&qualifier=prod"),
        add(ENDPOINT, { agent_runtime_id: RUNTIME_ID, name: "test" }),
      ),
    }),
    ...breaking("endpoint-path", TARGET, {
      "an endpoint that ends in /mcp": server.replace("endpoint", /\/invocations$/, "/mcp"),
      "an endpoint without /invocations": server.replace("endpoint", /\/invocations$/, ""),
    }),
    ...breaking("endpoint-arn-not-encoded", TARGET, {
      "the ARN un-encoded in the endpoint": server.replace("endpoint", /urlencode\(([^)]*)\)/, "$1"),
    }),
    ...breaking("endpoint-not-https", TARGET, {
      "an http:// endpoint": server.replace("endpoint", "https://", "http://"),
    }),
    ...breaking("endpoint-region", TARGET, {
      "an endpoint in another region than the runtime": server.replace("endpoint", "us-east-1", "eu-west-1"),
    }),
  ]),
  ...breaking("endpoint-arn-hard-coded", TARGET, {
    "a runtime's ARN written into the endpoint": server.set("endpoint", invocationUrl(encodedArn)),
  }),
  ...breaking("gateway-identifier-arn", TARGET, {
    "the gateway's ARN for its id": target.set("gateway_identifier", `\${${GATEWAY}.gateway_arn}`),
  }),
  ...breaking(["duplicate-target-name", "tools-paged"], "aws_bedrockagentcore_gateway_target.twin", {
    "two targets of one name": addLike(TARGET, "twin"),
  }),
  ...breaking("name-invalid", GATEWAY, {
    "a gateway name of 48 characters": gateway.set("name", "tools-gateway-of-the-department-of-long-names-48"),
  }),
  ...breaking("name-invalid", RUNTIME, { "a hyphen in a runtime name": runtime.set("agent_runtime_name", "my-tools") }),
  ...breaking("name-invalid", DOMAIN, {
    "a word in a domain that Cognito keeps for itself": domain.set("domain", "my-aws-machines"),
    "such a word in the part of a domain that is known": domain.set(
      "domain",
      "cognito-machines-${data.aws_caller_identity.current.account_id}",
    ),
  }),
  ...breaking("limit-exceeded", RUNTIME, {
    "more environment variables than the service takes": runtime.set(
      "environment_variables",
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`V${index}`, "x"])),
    ),
    "a lifetime below the service's shortest": runtime.set("lifecycle_configuration", [
      { idle_runtime_session_timeout: 30, max_lifetime: 900 },
    ]),
  }),
  ...breaking("lifecycle-half-set", RUNTIME, {
    "one lifecycle value without the other": runtime.set("lifecycle_configuration", [
      { idle_runtime_session_timeout: 900, max_lifetime: null },
    ]),
  }),
  ...breaking("environment-empty", RUNTIME, { "an empty environment map": runtime.set("environment_variables", {}) }),
];

/** Roles and their policies. */
const roles: readonly Mistake[] = [
  ...hiddenInPlans(UNKNOWN_POLICY, [
    ...[
      ["GetWorkloadAccessToken", "identity", "workload_identity_arn"],
      ["GetWorkloadAccessToken", "directory", "directory/default"],
      ["GetResourceOauth2Token", "identity", "workload_identity_arn"],
      ["GetResourceOauth2Token", "directory", "directory/default"],
      ["GetResourceOauth2Token", "token vault", "token-vault"],
      ["GetResourceOauth2Token", "provider", "credential_provider_arn"],
    ].flatMap(([action = "", what, resource = ""]) =>
      breaking("gateway-role-permissions", GATEWAY_ROLE, {
        [`a gateway role without ${action} on the ${what}`]: withoutResource(action, resource),
      }),
    ),
    ...breaking(["gateway-role-permissions", "secret-not-readable", "secret-literal", "tools-paged"], GATEWAY_ROLE, {
      "a gateway role that may not fetch the API key of a target": together(
        add("aws_bedrockagentcore_api_key_credential_provider.key", { name: "key", api_key: "0123456789" }),
        add("aws_bedrockagentcore_gateway_target.outside", {
          name: "outside",
          gateway_identifier: `\${${GATEWAY}.gateway_id}`,
          credential_provider_configuration: {
            api_key: {
              provider_arn: "${aws_bedrockagentcore_api_key_credential_provider.key.credential_provider_arn}",
            },
          },
          target_configuration: { mcp: { mcp_server: { endpoint: "https://tools.example.com/mcp" } } },
          depends_on: [GATEWAY_POLICY],
        }),
      ),
    }),
    ...breaking("secret-not-readable", GATEWAY_ROLE, {
      "a gateway role that may read another secret only": editResources("secretsmanager:GetSecretValue", () => [
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:another-Ab1Cd2",
      ]),
    }),
    ...breaking(["workload-identity-case", "wildcard-resource", "trust-too-narrow"], GATEWAY_ROLE, {
      "a pattern of the workload identity in upper case": together(
        gateway.set("name", "Tools-Gateway"),
        gatewayRole.replace("assume_role_policy", "gateway/tools-gateway-*", "gateway/Tools-Gateway-*"),
        gatewayPolicy.replace(
          "policy",
          /"\$\{aws_bedrockagentcore_gateway\.main\.workload_identity_details\[0\]\.workload_identity_arn\}"/g,
          `"${AGENTCORE}:workload-identity-directory/default/workload-identity/Tools-Gateway-*"`,
        ),
      ),
    }),
    ...breaking("wildcard-action", GATEWAY_POLICY, {
      "a policy of all actions of the service": gatewayPolicy.replace(
        "policy",
        "bedrock-agentcore:GetWorkloadAccessToken",
        "bedrock-agentcore:*",
      ),
    }),
    ...breaking("wildcard-resource", GATEWAY_POLICY, {
      "a policy of all providers of the vault": gatewayPolicy.replace(
        "policy",
        `\${${PROVIDER}.credential_provider_arn}`,
        `${AGENTCORE}:token-vault/default/oauth2credentialprovider/*`,
      ),
    }),
  ]),
  ...notPlanned(
    NEWER,
    breaking("gateway-role-permissions", GATEWAY_ROLE, {
      "a gateway role that may not invoke the runtime which it signs for": together(
        runtime.unset("authorizer_configuration"),
        signFor({ service: "bedrock-agentcore" }),
        allowOnly("bedrock-agentcore:InvokeAgentRuntime", [RUNTIME_ARN]),
      ),
      "a gateway role that may invoke another endpoint than the target calls": together(
        runtime.unset("authorizer_configuration"),
        signFor({ service: "bedrock-agentcore" }),
        server.replace("endpoint", /$/, "?qualifier=prod"),
        add(ENDPOINT, { agent_runtime_id: RUNTIME_ID, name: "prod" }),
        target.set("depends_on", [GATEWAY_POLICY, ENDPOINT]),
        allowInvocation,
      ),
    }),
  ),
  ...hiddenInPlans(
    UNKNOWN_POLICY,
    breaking("gateway-role-permissions", GATEWAY_ROLE, {
      "a role that may invoke a function, but none of its versions": together(
        addFunction("search"),
        replaceTarget(lambdaTarget(IAM)),
        lambda.set("lambda_arn", "${aws_lambda_function.search.qualified_arn}"),
        allowOnly("lambda:InvokeFunction", "${aws_lambda_function.search.arn}"),
      ),
    }),
  ),
  ...breaking("authorizer-unused", GATEWAY, {
    "an authorizer of tokens at a gateway that takes signatures": gateway.set("authorizer_type", "AWS_IAM"),
  }),
  ...breaking("target-before-policy", TARGET, {
    "a target that does not wait for its gateway's policy": target.unset("depends_on"),
  }),
  ...breaking("trust-service-missing", GATEWAY_ROLE, {
    "a role that another service may assume": gatewayRole.replace(
      "assume_role_policy",
      "bedrock-agentcore.amazonaws.com",
      "bedrock.amazonaws.com",
    ),
  }),
  ...breaking("trust-account-missing", RUNTIME_ROLE, {
    "a trust policy without a condition": runtimeRole.replace(
      "assume_role_policy",
      /,"Condition":\{.*\}\}(?=\}\])/,
      "",
    ),
  }),
  ...breaking("trust-too-narrow", GATEWAY_ROLE, {
    "a trust policy of another gateway": gatewayRole.replace(
      "assume_role_policy",
      "gateway/tools-gateway-*",
      "gateway/other-*",
    ),
  }),
  ...breaking("trust-too-narrow", RUNTIME_ROLE, {
    "a trust policy of another region": runtimeRole.replace("assume_role_policy", ":us-east-1:", ":eu-west-1:"),
    "a trust policy that fits the runtime only when it is created": runtimeRole.replace(
      "assume_role_policy",
      '}:*"',
      '}:runtime/tools-*"',
    ),
  }),
];

const misnamed: readonly Mistake[] = notPlanned(REFUSED, [
  ...breaking(["wrong-attribute", "gateway-role-permissions"], GATEWAY_POLICY, {
    "a list without its index": gatewayPolicy.replace(
      "policy",
      /client_secret_arn\[0\]\.secret_arn/,
      "client_secret_arn.secret_arn",
    ),
    "an attribute that objects of a list do not have": gatewayPolicy.replace(
      "policy",
      /workload_identity_details\[0\]\.\w+/,
      "workload_identity_details[0].arn",
    ),
  }),
  ...breaking("wrong-attribute", RUNTIME, {
    "a misspelt attribute": runtime.set("environment_variables", { GATEWAY: `\${${GATEWAY}.gateway_uri}` }),
    "an attribute without the kind before its name": runtime.set("environment_variables", {
      GATEWAY: `\${${GATEWAY}.url}`,
    }),
    "an attribute that there is not": runtime.set("environment_variables", { GATEWAY: `\${${GATEWAY}.status}` }),
  }),
]);

const builtBy = (command: string): Change => image.set("provisioner", [{ "local-exec": { command } }]);

/** Images, and what somebody should have decided. */
const others: readonly Mistake[] = [
  ...breaking("image-platform", BUILD, {
    "an image built without a platform": builtBy("docker build -t tools . && docker push tools"),
    "an image built for amd64": builtBy("docker buildx build --platform=linux/amd64 --push ."),
  }),
  ...breaking("image-not-in-ecr", RUNTIME, {
    "an image of another registry": runtime.set(IMAGE, "ghcr.io/example/tools:1"),
  }),
  ...hiddenInPlans(
    UNKNOWN_TEXT,
    breaking("image-tag-latest", RUNTIME, {
      'the tag "latest"': runtime.replace(IMAGE, ":3f9a1c", ":latest"),
      "no tag": runtime.replace(IMAGE, ":3f9a1c", ""),
    }),
  ),
  ...breaking("pinned-image-expires", "aws_ecr_lifecycle_policy.tools", {
    "a pinned endpoint whose image is removed": together(
      add("aws_ecr_lifecycle_policy.tools", {
        repository: "${aws_ecr_repository.tools.name}",
        policy: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 },
              action: { type: "expire" },
            },
          ],
        }),
      }),
      add("aws_bedrockagentcore_agent_runtime_endpoint.stable", {
        name: "stable",
        agent_runtime_id: `\${${RUNTIME}.agent_runtime_id}`,
        agent_runtime_version: "1",
      }),
    ),
  }),
  ...breaking("same-user-pool", GATEWAY, {
    "one user pool for people and machines": together(
      gatewayJwt.replace("discovery_url", INBOUND_POOL, OUTBOUND_POOL),
      person.set("user_pool_id", `\${${OUTBOUND_POOL}.id}`),
    ),
  }),
  ...breaking("gateway-open", GATEWAY, {
    "a gateway without authorization": together(
      gateway.set("authorizer_type", "NONE"),
      gateway.unset("authorizer_configuration"),
    ),
  }),
  ...breaking("self-sign-up", INBOUND_POOL, {
    "an inbound user pool that everybody may join": people.unset("admin_create_user_config"),
  }),
  ...breaking("secret-in-output", "output.secret", {
    "a client secret in an output": ({ output }) =>
      void (output["secret"] = { value: `\${nonsensitive(${OUTBOUND_CLIENT}.client_secret)}` }),
  }),
  ...breaking("secret-in-environment", RUNTIME, {
    "a client secret in the environment": runtime.set("environment_variables", {
      MACHINE: `\${${OUTBOUND_CLIENT}.client_secret}`,
    }),
    "a password written into the environment": runtime.set("environment_variables", {
      DATABASE_PASSWORD: "correct horse battery",
    }),
  }),
  ...notPlanned(
    NEWER,
    breaking("allowed-scopes-unmet", TARGET, {
      "a scope that the runtime demands and nobody asks for": runtimeJwt.set("allowed_scopes", ["tools/read"]),
    }),
  ),
];

/** What the service refuses when it is created. */
const refusals: readonly Mistake[] = [
  ...breaking("outbound-credential-unsupported", TARGET, {
    "a Lambda target without a credential": replaceTarget(lambdaTarget({})),
    "a Lambda target with an API key": replaceTarget(
      lambdaTarget({
        [CREDENTIAL]: {
          api_key: {
            provider_arn:
              "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/apikeycredentialprovider/k",
            credential_location: "QUERY_PARAMETER",
          },
        },
      }),
    ),
    "a Lambda target with OAuth": (stack) =>
      replaceTarget(lambdaTarget({ [CREDENTIAL]: block(stack, TARGET)[CREDENTIAL] }))(stack),
  }),
  ...notPlanned(
    NEWER,
    breaking("outbound-credential-unsupported", TARGET, {
      "a Lambda target that names a service to sign for": replaceTarget(
        lambdaTarget({ [CREDENTIAL]: { gateway_iam_role: { service: "lambda" } } }),
      ),
    }),
  ),
  ...notPlanned(NEWER, [
    ...breaking("http-target-on-mcp-gateway", TARGET, {
      "an HTTP target on a gateway of the protocol MCP": target.set("target_configuration", {
        http: { agentcore_runtime: { arn: RUNTIME_ARN } },
      }),
    }),
    ...breaking("caller-credential-impossible", TARGET, {
      "tokens of callers who sign passed on": together(
        frontAgent({ jwt_passthrough: {} }),
        gateway.set("authorizer_type", "AWS_IAM"),
        gateway.unset("authorizer_configuration"),
      ),
      "signatures of callers with tokens": together(frontAgent(CALLER), runtime.unset("authorizer_configuration")),
    }),
    ...breaking("passed-token-refused", TARGET, {
      "a token passed on to a runtime that trusts another pool": (stack) => {
        const ofMachines = block(stack, RUNTIME)["authorizer_configuration"];
        together(frontAgent({ jwt_passthrough: {} }), runtime.set("authorizer_configuration", ofMachines))(stack);
      },
      "a token passed on to a runtime that allows other clients": together(
        frontAgent({ jwt_passthrough: {} }),
        runtimeJwt.set("allowed_clients", ["somebody-else"]),
        gatewayJwt.set("allowed_clients", ["everybody"]),
      ),
      "a token passed on to a runtime that takes signatures": together(
        frontAgent({ jwt_passthrough: {} }),
        runtime.unset("authorizer_configuration"),
      ),
    }),
    ...breaking("iam-to-jwt-runtime", TARGET, {
      "a caller's signature towards a JWT runtime": (stack) => {
        const ofMachines = block(stack, RUNTIME)["authorizer_configuration"];
        together(signedByCallers, runtime.set("authorizer_configuration", ofMachines))(stack);
      },
    }),
    ...breaking("gateway-role-permissions", GATEWAY_ROLE, {
      "an HTTP target whose runtime the gateway's role may not invoke": together(
        frontAgent({ gateway_iam_role: {} }),
        runtime.unset("authorizer_configuration"),
      ),
    }),
  ]),
  ...breaking("interceptor-twice", GATEWAY, {
    "two interceptors of requests": gateway.set(
      "interceptor_configuration",
      [["REQUEST"], ["REQUEST", "RESPONSE"]].map((points) => ({
        interception_points: points,
        interceptor: { lambda: { arn: `${FUNCTION}:guard` } },
      })),
    ),
  }),
  ...breaking("allowed-client-pool", GATEWAY, {
    "an allowed client of another pool than the issuer's": gatewayJwt.set("allowed_clients", [
      `\${${OUTBOUND_CLIENT}.id}`,
    ]),
  }),
  ...breaking("mfa-without-factor", INBOUND_POOL, {
    "a user pool that demands a second factor of which there is none": people.set("mfa_configuration", "ON"),
    "a user pool whose only second factor is off": together(
      people.set("mfa_configuration", "OPTIONAL"),
      people.set("software_token_mfa_configuration", { enabled: false }),
    ),
  }),
  ...breaking("client-settings-refused", OUTBOUND_CLIENT, {
    "a client with client_credentials beside code": together(
      machine.set("allowed_oauth_flows", ["client_credentials", "code"]),
      machine.set("callback_urls", ["https://example.com"]),
    ),
  }),
  ...breaking("client-settings-refused", INBOUND_CLIENT, {
    "a client that may use OAuth without a flow": person.set("allowed_oauth_flows_user_pool_client", true),
    "a client with flows of both spellings": person.set("explicit_auth_flows", [
      "ALLOW_USER_SRP_AUTH",
      "ADMIN_NO_SRP_AUTH",
    ]),
    "a client with a callback URL without TLS": person.set("callback_urls", ["http://example.com/back"]),
    "a client with a default redirect URL that is no callback URL": together(
      person.set("callback_urls", ["https://example.com/back"]),
      person.set("default_redirect_uri", "https://example.com/other"),
    ),
    "a client with access tokens that count two days": person.set("access_token_validity", 48),
    "a client with refresh tokens that count less than the others": together(
      person.set("refresh_token_validity", 60),
      person.set("access_token_validity", 2),
      person.set("token_validity_units", { refresh_token: "minutes" }),
    ),
  }),
  ...notPlanned("the provider refuses it, or does not know it", [
    ...breaking("client-settings-refused", INBOUND_CLIENT, {
      "a client with a callback URL that is relative": person.set("callback_urls", ["/back"]),
      "a client with a logout URL with a fragment": person.set("logout_urls", ["https://example.com/#out"]),
      "a client with rotation of refresh tokens beside their flow": person.set("refresh_token_rotation", {
        feature: "ENABLED",
        retry_grace_period_seconds: 0,
      }),
    }),
  ]),
  ...breaking("client-secret-mismatch", PROVIDER, {
    "the secret of another client": custom.set("client_secret", `\${${INBOUND_CLIENT}.client_secret}`),
  }),
  ...breaking("vpc-configuration-missing", RUNTIME, {
    "a runtime in a VPC that names no subnets": runtime.set("network_configuration", { network_mode: "VPC" }),
  }),
  ...hiddenInPlans(UNKNOWN_POLICY, [
    ...breaking("runtime-role-permissions", RUNTIME_ROLE, {
      "a runtime role that may not pull the image": runtimePolicy.replace(
        "policy",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
      ),
    }),
    ...breaking("runtime-before-policy", RUNTIME, {
      "a runtime that does not wait for its role's policy": runtime.set("depends_on", [BUILD]),
    }),
  ]),
  ...breaking("secret-literal", PROVIDER, {
    "a client secret written into the configuration": custom.set("client_secret", "correct horse battery"),
  }),
  ...notPlanned(REFUSED, [
    ...breaking("authorizer-missing", GATEWAY, {
      "a gateway of the type CUSTOM_JWT without an authorizer": gateway.unset("authorizer_configuration"),
    }),
    ...breaking(["tool-schema-invalid", "gateway-role-permissions"], TARGET, {
      "a tool whose schema has a type that there is not": together(
        addFunction("search"),
        replaceTarget(lambdaTarget(IAM)),
        lambda.set("lambda_arn", "${aws_lambda_function.search.arn}"),
        lambda.set("tool_schema", {
          inline_payload: [{ name: "search", description: "Search", input_schema: { type: "strnig" } }],
        }),
      ),
    }),
    ...breaking("value-unknown", GATEWAY, {
      "an exception level that there is not": gateway.set("exception_level", "INFO"),
    }),
    ...breaking("argument-missing", GATEWAY, { "a gateway without its role": gateway.unset("role_arn") }),
    ...breaking("argument-missing", TARGET, { "a target without a name": target.unset("name") }),
    ...breaking("argument-missing", INBOUND_CLIENT, { "a client without a name": person.unset("name") }),
    ...breaking("argument-missing", TARGET, {
      "a target without what it is": target.unset("target_configuration"),
      "a credential without its provider": oauth.unset("provider_arn"),
    }),
    ...breaking("argument-missing", PROVIDER, {
      "a provider without its settings": provider.unset("oauth2_provider_config"),
    }),
    ...breaking("argument-missing", RUNTIME, {
      "a runtime without a network": runtime.unset("network_configuration"),
      "a runtime without what it runs": runtime.unset("agent_runtime_artifact"),
    }),
    ...breaking("argument-unknown", GATEWAY, {
      "a misspelt argument": gateway.set("descripton", "Tools"),
      "a misspelt block": gateway.set("interceptor_configurations", []),
      "an argument in the wrong place": gateway.set("allowed_clients", ["a"]),
      "a misspelt argument of Terraform's own": gateway.set("depend_on", []),
    }),
    ...breaking("argument-unknown", "aws_bedrockagentcore_gateway_targets.more", {
      "a misspelt kind": add("aws_bedrockagentcore_gateway_targets.more", { name: "more" }),
    }),
    ...breaking("union-unclear", TARGET, {
      "a target of two kinds": target.set("target_configuration.mcp.lambda", {
        lambda_arn: `${FUNCTION}:clock`,
        tool_schema: { s3: { uri: "s3://tools/clock.json" } },
      }),
    }),
    ...breaking("union-unclear", RUNTIME, {
      "a runtime whose artifact is empty": runtime.set("agent_runtime_artifact", {}),
    }),
    ...breaking("union-unclear", PROVIDER, {
      "metadata beside a discovery URL": custom.set("oauth_discovery.authorization_server_metadata", {
        issuer: "https://login.example.com",
        authorization_endpoint: "https://login.example.com/authorize",
        token_endpoint: "https://login.example.com/token",
      }),
    }),
    ...breaking("argument-unknown", TARGET, { "a misspelt argument of a block": oauth.set("scope", ["a/b"]) }),
    ...breaking("argument-invalid", GATEWAY, {
      "a description that is too long for the service": gateway.set("description", "tools ".repeat(40)),
    }),
  ]),
  ...notPlanned(NEWER, [
    ...breaking("custom-claim-invalid", GATEWAY, {
      "a custom claim that is compared as a list is": gatewayJwt.set(
        "custom_claim",
        claim("CONTAINS", { match_value_string: "sales" }),
      ),
    }),
    ...breaking("custom-claim-invalid", RUNTIME, {
      "a custom claim without the value of its operator": runtimeJwt.set(
        "custom_claim",
        claim("CONTAINS_ANY", { match_value_string: "sales" }, "STRING_ARRAY"),
      ),
    }),
  ]),
];

const AGENT_ENDPOINT = "aws_bedrockagentcore_agent_runtime_endpoint";
const liveEndpoint = { name: "live", agent_runtime_id: `\${${RUNTIME}.agent_runtime_id}` };

/** Names that a service has once. */
const names: readonly Mistake[] = [
  ...[RUNTIME, PROVIDER, GATEWAY_ROLE, "aws_ecr_repository.tools", RESOURCE_SERVER].flatMap((address) => {
    const [type = ""] = address.split(".");
    return breaking("duplicate-name", `${type}.twin`, {
      [`a second ${type} of the same name`]: addLike(address, "twin"),
    });
  }),
  ...breaking("duplicate-name", "aws_cognito_user_pool_domain.twin", {
    "a second aws_cognito_user_pool_domain of the same name": addLike(DOMAIN, "twin", {
      user_pool_id: `\${${INBOUND_POOL}.id}`,
    }),
    "two domains of one user pool": addLike(DOMAIN, "twin", { domain: "tools-second-k3v9" }),
  }),
  ...breaking("duplicate-name", "aws_bedrockagentcore_gateway.twin", {
    "two gateways of one name": addLike(GATEWAY, "twin"),
  }),
  ...breaking("duplicate-name", `${AGENT_ENDPOINT}.twin`, {
    "two endpoints of one name": together(
      add(`${AGENT_ENDPOINT}.one`, liveEndpoint),
      add(`${AGENT_ENDPOINT}.twin`, liveEndpoint),
    ),
  }),
];

const documented = (changes: object): Change =>
  together(
    addLike(RUNTIME_ROLE, "other", { name: "other" }),
    add("aws_iam_role_policy.more", {
      name: "more",
      role: "${aws_iam_role.other.id}",
      policy: policyOf(allow("s3:GetObject", "arn:aws:s3:::x/*", changes)),
    }),
  );

/** What IAM says of documents. */
const documents: readonly Mistake[] = [
  ...breaking("policy-malformed", "aws_iam_role_policy.more", {
    "a policy with a Principal": documented({ Principal: "*" }),
    "a policy without actions": documented({ Action: [] }),
    "a policy with an Effect that there is not": documented({ Effect: "Permit" }),
    "a policy with a member that there is not": documented({ Actions: "s3:GetObject" }),
    "a policy whose resource is no ARN": documented({ Resource: "everything" }),
    "a policy whose action names no service": documented({ Action: "GetObject" }),
  }),
  ...breaking("policy-malformed", "aws_iam_role.other", {
    "a trust policy with a resource": add("aws_iam_role.other", {
      name: "other",
      assume_role_policy: policyOf(allow("sts:AssumeRole", "*", { Principal: { Service: "ec2.amazonaws.com" } })),
    }),
  }),
];

const discoveryOf = (pool: string): string =>
  `https://cognito-idp.us-east-1.amazonaws.com/\${${pool}}/.well-known/openid-configuration`;

/** One attribute for another. */
const attributes: readonly Mistake[] = [
  ...notPlanned(
    "the provider refuses it, which knows the name",
    hiddenInPlans(
      UNKNOWN_TEXT,
      breaking("wrong-attribute", GATEWAY, {
        "the name of a role for its ARN": gateway.set("role_arn", `\${${GATEWAY_ROLE}.name}`),
      }),
    ),
  ),
  ...hiddenInPlans(UNKNOWN_TEXT, [
    ...breaking("wrong-attribute", INBOUND_CLIENT, {
      "the ARN of a user pool for its id": person.set("user_pool_id", `\${${INBOUND_POOL}.arn}`),
    }),
    ...breaking("wrong-attribute", RUNTIME, {
      "the id of a role for its ARN": runtime.set("role_arn", `\${${RUNTIME_ROLE}.id}`),
      "a repository's ARN for its URL": runtime.set(IMAGE, "${aws_ecr_repository.tools.arn}:3f9a1c"),
    }),
    ...breaking(["wrong-attribute", "client-not-allowed"], RUNTIME, {
      "a pool's id for a client's": runtimeJwt.set("allowed_clients", [`\${${OUTBOUND_POOL}.id}`]),
    }),
    ...breaking("wrong-attribute", TARGET, {
      "the gateway's URL for its id": target.set("gateway_identifier", `\${${GATEWAY}.gateway_url}`),
      "the ARN of a provider's secret for the provider's": oauth.set(
        "provider_arn",
        `\${${PROVIDER}.client_secret_arn[0].secret_arn}`,
      ),
    }),
    ...breaking(["wrong-attribute", "gateway-role-permissions"], TARGET, {
      "the invoke ARN of a function for its ARN": together(
        addFunction("search"),
        replaceTarget(lambdaTarget(IAM)),
        lambda.set("lambda_arn", "${aws_lambda_function.search.invoke_arn}"),
      ),
    }),
    ...breaking(["wrong-attribute", "endpoint-arn-not-encoded", "endpoint-path"], TARGET, {
      "a runtime's ARN for its endpoint": server.set("endpoint", RUNTIME_ARN),
    }),
    ...breaking("wrong-attribute", PROVIDER, {
      "a client's id for its secret": custom.set("client_secret", `\${${OUTBOUND_CLIENT}.id}`),
    }),
    ...breaking("wrong-attribute", GATEWAY, {
      "a pool's ARN in a discovery URL": gatewayJwt.set("discovery_url", discoveryOf(`${INBOUND_POOL}.arn`)),
      "a gateway's ARN for its role's": gateway.set("role_arn", RUNTIME_ARN),
    }),
  ]),
  ...breaking("wrong-attribute", GATEWAY, {
    "the name of a client for its id": gatewayJwt.set("allowed_clients", [`\${${INBOUND_CLIENT}.name}`]),
  }),
  ...breaking("wrong-attribute", PROVIDER, {
    "a pool's name in a discovery URL": custom.set(
      "oauth_discovery.discovery_url",
      discoveryOf(`${OUTBOUND_POOL}.name`),
    ),
  }),
  ...breaking("wrong-attribute", TARGET, {
    "a runtime's name in its endpoint": server.set("endpoint", invocationUrl(`\${${RUNTIME}.agent_runtime_name}`)),
  }),
  ...hiddenInPlans(
    UNKNOWN_POLICY,
    breaking("wrong-attribute", GATEWAY_POLICY, {
      "the ARN of a role for its name": gatewayPolicy.set("role", `\${${GATEWAY_ROLE}.arn}`),
      "a runtime's id for its ARN in a policy": editPolicy((statements) => {
        const resource = `\${${RUNTIME}.agent_runtime_id}`;
        statements.push(allow("bedrock-agentcore:InvokeAgentRuntime", resource) as Statement);
      }),
      "a list with a secret's ARN for the ARN": editPolicy((statements) => {
        statements.push(allow("secretsmanager:GetSecretValue", `\${${PROVIDER}.client_secret_arn}`) as Statement);
      }),
    }),
  ),
  ...notPlanned(
    "the stand-in has no secrets",
    breaking("wrong-attribute", "aws_bedrockagentcore_api_key_credential_provider.key", {
      "the ARN of a secret for the API key in it": together(
        add("aws_secretsmanager_secret.key", { name: "key" }),
        add("aws_bedrockagentcore_api_key_credential_provider.key", {
          name: "key",
          api_key: "${aws_secretsmanager_secret.key.arn}",
        }),
      ),
    }),
  ),
  ...notPlanned(
    NEWER,
    breaking("wrong-attribute", GATEWAY, {
      "a key's id for its ARN": gateway.set("kms_key_arn", "1234abcd-12ab-34cd-56ef-1234567890ab"),
      "the id of a policy engine for its ARN": together(
        decide,
        gateway.set("policy_engine_configuration.arn", `\${${ENGINE}.policy_engine_id}`),
      ),
    }),
  ),
];

/** What clients of a gateway run into. */
const lists: readonly Mistake[] = [
  ...breaking("gateway-version-missing", GATEWAY, {
    "a gateway that lacks the version of clients without a header": mcp.set("supported_versions", ["2025-06-18"]),
  }),
  ...breaking("tool-name-too-long", TARGET, {
    "a tool whose name is too long for models": replaceTarget(lambdaTarget(IAM, ["search".repeat(10)])),
  }),
  ...breaking("tools-paged", GATEWAY, {
    "more tools than a page of the list holds": replaceTarget(
      lambdaTarget(
        IAM,
        Array.from({ length: 31 }, (_, index) => `tool${index}`),
      ),
    ),
  }),
  ...hiddenInPlans(
    UNKNOWN_POLICY,
    breaking("interceptor-not-invokable", GATEWAY_ROLE, {
      "an interceptor that the gateway's role may not invoke": together(
        addFunction("check"),
        gateway.set("interceptor_configuration", {
          ...intercept("REQUEST", "${aws_lambda_function.check.arn}"),
          input_configuration: { pass_request_headers: false },
        }),
      ),
    }),
  ),
];

const INVOKE_GATEWAY = "bedrock-agentcore:InvokeGateway";

/** Policies, of engines and of resources. */
const policies: readonly Mistake[] = notPlanned(NEWER, [
  ...breaking("policy-tool-unknown", POLICY, {
    "a policy about a tool of a target that there is not": decideAbout("tool-target___refund"),
    "a policy about a tool that the target's own list lacks": together(
      server.set("mcp_tool_schema", inlineSchema({ tools: [{ name: "search", inputSchema: { type: "object" } }] })),
      decideAbout("tools___refund"),
    ),
  }),
  ...breaking("policy-text-invalid", POLICY, {
    "a policy without a resource": together(
      decide,
      policy.set(
        "definition.cedar.statement",
        '@id("a") // one\npermit(principal in AgentCore::User::"a, b", action);',
      ),
    ),
  }),
  ...breaking("policy-not-enforced", POLICY, {
    "a policy whose engine no gateway asks": together(decide, gateway.unset("policy_engine_configuration")),
  }),
  ...breaking("policy-not-enforced", GATEWAY, {
    "a gateway that only logs what its policies deny": together(
      decide,
      gateway.set("policy_engine_configuration.mode", "LOG_ONLY"),
    ),
  }),
  ...breaking("policy-engine-not-askable", GATEWAY_ROLE, {
    "a gateway's role that may not ask the policy engine": together(
      decide,
      gatewayPolicy.replace("policy", /,"bedrock-agentcore:PartiallyAuthorizeActions"/, ""),
    ),
  }),
  ...breaking(["resource-policy-open", "oauth-to-iam-runtime"], `${RESOURCE_POLICY}.open`, {
    "a resource policy by which everybody may call a runtime that takes signatures": together(
      runtime.unset("authorizer_configuration"),
      add(`${RESOURCE_POLICY}.open`, {
        resource_arn: RUNTIME_ARN,
        policy: policyOf(allow("bedrock-agentcore:InvokeAgentRuntime", "*", { Principal: { AWS: "*" } })),
      }),
    ),
  }),
  ...breaking("resource-policy-unmet", `${RESOURCE_POLICY}.named`, {
    "a resource policy of a gateway that takes tokens, which names a role": addResourcePolicy(
      "named",
      allow(INVOKE_GATEWAY, "*", { Principal: { AWS: "arn:aws:iam::123456789012:role/caller" } }),
    ),
  }),
  ...breaking(["policy-malformed", "resource-policy-unmet"], `${RESOURCE_POLICY}.nobody`, {
    "a resource policy for nobody": addResourcePolicy("nobody", allow(INVOKE_GATEWAY, "*")),
  }),
  ...breaking("workloads-invalid", GATEWAY, {
    "a gateway that admits workloads, as runtimes do": gatewayJwt.set("allowed_workload_configuration", {
      workload_identities: ["batch-0123456789"],
    }),
  }),
  ...breaking("workloads-invalid", RUNTIME, {
    "a runtime that admits nobody": runtimeJwt.set("allowed_workload_configuration", { workload_identities: [] }),
  }),
  ...breaking("runtime-open-to-others", RUNTIME, {
    "a runtime that others than its gateway may call, where the provider can tell them apart": runtimeJwt.set(
      "allowed_workload_configuration",
      [],
    ),
  }),
]);

const REQUEST_HEADERS = "metadata_configuration.allowed_request_headers";

/** What newer releases of the provider have. */
const newer: readonly Mistake[] = notPlanned(NEWER, [
  ...breaking(["token-exchange-unconfigured", "gateway-role-permissions"], TARGET, {
    "a target that exchanges tokens by a provider that does not say how": exchangeTokens,
    "written tools of a server for which tokens are exchanged": together(
      exchangeTokens,
      server.set("mcp_tool_schema", inlineSchema({ tools: [] })),
      custom.set("on_behalf_of_token_exchange_config.grant_type", "JWT_AUTHORIZATION_GRANT"),
    ),
  }),
  ...breaking(["user-consent-impossible", "gateway-role-permissions"], TARGET, {
    "a target that asks for consent at a gateway that takes signatures": together(
      askForConsent,
      gateway.set("authorizer_type", "AWS_IAM"),
      gateway.unset("authorizer_configuration"),
    ),
    "a target that asks for consent and is listed for each caller": together(
      askForConsent,
      server.set("listing_mode", "DYNAMIC"),
    ),
  }),
  ...breaking(["return-url-missing", "gateway-role-permissions"], TARGET, {
    "a target that asks for consent, with no page to come back to": together(
      askForConsent,
      oauth.unset("default_return_url"),
    ),
  }),
  ...breaking(["argument-invalid", "sessions-ineffective"], GATEWAY, {
    "a session shorter than a gateway's shortest": mcp.set("session_configuration.session_timeout_in_seconds", 60),
  }),
  ...breaking(["argument-invalid", "passed-header-dropped"], TARGET, {
    "a header that no HTTP has": target.set(REQUEST_HEADERS, ["X Y"]),
  }),
  ...breaking("passed-header-refused", TARGET, {
    "a restricted header that a target passes on": target.set("metadata_configuration.allowed_response_headers", [
      "Set-Cookie",
    ]),
    "the id of sessions that a target passes on at a gateway that keeps them": together(
      target.set(REQUEST_HEADERS, ["Mcp-Session-Id"]),
      keepSessions,
      stream,
    ),
  }),
  ...breaking("passed-header-refused", RUNTIME, {
    "a restricted header on a runtime's allowlist": runtime.set("request_header_configuration", {
      request_header_allowlist: ["Cookie"],
    }),
  }),
  ...breaking(["passed-header-refused", "passed-header-dropped"], TARGET, {
    "the header of an API key that a target passes on": together(
      target.set(CREDENTIAL, {
        api_key: {
          provider_arn:
            "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/apikeycredentialprovider/k",
          credential_location: "HEADER",
          credential_parameter_name: "X-Key",
        },
      }),
      target.set(REQUEST_HEADERS, ["x-key"]),
    ),
  }),
  ...breaking("passed-header-dropped", TARGET, {
    "a header that a target passes on to a runtime that does not take it": target.set(REQUEST_HEADERS, ["X-Tenant"]),
    "an argument that a tool asks for in a header, which the runtime does not take": together(
      mcp.set("supported_versions", ["2025-03-26", "2025-11-25", "2026-07-28"]),
      server.set(
        "mcp_tool_schema",
        inlineSchema({
          tools: [
            {
              name: "locate",
              inputSchema: { type: "object", properties: { region: { type: "string", "x-mcp-header": "Region" } } },
            },
          ],
        }),
      ),
    ),
  }),
  ...breaking("sessions-ineffective", GATEWAY, {
    "sessions of a gateway that does not stream": mcp.set("session_configuration", [
      { session_timeout_in_seconds: 900 },
    ]),
  }),
  ...breaking(["sessions-ineffective", "gateway-version-missing"], GATEWAY, {
    "sessions at a version that has none": together(keepSessions, mcp.set("supported_versions", ["2026-07-28"])),
  }),
  ...notPlanned("the stand-in provider is aws, and the kind is of awscc", [
    ...breaking("rate-limit-refused", RATE_LIMIT, {
      "a rate limit that counts connections by the minute": limit(["targetName"], {
        dimensions: { targetName: "*" },
        connections: [{ rate: 5, period: "minute" }],
      }),
      "a rate limit without its rate": limit(["targetName"], {
        dimensions: { targetName: "*" },
        requests: [{ period: "minute" }],
      }),
      "a rate limit with a tool of every target": limit(["targetName", "toolName"], {
        dimensions: { targetName: "*", toolName: "tools___add_numbers" },
      }),
      "a rate limit with a value that is of no key": limit(["targetName"], { dimensions: { toolName: "*" } }),
      "a rate limit by a header alone": limit([TIER], { dimensions: { [TIER]: "*" } }),
      "two rate limits with the same keys": together(
        add("awscc_bedrockagentcore_gateway_rate_limit.again", limited(["targetName", SUB])),
        add(RATE_LIMIT, limited([SUB, "targetName"])),
      ),
      "a rate limit that is not of a number that the service takes": limit(["targetName"], {
        dimensions: { targetName: "*" },
        requests: [{ rate: 10_000_001, period: "second" }],
      }),
    }),
    ...breaking("rate-limit-ineffective", RATE_LIMIT, {
      "a rate limit by a claim at a gateway without tokens": together(
        gateway.set("authorizer_type", "AWS_IAM"),
        gateway.unset("authorizer_configuration"),
        limit([SUB]),
      ),
      "a rate limit by a principal at a gateway with tokens": limit(["$.context.iam.principal"]),
      "a rate limit for a target that is not there": limit(["targetName"], { dimensions: { targetName: "others" } }),
      "a rate limit for a tool without its target": limit(["toolName"], { dimensions: { toolName: "add_numbers" } }),
    }),
    ...breaking("rate-limit-blocks-all", RATE_LIMIT, {
      "a rate limit of 0 for everybody": limit([SUB], {
        dimensions: { [SUB]: "*" },
        requests: [{ rate: 0, period: "second" }],
      }),
    }),
    ...breaking("wrong-attribute", RATE_LIMIT, {
      "a rate limit of a gateway's ARN": add(RATE_LIMIT, {
        ...limited([SUB]),
        gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_arn}",
      }),
    }),
  ]),
  ...breaking("streaming-interceptor", GATEWAY, {
    "an interceptor of answers at a gateway that streams": together(
      stream,
      gateway.set("interceptor_configuration", intercept("RESPONSE", `${FUNCTION}:f`)),
    ),
  }),
  ...breaking("listing-not-searched", TARGET, {
    "a live target at a gateway that searches": together(
      server.set("listing_mode", "DYNAMIC"),
      mcp.set("search_type", "SEMANTIC"),
    ),
  }),
  ...breaking("value-unknown", TARGET, {
    "a private endpoint of an unknown address type": target.set("private_endpoint.managed_vpc_resource", {
      endpoint_ip_address_type: "DUAL",
      vpc_identifier: "vpc-0a1b2c3d",
      subnet_ids: ["subnet-0a1b2c3d"],
    }),
    "a listing mode that there is not": server.set("listing_mode", "LIVE"),
  }),
  ...breaking("value-unknown", PROVIDER, {
    "an unknown grant of a token exchange": custom.set("on_behalf_of_token_exchange_config.grant_type", "SWAP"),
  }),
  ...breaking("argument-invalid", TARGET, {
    "a priority of resources beyond the last": server.set("resource_priority", 1001),
  }),
  ...breaking("tool-schema-invalid", TARGET, {
    "an OpenAPI schema without names for its operations": replaceTarget({
      target_configuration: { mcp: { open_api_schema: inlineSchema(NAMELESS) } },
    }),
    "an OpenAPI schema in S3 without names for its operations": together(
      add("aws_s3_bucket.schemas", { bucket: "schemas" }),
      add("aws_s3_object.weather", {
        bucket: "${aws_s3_bucket.schemas.bucket}",
        key: "weather.json",
        content: JSON.stringify(NAMELESS),
      }),
      replaceTarget({
        target_configuration: {
          mcp: {
            open_api_schema: { s3: { uri: "s3://${aws_s3_object.weather.bucket}/${aws_s3_object.weather.key}" } },
          },
        },
      }),
    ),
    "a Smithy model of a service that does not speak RestJson": replaceTarget({
      ...IAM,
      depends_on: [GATEWAY_POLICY],
      target_configuration: {
        mcp: {
          smithy_model: inlineSchema({
            smithy: "2.0",
            shapes: {
              "example#Tables": { type: "service", version: "1", traits: { "aws.protocols#awsJson1_0": {} } },
            },
          }),
        },
      },
    }),
    "tools of a server that are written down otherwise than MCP lists them": server.set(
      "mcp_tool_schema",
      inlineSchema(["search"]),
    ),
  }),
  ...breaking("tool-filter-unmet", TARGET, {
    "a tool filter for a path that the API has not": together(callApi(filterTools("/dogs", "GET")), allowApi),
    "a tool override for a method that no filter selects": together(
      callApi({
        api_gateway_tool_configuration: {
          tool_filter: { filter_path: "/pets", methods: ["GET"] },
          tool_override: { path: "/pets", method: "POST", name: "AddPet" },
        },
      }),
      allowApi,
    ),
    "an operation without a name": together(callApi(filterTools("/pets", "GET", "POST")), allowApi),
    "a stage that the API has not": together(callApi({ stage: "test" }), allowApi),
  }),
  ...breaking("gateway-role-permissions", GATEWAY_ROLE, {
    "a gateway role that may not invoke the API whose calls it signs": callApi(),
  }),
]);

const groups = [
  hop,
  tokens,
  endpoints,
  roles,
  misnamed,
  others,
  refusals,
  names,
  documents,
  attributes,
  lists,
  policies,
  newer,
];

export const mistakes: readonly Mistake[] = groups.flat().map((mistake) => {
  const number = PUT_TO_OTHERS.findIndex((title) => title === mistake.title) + 1;
  return number === 0 ? mistake : { ...mistake, number };
});
