import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { z } from "zod";
import * as cognito from "../../emulator/cloud/cognito/cognito";
import * as constraints from "../../emulator/cloud/cognito/constraints";
import * as clients from "../../emulator/cloud/cognito/user-pool-clients";
import * as targets from "../../emulator/cloud/gateway/gateway-targets";
import * as rateLimits from "../../emulator/cloud/gateway/rate-limits/rate-limits";
import * as gateways from "../../emulator/cloud/gateway/gateways";
import * as apiKeys from "../../emulator/cloud/identity/api-key-credential-providers";
import * as oauth from "../../emulator/cloud/identity/oauth2-credential-providers";
import * as identities from "../../emulator/cloud/identity/workload-identities";
import * as policies from "../../emulator/cloud/policy/policy-engines";
import * as endpoints from "../../emulator/cloud/runtime/agent-runtime-endpoints";
import * as runtimes from "../../emulator/cloud/runtime/agent-runtimes";
import { REFUSALS } from "../../emulator/cloud/refusal";
import { review, rules } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { reachable } from "../support/reachable";
import { block, cleanStack, type Json, type Stack } from "./clean-stack";
import { FORESIGHT, TARGET_FAILURES } from "./foresight";

const known = new Set(rules.map(({ id }) => id));
const entries = Object.entries({ ...FORESIGHT, ...TARGET_FAILURES }) as [
  string,
  { readonly rules?: readonly string[]; readonly reason?: string },
][];

describe("what the emulator refuses at deployment", () => {
  const made = reachable(["emulator/deployment.ts"], "emulator", (name) => /^[A-Z].*Error$|^refusal$/.test(name));
  const refusals = made.filter(({ made: name }) => name === "refusal");

  test("is made by its name in one list, or is of a class that is named there", () => {
    const classes = new Set([...Object.keys(TARGET_FAILURES), "DeploymentError"]);
    const others = made.filter(
      ({ made: name, argument, place }) =>
        name !== "refusal" &&
        !classes.has(name) &&
        // Errors of the program itself, and words around the refusal of another service.
        name !== "Error" &&
        argument !== "error.code" &&
        !place.startsWith("emulator/cloud/refusal.ts"),
    );
    expect(others).toEqual([]);
    expect(refusals.length).toBeGreaterThan(60);
    expect(refusals.map(({ argument = "" }) => argument).filter((name) => !Object.hasOwn(REFUSALS, name))).toEqual([]);
  });

  test("is all that the list has", () => {
    const named = new Set(refusals.map(({ argument }) => argument));
    // Made by the registries of an account, of what their constructors are given.
    const ofRegistries = ["gateway-unknown", "workload-identity-unknown"];
    expect(Object.keys(REFUSALS).filter((name) => !named.has(name))).toEqual(ofRegistries);
  });

  test.each(entries)(
    "%s has rules that there are, or a reason why there is none",
    (_, { rules: own = [], reason = "" }) => {
      expect(own.filter((id) => !known.has(id))).toEqual([]);
      expect(own.length > 0 || /^[A-Z].{20,}\.$/.test(reason)).toBe(true);
    },
  );
});

/** What the members of a request are in Terraform. */
interface Request {
  readonly schema: z.ZodType;
  readonly address: string;
  /** Where the clean stack has no such resource. */
  readonly body?: Json;
  /** Paths of arguments by members; of lists of structures, `scopes.scopeName`. */
  readonly arguments: Readonly<Record<string, string>>;
}

const inS3 = (member: string, block: string) => ({
  [`${member}.s3.uri`]: `target_configuration.mcp.${block}.s3.uri`,
  [`${member}.s3.bucketOwnerAccountId`]: `target_configuration.mcp.${block}.s3.bucket_owner_account_id`,
});

const custom = "oauth2_provider_config.custom_oauth2_provider_config";

const REQUESTS: Readonly<Record<string, Request>> = {
  "cloud/gateway/gateways.ts DECLARATION": {
    schema: gateways.DECLARATION,
    address: "aws_bedrockagentcore_gateway.main",
    arguments: {
      name: "name",
      description: "description",
      roleArn: "role_arn",
      authorizerType: "authorizer_type",
      protocolType: "protocol_type",
      instructions: "protocol_configuration.mcp.instructions",
      searchType: "protocol_configuration.mcp.search_type",
      exceptionLevel: "exception_level",
      sessionTimeout: "protocol_configuration.mcp.session_configuration.session_timeout_in_seconds",
      interceptors: "interceptor_configuration",
      "interceptors.lambdaArn": "interceptor_configuration.interceptor.lambda.arn",
      "interceptors.points": "interceptor_configuration.interception_points",
      "policyEngine.arn": "policy_engine_configuration.arn",
      "policyEngine.mode": "policy_engine_configuration.mode",
    },
  },
  "cloud/gateway/gateway-targets.ts DECLARATION": {
    schema: targets.DECLARATION,
    address: "aws_bedrockagentcore_gateway_target.tools",
    arguments: {
      name: "name",
      description: "description",
    },
  },
  "cloud/gateway/gateway-targets.ts SETTINGS": {
    schema: targets.SETTINGS,
    address: "aws_bedrockagentcore_gateway_target.tools",
    arguments: {
      "agentcoreRuntime.arn": "target_configuration.http.agentcore_runtime.arn",
      "mcpServer.endpoint": "target_configuration.mcp.mcp_server.endpoint",
      "mcpServer.listingMode": "target_configuration.mcp.mcp_server.listing_mode",
      "mcpServer.resourcePriority": "target_configuration.mcp.mcp_server.resource_priority",
      "openApiSchema.inlinePayload": "target_configuration.mcp.open_api_schema.inline_payload.payload",
      "smithyModel.inlinePayload": "target_configuration.mcp.smithy_model.inline_payload.payload",
      "lambda.lambdaArn": "target_configuration.mcp.lambda.lambda_arn",
      "lambda.toolSchema.inlinePayload.inputSchema.type":
        "target_configuration.mcp.lambda.tool_schema.inline_payload.input_schema.type",
      "lambda.toolSchema.inlinePayload.outputSchema.type":
        "target_configuration.mcp.lambda.tool_schema.inline_payload.output_schema.type",
      "apiGateway.apiGatewayToolConfiguration.toolFilters.methods":
        "target_configuration.mcp.api_gateway.api_gateway_tool_configuration.tool_filter.methods",
      "apiGateway.apiGatewayToolConfiguration.toolOverrides.method":
        "target_configuration.mcp.api_gateway.api_gateway_tool_configuration.tool_override.method",
      ...inS3("mcpServer.mcpToolSchema", "mcp_server.mcp_tool_schema"),
      ...inS3("lambda.toolSchema", "lambda.tool_schema"),
      ...inS3("openApiSchema", "open_api_schema"),
      ...inS3("smithyModel", "smithy_model"),
    },
  },
  "cloud/gateway/gateway-targets.ts PASSED_ON": {
    schema: targets.PASSED_ON,
    address: "aws_bedrockagentcore_gateway_target.tools",
    arguments: {
      allowedRequestHeaders: "metadata_configuration.allowed_request_headers",
      allowedResponseHeaders: "metadata_configuration.allowed_response_headers",
      allowedQueryParameters: "metadata_configuration.allowed_query_parameters",
    },
  },
  "cloud/gateway/gateway-targets.ts OAUTH": {
    schema: targets.OAUTH,
    address: "aws_bedrockagentcore_gateway_target.tools",
    arguments: { scopes: "credential_provider_configuration.oauth.scopes" },
  },
  "cloud/runtime/agent-runtimes.ts DECLARATION": {
    schema: runtimes.DECLARATION,
    address: "aws_bedrockagentcore_agent_runtime.tools",
    arguments: {
      agentRuntimeName: "agent_runtime_name",
      roleArn: "role_arn",
      containerUri: "agent_runtime_artifact.container_configuration.container_uri",
      "code.bucket": "agent_runtime_artifact.code_configuration.code.s3.bucket",
      "code.prefix": "agent_runtime_artifact.code_configuration.code.s3.prefix",
      "code.versionId": "agent_runtime_artifact.code_configuration.code.s3.version_id",
      "code.runtime": "agent_runtime_artifact.code_configuration.runtime",
      "code.entryPoint": "agent_runtime_artifact.code_configuration.entry_point",
      networkMode: "network_configuration.network_mode",
      serverProtocol: "protocol_configuration.server_protocol",
      environmentVariables: "environment_variables",
      requestHeaderAllowlist: "request_header_configuration.request_header_allowlist",
    },
  },
  "cloud/runtime/agent-runtime-endpoints.ts DECLARATION": {
    schema: endpoints.DECLARATION,
    address: "aws_bedrockagentcore_agent_runtime_endpoint.live",
    body: { name: "live", agent_runtime_id: "${aws_bedrockagentcore_agent_runtime.tools.agent_runtime_id}" },
    arguments: { name: "name", description: "description" },
  },
  "cloud/identity/oauth2-credential-providers.ts DECLARATION": {
    schema: oauth.DECLARATION,
    address: "aws_bedrockagentcore_oauth2_credential_provider.machine",
    arguments: {
      name: "name",
      vendor: "credential_provider_vendor",
      clientId: `${custom}.client_id`,
      clientSecret: `${custom}.client_secret`,
      discoveryUrl: `${custom}.oauth_discovery.discovery_url`,
      "tokenExchange.grantType": `${custom}.on_behalf_of_token_exchange_config.grant_type`,
      "tokenExchange.actorTokenContent": `${custom}.on_behalf_of_token_exchange_config.token_exchange_grant_type_config.actor_token_content`,
    },
  },
  "cloud/identity/api-key-credential-providers.ts DECLARATION": {
    schema: apiKeys.DECLARATION,
    address: "aws_bedrockagentcore_api_key_credential_provider.key",
    body: { name: "key", api_key: "0123456789" },
    arguments: { name: "name", apiKey: "api_key" },
  },
  "cloud/identity/workload-identities.ts DECLARATION": {
    schema: identities.DECLARATION,
    address: "aws_bedrockagentcore_workload_identity.other",
    body: { name: "other" },
    arguments: { name: "name", allowedResourceOauth2ReturnUrls: "allowed_resource_oauth2_return_urls" },
  },
  "cloud/policy/policy-engines.ts ENGINE": {
    schema: policies.ENGINE,
    address: "aws_bedrockagentcore_policy_engine.tools",
    body: { name: "tools" },
    arguments: { name: "name", description: "description" },
  },
  "cloud/gateway/rate-limits/rate-limits.ts DECLARATION": {
    schema: rateLimits.DECLARATION,
    address: "awscc_bedrockagentcore_gateway_rate_limit.calls",
    body: {
      gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
      dimension_keys: ["targetName"],
      entries: [
        {
          dimensions: { targetName: "*" },
          requests: [{ rate: 1, period: "second" }],
          tokens: [{ rate: 1, period: "minute" }],
          connections: [{ rate: 1, period: "second" }],
        },
      ],
    },
    arguments: {
      rateLimitId: "rate_limit_id",
      description: "description",
      dimensionKeys: "dimension_keys",
      entries: "entries",
      "entries.dimensions": "entries.dimensions",
      ...Object.fromEntries(
        ["requests", "tokens", "connections"].flatMap((metric) =>
          ["", ".rate", ".period"].map((member) => [`entries.${metric}${member}`, `entries.${metric}${member}`]),
        ),
      ),
    },
  },
  "cloud/policy/policy-engines.ts POLICY_MEMBERS": {
    schema: policies.POLICY_MEMBERS,
    address: "aws_bedrockagentcore_policy.everybody",
    body: {
      name: "everybody",
      policy_engine_id: "engine-0123456789",
      definition: { cedar: { statement: "permit(principal, action, resource);" } },
    },
    arguments: {
      name: "name",
      description: "description",
      policyEngineId: "policy_engine_id",
      statement: "definition.cedar.statement",
      validationMode: "validation_mode",
    },
  },
  "cloud/cognito/cognito.ts USER_POOL": {
    schema: cognito.USER_POOL,
    address: "aws_cognito_user_pool.people",
    arguments: {
      poolName: "name",
      "passwordPolicy.minimumLength": "password_policy.minimum_length",
      "passwordPolicy.temporaryPasswordValidityDays": "password_policy.temporary_password_validity_days",
      usernameAttributes: "username_attributes",
    },
  },
  "cloud/cognito/cognito.ts USER_POOL_DOMAIN": {
    schema: cognito.USER_POOL_DOMAIN,
    address: "aws_cognito_user_pool_domain.machines",
    arguments: { domain: "domain", userPoolId: "user_pool_id" },
  },
  "cloud/cognito/cognito.ts RESOURCE_SERVER": {
    schema: cognito.RESOURCE_SERVER,
    address: "aws_cognito_resource_server.tools",
    arguments: {
      userPoolId: "user_pool_id",
      identifier: "identifier",
      name: "name",
      scopes: "scope",
      "scopes.scopeName": "scope.scope_name",
      "scopes.scopeDescription": "scope.scope_description",
    },
  },
  "cloud/cognito/constraints.ts DECLARED_USER": {
    schema: constraints.DECLARED_USER,
    address: "aws_cognito_user.ann",
    body: { user_pool_id: "${aws_cognito_user_pool.people.id}", username: "ann" },
    arguments: { Username: "username", TemporaryPassword: "temporary_password" },
  },
  "cloud/cognito/constraints.ts DECLARED_GROUP": {
    schema: constraints.DECLARED_GROUP,
    address: "aws_cognito_user_group.admins",
    body: { user_pool_id: "${aws_cognito_user_pool.people.id}", name: "admins" },
    arguments: { GroupName: "name", Description: "description", RoleArn: "role_arn", Precedence: "precedence" },
  },
  "cloud/cognito/cognito.ts REQUEST": {
    schema: clients.REQUEST,
    address: "aws_cognito_user_pool_client.person",
    arguments: {
      userPoolId: "user_pool_id",
      clientName: "name",
      explicitAuthFlows: "explicit_auth_flows",
      allowedOAuthFlows: "allowed_oauth_flows",
      allowedOAuthScopes: "allowed_oauth_scopes",
    },
  },
};

interface Refused {
  readonly request: string;
  readonly member: string;
  readonly keyword: string;
  readonly value: unknown;
}

/** A value for each constraint of a schema that breaks it. */
function refusedBy(schema: z.core.JSONSchema.BaseSchema, path: readonly string[] = []): Omit<Refused, "request">[] {
  const member = path.join(".");
  const broken = (keyword: string, value: unknown) => ({ member, keyword, value });
  const { maxLength, minLength = 0, minimum, maximum, maxItems, items, properties = {}, propertyNames } = schema;
  const pattern = schema.pattern ?? schema.allOf?.map((each) => (each as { pattern?: string }).pattern).find(Boolean);
  const misfit = ["\u00a1 ", "", "-"].find((text) => pattern !== undefined && !new RegExp(pattern, "u").test(text));
  const item = items as z.core.JSONSchema.BaseSchema | undefined;
  const values = schema.additionalProperties as z.core.JSONSchema.BaseSchema | undefined;
  return [
    ...(isUnbounded(maxLength) ? [] : [broken("maxLength", "a".repeat(maxLength + 1))]),
    ...(minLength > 0 ? [broken("minLength", "")] : []),
    ...(pattern === undefined ? [] : [broken("pattern", misfit)]),
    ...(schema.enum === undefined ? [] : [broken("enum", "NONSENSE")]),
    ...(minimum === undefined ? [] : [broken("minimum", minimum - 1)]),
    ...(maximum === undefined ? [] : [broken("maximum", maximum + 1)]),
    ...(isUnbounded(maxItems)
      ? []
      : [
          broken(
            "maxItems",
            Array.from({ length: maxItems + 1 }, () => sampleOf(item)),
          ),
        ]),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      refusedBy(inner as z.core.JSONSchema.BaseSchema, [...path, name]),
    ),
    ...(item === undefined ? [] : refusedBy(item, path)).map((each) =>
      item?.properties === undefined ? { ...each, value: [each.value] } : each,
    ),
    ...(typeof values === "object"
      ? [
          ...refusedBy(values, path).map((each) => ({ ...each, value: { NAME: each.value } })),
          ...refusedBy((propertyNames ?? {}) as z.core.JSONSchema.BaseSchema, path).map((each) => ({
            ...each,
            value: { [String(each.value)]: "x" },
          })),
        ]
      : []),
  ];
}

/** Infinity is null in JSON. */
function isUnbounded(limit: number | null | undefined): limit is null | undefined {
  return limit === undefined || limit === null || limit > 1e6;
}

function sampleOf(schema: z.core.JSONSchema.BaseSchema | undefined): unknown {
  return schema?.properties === undefined
    ? (schema?.enum?.[0] ?? "tools/execute")
    : { scope_name: "x", scope_description: "x" };
}

const refused = Object.entries(REQUESTS).flatMap(([request, { schema }]) => {
  const json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return refusedBy(json).map((each): Refused => ({ request, ...each }));
});

const NO_MAPS = "no rule reads the names and values of a map";

/** What the schemas ask that no configuration breaks, or that no rule reads. */
const HARMLESS: Readonly<Record<string, string>> = {
  "cloud/cognito/cognito.ts REQUEST allowedOAuthFlows maxItems": "there are three, and Terraform's set has each once",
  ...Object.fromEntries(
    ["Name maxLength", "Name minLength", "Name pattern", "Value maxLength"].map((member) => [
      `cloud/cognito/constraints.ts DECLARED_USER UserAttributes.${member}`,
      NO_MAPS,
    ]),
  ),
};

describe("what the services ask of members", () => {
  test("is stated by schemas that are all here", () => {
    const checks = reachable(["emulator/deployment.ts"], "emulator", (name) => /^check(Members)?$/.test(name));
    const named = checks.map(({ place, argument = "" }) => `${place.replace(/^emulator\/|:\d+$/g, "")} ${argument}`);
    const own = named.filter((name) => / [A-Z_]+$/.test(name));
    expect(new Set(own)).toEqual(new Set(Object.keys(REQUESTS)));
    expect(named.filter((name) => !own.includes(name))).toEqual([]);
  });

  test("is enough to be worth a test", () => {
    expect(refused.length).toBeGreaterThan(70);
  });

  test.each(refused)(
    "$request: $member breaks $keyword, which the review reports",
    ({ request, member, keyword, value }) => {
      const { address, body, arguments: paths } = REQUESTS[request] ?? fail(request);
      if (Object.hasOwn(HARMLESS, `${request} ${member} ${keyword}`)) return;
      const path = paths[member] ?? fail(`${member} is no argument`);
      const stack = cleanStack();
      const [type = "", name = ""] = address.split(".");
      if (body !== undefined) stack.resource[type] = { [name]: structuredClone(body) };
      write(stack, address, path.split("."), value);
      expect(errorsAt(stack, address)).not.toEqual([]);
    },
  );
});

function fail(message: string): never {
  throw new Error(message);
}

function write(stack: Stack, address: string, path: readonly string[], value: unknown): void {
  const names = [...path];
  const last = names.pop() ?? "";
  let place: Json = block(stack, address);
  for (const name of names) {
    const [inner = {}] = [place[name]].flat() as Json[];
    place = place[name] = inner;
  }
  place[last] = value;
}

function errorsAt(stack: Stack, address: string): readonly string[] {
  const { findings } = review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(stack)))));
  return findings.filter((each) => each.severity === "error" && each.address === address).map(({ rule }) => rule);
}

/** Where the readers of resources refuse an argument, and why no rule says it. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  token_validity_units: "terraform validate refuses other units",
  payload: "told by tool-schema-invalid",
  s3: "the emulator has no S3",
  schema: "the emulator has no guardrails",
  name: "of an argument that is given by name: a policy that is no JSON is told by policy-malformed, schemas of tools by tool-schema-invalid, and ways of authorization that are not emulated are those of newer providers",
};

test("what the readers of resources refuse has a reason, too", () => {
  const resources = ["user-pool-client", "user-pool", "gateway-target", "role"];
  const program = [
    "topology/arguments/arguments.ts",
    ...resources.map((name) => `topology/resources/${name}.ts`),
    ...readdirSync("targets", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `targets/${name}`),
  ].map((file) => {
    return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  });
  const found = program.flatMap(invalidArguments);
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter((name) => !Object.hasOwn(ARGUMENTS, name))).toEqual([]);
});

function invalidArguments(node: ts.Node): string[] {
  const [first] =
    ts.isCallExpression(node) && /\.(invalid|refuse|unsupported)$/.test(node.expression.getText())
      ? node.arguments
      : [];
  const own = first === undefined ? [] : [ts.isStringLiteral(first) ? first.text : first.getText()];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => void inner.push(...invalidArguments(child)));
  return [...own, ...inner];
}
