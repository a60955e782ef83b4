import { describeWithTerraform } from "../support/skip";
import { discard, synthesize } from "../support/synthesize";
import { writeConfiguration } from "../support/terraform/configuration";
import {
  credentialProviderArguments,
  gatewayArguments,
  runtimeArguments,
  targetArguments,
} from "../support/terraform/fixtures/resources";
import { Terraform } from "../support/terraform/terraform";

describeWithTerraform("terraform with the stand-in provider", () => {
  let terraform: Terraform;

  beforeAll(async () => {
    terraform = await Terraform.start();
  });

  describe("apply", () => {
    async function apply(type: string, block: object): Promise<unknown> {
      return terraform.apply(await terraform.configured({ resource: { [type]: { it: { ...block } } } }));
    }

    test.each([
      [
        "an image outside Amazon ECR",
        { agent_runtime_artifact: [{ container_configuration: [{ container_uri: "ghcr.io/tools:1" }] }] },
      ],
      ["a name with a hyphen", { agent_runtime_name: "my-tools" }],
      [
        "a lifetime of a week and more",
        { lifecycle_configuration: [{ idle_runtime_session_timeout: 900, max_lifetime: 1_209_601 }] },
      ],
    ])("fails in the service on a runtime with %s", async (_mistake, change) => {
      await expect(apply("aws_bedrockagentcore_agent_runtime", { ...runtimeArguments, ...change })).rejects.toThrow(
        "ValidationException",
      );
    });

    test("fails in the service on a gateway without a single allowed client", async () => {
      const [authorizer] = gatewayArguments.authorizer_configuration[0]?.custom_jwt_authorizer ?? [];
      const authorizerConfiguration = [{ custom_jwt_authorizer: [{ ...authorizer, allowed_clients: [] }] }];
      const block = { ...gatewayArguments, authorizer_configuration: authorizerConfiguration };
      await expect(apply("aws_bedrockagentcore_gateway", block)).rejects.toThrow("must have a size of at least 1");
    });

    test("fails on an empty map, which the provider reads back as null", async () => {
      const block = { ...runtimeArguments, environment_variables: {} };
      await expect(apply("aws_bedrockagentcore_agent_runtime", block)).rejects.toThrow(
        "Provider produced inconsistent result after apply",
      );
    });

    test("fails on half a lifecycle configuration, of which the service fills in the rest", async () => {
      const lifecycle = [{ idle_runtime_session_timeout: 900, max_lifetime: null }];
      const block = { ...runtimeArguments, lifecycle_configuration: lifecycle };
      await expect(apply("aws_bedrockagentcore_agent_runtime", block)).rejects.toThrow(
        "Provider produced inconsistent result after apply",
      );
    });

    test("keeps no write-only secret in the state", async () => {
      const client = { client_id_wo: "id", client_secret_wo: "hush", client_credentials_wo_version: 1 };
      const type = "aws_bedrockagentcore_oauth2_credential_provider";
      const folder = await terraform.configured({ resource: { [type]: { it: credentialProviderArguments(client) } } });
      await terraform.apply(folder);
      const stored = (await terraform.resources(folder)).get(`${type}.it`);
      expect(JSON.stringify(stored)).not.toContain("hush");
      expect(stored?.client_secret_arn).toEqual([
        { secret_arn: expect.stringContaining(":secret:bedrock-agentcore-identity") as string },
      ]);
    });

    test("runs none of the machine's docker and AWS CLI, and records what would run", async () => {
      const command =
        "aws ecr get-login-password | docker login --password-stdin registry && docker push 'registry/tools:1 a'";
      const folder = await terraform.configured({
        resource: { terraform_data: { image: { provisioner: [{ "local-exec": { command } }] } } },
      });
      const before = (await terraform.commands.calls()).length;
      await terraform.apply(folder);
      const calls = (await terraform.commands.calls()).slice(before);
      expect(calls).toHaveLength(3);
      expect(calls).toEqual(
        expect.arrayContaining([
          { command: "aws", arguments: ["ecr", "get-login-password"] },
          { command: "docker", arguments: ["login", "--password-stdin", "registry"] },
          { command: "docker", arguments: ["push", "registry/tools:1 a"] },
        ]),
      );
    });

    test("leaves urlencode to terraform itself", async () => {
      const arn = "${aws_bedrockagentcore_agent_runtime.it.agent_runtime_arn}";
      const folder = await terraform.configured({
        resource: { aws_bedrockagentcore_agent_runtime: { it: runtimeArguments } },
        output: { arn: { value: arn }, encoded: { value: arn.replace("${", "${urlencode(").replace("}", ")}") } },
      });
      await terraform.apply(folder);
      const { arn: plain, encoded } = await terraform.output(folder);
      expect(plain).toMatch(/^arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime\/tools-[a-zA-Z0-9]{10}$/);
      expect(encoded).toBe(encodeURIComponent(String(plain)));
    });
  });

  describe("plan", () => {
    async function changed(type: string, before: object, after: object) {
      const folder = await terraform.configured({ resource: { [type]: { it: { ...before } } } });
      await terraform.apply(folder);
      await writeConfiguration(folder, { resource: { [type]: { it: { ...after } } } });
      const { resource_changes: changes } = await terraform.plan(folder);
      await terraform.applyPlan(folder);
      expect(await terraform.planDetailed(folder)).toBe(0);
      return changes[0]?.change;
    }

    test("updates in place what the service can change", async () => {
      const change = await changed("aws_bedrockagentcore_gateway", gatewayArguments, {
        ...gatewayArguments,
        description: "Tools",
      });
      expect(change).toMatchObject({ actions: ["update"], after_unknown: {} });
    });

    test("replaces what the service cannot change", async () => {
      const change = await changed("aws_bedrockagentcore_gateway", gatewayArguments, {
        ...gatewayArguments,
        name: "other",
      });
      expect(change).toMatchObject({ actions: ["delete", "create"] });
    });

    test("replaces a target of another kind", async () => {
      const smithy = [{ mcp: [{ smithy_model: [{ s3: [{ uri: "s3://models/tools.json" }] }] }] }];
      const change = await changed("aws_bedrockagentcore_gateway_target", targetArguments, {
        ...targetArguments,
        target_configuration: smithy,
      });
      expect(change).toMatchObject({ actions: ["delete", "create"] });
    });

    test("expects a new version of a runtime with another image", async () => {
      const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:2";
      const artifact = [{ container_configuration: [{ container_uri: image }] }];
      const change = await changed("aws_bedrockagentcore_agent_runtime", runtimeArguments, {
        ...runtimeArguments,
        agent_runtime_artifact: artifact,
      });
      expect(change).toMatchObject({ actions: ["update"], after_unknown: { agent_runtime_version: true } });
    });

    test("adds the default tags of the provider block", async () => {
      const folder = await terraform.configured({
        provider: { default_tags: [{ tags: { team: "tools" } }] },
        resource: { aws_iam_role: { it: { name: "r", assume_role_policy: "{}", tags: { stage: "test" } } } },
      });
      const { resource_changes: changes } = await terraform.plan(folder);
      expect(changes[0]?.change.after).toMatchObject({ tags_all: { team: "tools", stage: "test" } });
    });
  });

  describe("data sources", () => {
    test("know the account, the region and the partition", async () => {
      const folder = await terraform.configured({
        provider: { region: "eu-west-1" },
        data: { aws_caller_identity: { it: {} }, aws_region: { it: {} }, aws_partition: { it: {} } },
        output: {
          account: { value: "${data.aws_caller_identity.it.account_id}" },
          region: { value: "${data.aws_region.it.region}" },
          partition: { value: "${data.aws_partition.it.partition}" },
        },
      });
      await terraform.apply(folder);
      expect(await terraform.output(folder)).toEqual({
        account: "123456789012",
        region: "eu-west-1",
        partition: "aws",
      });
    });

    const statement = [
      {
        sid: "Pull",
        actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: ["arn:aws:ecr:us-east-1:123456789012:repository/tools"],
        principals: [{ type: "Service", identifiers: ["bedrock-agentcore.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
      },
    ];

    test("render a policy document", async () => {
      const folder = await terraform.configured({
        data: { aws_iam_policy_document: { it: { statement } } },
        output: { policy: { value: "${data.aws_iam_policy_document.it.json}" } },
      });
      await terraform.apply(folder);
      const { policy } = await terraform.output(folder);
      expect(JSON.parse(String(policy))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Pull",
            Effect: "Allow",
            Action: ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
            Resource: "arn:aws:ecr:us-east-1:123456789012:repository/tools",
            Principal: { Service: "bedrock-agentcore.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
          },
        ],
      });
    });

    test("fail clearly on merging policy documents", async () => {
      const folder = await terraform.configured({
        data: { aws_iam_policy_document: { it: { statement, source_policy_documents: ["{}"] } } },
      });
      await expect(terraform.plan(folder)).rejects.toThrow("does not merge policy documents (source_policy_documents)");
    });
  });

  test("takes a whole stack through plan, apply, a plan without changes, and destroy", async () => {
    const folder = await synthesize("bench/synth/programs/raw-bindings.ts");
    await terraform.init(folder);
    expect(await terraform.validate(folder)).toEqual([]);
    expect(await terraform.planDetailed(folder)).toBe(2);
    const created = (await terraform.apply(folder)).map(({ address }) => address);
    expect(created.at(-1)).toBe("aws_bedrockagentcore_gateway_target.mcp_server");
    expect(await terraform.planDetailed(folder)).toBe(0);
    const destroyed = (await terraform.destroy(folder)).map(({ address }) => address);
    expect([...destroyed].sort()).toEqual([...created].sort());
    expect(await terraform.resources(folder)).toEqual(new Map());
    await discard(folder);
  });
});
