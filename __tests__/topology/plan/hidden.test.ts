import { resourceReaders } from "../../../topology/resources";
import { deploy } from "../fake-account";
import {
  ARTICLE,
  expressionsOf,
  failureOf,
  keptPlan,
  type PlanDocument,
  plannedValues,
  planTopology,
  unknownOf,
  type Values,
  within,
} from "./documents";

const RUNTIME = "aws_bedrockagentcore_agent_runtime.mcp_server";
const PROVIDER = "aws_bedrockagentcore_oauth2_credential_provider.m2m";
const TARGET = "aws_bedrockagentcore_gateway_target.mcp_server";
const GATEWAY = "aws_bedrockagentcore_gateway.main";
const AUTHORIZER = "authorizer_configuration.0.custom_jwt_authorizer.0";
const CUSTOM_PROVIDER = "oauth2_provider_config.0.custom_oauth2_provider_config.0";
const ENDPOINT = "target_configuration.0.mcp.0.mcp_server.0";

/** As terraform lists them: behind each attribute its resource. */
function madeOf(...references: readonly string[]): { references: readonly string[] } {
  return {
    references: references
      .flatMap((reference) => [reference, reference.replace(/\.[^.]+$/, "")])
      .filter((name) => name !== "local"),
  };
}

type Bend = (plan: PlanDocument) => void;

function bent(bend: Bend): PlanDocument {
  const plan = keptPlan(ARTICLE, "plan");
  bend(plan);
  return plan;
}

/** Another expression for an argument that the plan does not know. */
function rewrite(address: string, path: string, name: string, ...references: readonly string[]): Bend {
  return (plan) =>
    Object.assign(path === "" ? expressionsOf(plan, address) : within(expressionsOf(plan, address), path), {
      [name]: madeOf(...references),
    });
}

/** The same for an argument that the plan knows. */
function hide(address: string, name: string, ...references: readonly string[]): Bend {
  return (plan) => {
    delete plannedValues(plan).get(address)?.[name];
    Object.assign(unknownOf(plan, address), { [name]: true });
    rewrite(address, "", name, ...references)(plan);
  };
}

function declaredBy(plan: PlanDocument, address: string): Values {
  return deploy(planTopology(plan)).declarations[address] as Values;
}

const assumed = (plan: PlanDocument, address: string): readonly string[] =>
  planTopology(plan).assumptions.filter((text) => text.includes(` ${address} `));

describe("a text that a plan hides", () => {
  test("is the reference that it shows, also where that is the wrong one", () => {
    const plan = bent(rewrite(RUNTIME, "", "role_arn", "aws_iam_role.gateway.id"));
    expect(declaredBy(plan, RUNTIME)).toMatchObject({ roleArn: "m2m-auth-demo-gateway-role" });
    const other = bent(rewrite(PROVIDER, CUSTOM_PROVIDER, "client_id", "aws_cognito_user_pool.outbound.id"));
    expect(declaredBy(other, PROVIDER)).toMatchObject({ clientId: "us-east-1_m2mauthdemooutboundpool" });
    expect(planTopology(other).assumptions).toEqual(planTopology(keptPlan(ARTICLE, "plan")).assumptions);
  });

  test("is what its argument admits of the resource whose attribute is not shown", () => {
    const plan = bent((document) =>
      Object.assign(expressionsOf(document, TARGET), { gateway_identifier: { references: [GATEWAY, "each.key"] } }),
    );
    expect(declaredBy(plan, TARGET)).toMatchObject({ gatewayIdentifier: "m2m-auth-demo-gateway-abcdefghij" });
    expect(assumed(plan, TARGET)).toContain(
      `The plan hides the text of ${TARGET} gateway_identifier; taken as ${GATEWAY}.gateway_id.`,
    );
  });

  test("is the only resource of the plan that its argument can name, behind a local value", () => {
    const plan = bent(rewrite(TARGET, "credential_provider_configuration.0.oauth.0", "provider_arn", "local.provider"));
    expect(declaredBy(plan, TARGET)).toMatchObject({
      credential: {
        providerArn: expect.stringMatching(/oauth2credentialprovider\/m2m-auth-demo-m2m-oauth2-provider$/) as string,
      },
    });
    expect(assumed(plan, TARGET)).toContain(
      `The plan hides the text of ${TARGET} credential_provider_configuration.oauth.provider_arn; taken as ${PROVIDER}.credential_provider_arn, the only aws_bedrockagentcore_oauth2_credential_provider of the plan.`,
    );
  });

  test("is the user pool whose client stands beside it, behind a local value", () => {
    const plan = bent(rewrite(RUNTIME, AUTHORIZER, "discovery_url", "local.discovery_url"));
    expect(declaredBy(plan, RUNTIME)).toMatchObject({
      customJwtAuthorizer: { discoveryUrl: expect.stringContaining("/us-east-1_m2mauthdemooutboundpool/") as string },
    });
    expect(assumed(plan, RUNTIME)).toContain(
      `The plan hides the text of ${RUNTIME} authorizer_configuration.custom_jwt_authorizer.discovery_url; taken as the OpenID discovery URL of aws_cognito_user_pool.outbound, whose client stands beside it.`,
    );
  });

  test("is every resource that a list can name", () => {
    const clients = ["aws_cognito_user_pool_client.inbound.id", "aws_cognito_user_pool_client.m2m.id"];
    const plan = bent((document) => {
      rewrite(RUNTIME, AUTHORIZER, "allowed_clients", ...clients)(document);
      Object.assign(within(unknownOf(document, RUNTIME), AUTHORIZER), { allowed_clients: true });
    });
    expect(declaredBy(plan, RUNTIME)).toMatchObject({
      customJwtAuthorizer: { allowedClients: ["id-of-m2m-auth-demo-inbound-client", "id-of-m2m-auth-demo-m2m-client"] },
    });
    expect(assumed(plan, RUNTIME)).toContain(
      `The plan hides the text of ${RUNTIME} authorizer_configuration.custom_jwt_authorizer.allowed_clients; taken as ${clients.join(" and ")}.`,
    );
  });

  test("is made up for a name, the same each time", () => {
    const plan = bent(hide(GATEWAY, "name", "random_pet.name.id"));
    const { name } = declaredBy(plan, GATEWAY);
    expect(name).toMatch(/^n[0-9a-f]{12}$/);
    expect(declaredBy(plan, GATEWAY)["name"]).toBe(name);
    expect(assumed(plan, GATEWAY)).toContain(`The plan hides the text of ${GATEWAY} name; taken as ${String(name)}.`);
  });

  test("is left out for an environment variable that can be any text", () => {
    const plan = bent((document) => {
      Object.assign(unknownOf(document, RUNTIME), { environment_variables: { POOL: true } });
      Object.assign(expressionsOf(document, RUNTIME), {
        environment_variables: madeOf("aws_cognito_user_pool.inbound.id", "aws_cognito_user_pool.outbound.id"),
      });
    });
    expect(declaredBy(plan, RUNTIME)).toMatchObject({
      environmentVariables: { LOG_LEVEL: "INFO", ENVIRONMENT: "dev" },
    });
    expect(declaredBy(plan, RUNTIME)["environmentVariables"]).not.toHaveProperty("POOL");
    expect(assumed(plan, RUNTIME)).toContain(
      `The plan hides the text of ${RUNTIME} environment_variables.POOL; left out.`,
    );
  });

  test("is the reference of an environment variable that is named for it, without a word", () => {
    const variables = (name: string): PlanDocument =>
      bent((document) => {
        Object.assign(unknownOf(document, RUNTIME), { environment_variables: { [name]: true } });
        Object.assign(expressionsOf(document, RUNTIME), {
          environment_variables: madeOf("aws_cognito_user_pool.inbound.id"),
        });
      });
    expect(declaredBy(variables("USER_POOL_ID"), RUNTIME)["environmentVariables"]).toHaveProperty(
      "USER_POOL_ID",
      "us-east-1_m2mauthdemoinboundpool",
    );
    expect(assumed(variables("USER_POOL_ID"), RUNTIME)).toHaveLength(2);
    expect(assumed(variables("ISSUER"), RUNTIME)).toContain(
      `The plan hides the text of ${RUNTIME} environment_variables.ISSUER; taken as aws_cognito_user_pool.inbound.id.`,
    );
  });

  test("is a policy of every action, or one that lets AgentCore assume the role", () => {
    const plan = bent((document) => {
      hide("aws_iam_role_policy.gateway_identity", "policy", "local.policy")(document);
      hide("aws_iam_role.gateway", "assume_role_policy", "local.trust", "aws_cognito_user_pool.inbound.arn")(document);
    });
    expect(JSON.parse(String(declaredBy(plan, "aws_iam_role_policy.gateway_identity")["policy"]))).toMatchObject({
      Statement: [{ Action: "*", Resource: "*" }],
    });
    expect(JSON.parse(String(declaredBy(plan, "aws_iam_role.gateway")["assumeRolePolicy"]))).toMatchObject({
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "bedrock-agentcore.amazonaws.com" } },
      ],
    });
    expect(assumed(plan, "aws_iam_role.gateway")).toEqual([
      "The plan hides the text of aws_iam_role.gateway assume_role_policy; taken as a policy that lets bedrock-agentcore.amazonaws.com assume the role.",
    ]);
  });

  test.each<[string, Bend, string, RegExp]>([
    [
      "behind a local value, where the plan has two pools and no client is shown either",
      (plan) => {
        rewrite(RUNTIME, AUTHORIZER, "discovery_url", "local.discovery_url")(plan);
        rewrite(RUNTIME, AUTHORIZER, "allowed_clients", "local.clients")(plan);
      },
      "HIDDEN_VALUE",
      /mcp_server: the plan hides the text of authorizer_configuration\.custom_jwt_authorizer\.discovery_url, and it can name any of 2 resources of the kind aws_cognito_user_pool, made of local\.discovery_url; refer to the resource in the argument itself/,
    ],
    [
      "made of two pools",
      rewrite(
        RUNTIME,
        AUTHORIZER,
        "discovery_url",
        "aws_cognito_user_pool.inbound.id",
        "aws_cognito_user_pool.outbound.id",
      ),
      "HIDDEN_VALUE",
      /it can name aws_cognito_user_pool\.inbound or aws_cognito_user_pool\.outbound;/,
    ],
    [
      "made of a pool and a client",
      rewrite(
        RUNTIME,
        AUTHORIZER,
        "discovery_url",
        "aws_cognito_user_pool.outbound.id",
        "aws_cognito_user_pool_client.m2m.id",
      ),
      "HIDDEN_VALUE",
      /it is made of aws_cognito_user_pool\.outbound and aws_cognito_user_pool_client\.m2m;/,
    ],
    [
      "made of what the argument cannot name",
      rewrite(RUNTIME, AUTHORIZER, "discovery_url", "aws_cognito_user_pool_client.m2m.id"),
      "HIDDEN_VALUE",
      /it is made of aws_cognito_user_pool_client\.m2m;/,
    ],
    [
      "that can be any text",
      (plan) => {
        Object.assign(within(unknownOf(plan, TARGET), "credential_provider_configuration.0.oauth.0"), {
          custom_parameters: { resource: true },
        });
        rewrite(TARGET, "credential_provider_configuration.0.oauth.0", "custom_parameters", "local.resource")(plan);
      },
      "HIDDEN_VALUE",
      /custom_parameters\.resource, and it can be any text, made of local\.resource;/,
    ],
    [
      "made of a runtime and of an endpoint that may qualify it",
      rewrite(
        TARGET,
        ENDPOINT,
        "endpoint",
        `${RUNTIME}.agent_runtime_arn`,
        "aws_bedrockagentcore_agent_runtime_endpoint.prod.name",
      ),
      "HIDDEN_VALUE",
      /endpoint, and it is made of aws_bedrockagentcore_agent_runtime\.mcp_server and aws_bedrockagentcore_agent_runtime_endpoint\.prod;/,
    ],
    [
      "of a kind that is not supported",
      rewrite(PROVIDER, CUSTOM_PROVIDER, "client_secret", "aws_kms_ciphertext.m2m.secret_string"),
      "UNSUPPORTED_REFERENCE",
      /m2m needs a value of aws_kms_ciphertext\.m2m, but the kind/,
    ],
    [
      "of a data source that is not supported",
      rewrite(PROVIDER, CUSTOM_PROVIDER, "client_secret", "data.aws_kms_ciphertext.secret.value"),
      "UNSUPPORTED_REFERENCE",
      /needs a value of data\.aws_kms_ciphertext\.secret, but the kind aws_kms_ciphertext is/,
    ],
    [
      "of an attribute that is not supported",
      rewrite(PROVIDER, CUSTOM_PROVIDER, "client_id", "aws_cognito_user_pool.outbound.creation_date"),
      "UNSUPPORTED_REFERENCE",
      /needs aws_cognito_user_pool\.outbound\.creation_date, an attribute that is not supported/,
    ],
  ])("fails in one sentence %s", (_, bend, code, message) => {
    const error = failureOf(() => planTopology(bent(bend)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(error.address).toBeDefined();
  });
});

describe("a plan", () => {
  const setAccount = (plan: PlanDocument, account: string): PlanDocument =>
    JSON.parse(JSON.stringify(plan).replaceAll("123456789012", account)) as PlanDocument;

  test("tells its account by its caller", () => {
    expect(planTopology(setAccount(keptPlan(ARTICLE, "plan"), "210987654321")).accountId).toBe("210987654321");
  });

  test("tells its account by its ARNs, unless they are of several", () => {
    const withoutCaller = JSON.parse(
      JSON.stringify(keptPlan(ARTICLE, "plan")).replaceAll("aws_caller_identity", "aws_other"),
    ) as PlanDocument;
    expect(planTopology(setAccount(withoutCaller, "210987654321")).accountId).toBe("210987654321");
    const text = JSON.stringify(withoutCaller);
    expect(
      planTopology(JSON.parse(text.replace(/123456789012:token-vault/, "210987654321:token-vault")) as PlanDocument)
        .accountId,
    ).toBeUndefined();
  });

  test("tells its region by its data source, or else by its resources", () => {
    const away = JSON.parse(
      JSON.stringify({ ...keptPlan(ARTICLE, "plan"), variables: {} }).replaceAll("us-east-1", "eu-west-1"),
    ) as PlanDocument;
    away.configuration.provider_config = { aws: { name: "aws" } };
    expect(planTopology(away).region).toBe("eu-west-1");
    expect(planTopology({ ...away, prior_state: {} }).region).toBe("eu-west-1");
  });

  test("fails on a resource in another region", () => {
    const plan = bent((document) => Object.assign(plannedValues(document).get(GATEWAY) ?? {}, { region: "eu-west-1" }));
    expect(failureOf(() => deploy(planTopology(plan)))).toMatchObject({ code: "UNSUPPORTED_REGION", address: GATEWAY });
  });

  test("that leaves parts to a later one is taken as the whole system, which is said", () => {
    expect(planTopology({ ...keptPlan(ARTICLE, "plan"), complete: false }).assumptions[0]).toBe(
      "The plan is taken as the whole system, but terraform left parts to a later plan, so resources may be missing.",
    );
  });

  test.each<[string, Bend, RegExp]>([
    [
      "that ended with an error",
      (plan) => Object.assign(plan, { errored: true }),
      /^plan\.json is a plan that terraform ended with an error, so resources may be missing; mend .*\.$/,
    ],
    [
      "that destroys everything",
      (plan) => {
        plan.planned_values = { root_module: {} };
        for (const { change } of plan.resource_changes) change.actions = ["delete"];
      },
      /^plan\.json is a plan that destroys everything; give a plan that creates or keeps the system\.$/,
    ],
  ])("fails %s", (_, bend, message) => {
    const error = failureOf(() => planTopology(bent(bend)));
    expect(error.code).toBe("UNUSABLE_PLAN");
    expect(error.message).toMatch(message);
  });

  test("of no AgentCore system declares nothing", () => {
    expect(planTopology({ format_version: "1.2", planned_values: { root_module: {} } })).toMatchObject({
      resources: [],
      assumptions: [],
      region: "us-east-1",
    });
  });
});

test("readers tell beforehand which attributes they give", () => {
  const { declarations } = deploy(planTopology(keptPlan(ARTICLE, "plan")));
  const given = (attributes: object): string[] => Object.keys(attributes).sort();
  const samples = { userPoolId: "us-east-1_x", arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/x" };
  for (const { address, kind } of planTopology(keptPlan(ARTICLE, "plan")).resources) {
    const reader = resourceReaders[kind] as {
      assigned: readonly string[];
      attributes(declaration: unknown, attributes: unknown): object;
    };
    expect([address, given(reader.attributes(declarations[address], samples))]).toEqual([
      address,
      [...reader.assigned].sort(),
    ]);
  }
});
