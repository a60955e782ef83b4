import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { describeWhen, terraformAvailable } from "../support/skip";
import type { Block } from "../../provider/schema/model";
import { providerSchema } from "../../provider/schema/provider-schema";

const schema = providerSchema();

function blockOf(type: string): Block {
  const block = schema.resources.get(type);
  if (!block) throw new Error(`No schema for ${type}.`);
  return block;
}

function attribute({ attributes }: Block, name: string) {
  return attributes.find((candidate) => candidate.name === name);
}

function nested({ blocks }: Block, name: string) {
  return blocks.find((candidate) => candidate.name === name);
}

describe("the schema derived from the bindings", () => {
  test("tells optional from optional and computed", () => {
    const gateway = blockOf("aws_bedrockagentcore_gateway");
    expect(attribute(gateway, "region")).toMatchObject({ optional: true, computed: true });
    expect(attribute(gateway, "description")).toMatchObject({ optional: true, computed: false });
    expect(attribute(gateway, "gateway_url")).toMatchObject({ optional: false, computed: true });
  });

  test("has every AgentCore resource of the bindings", () => {
    const types = [...schema.resources.keys()].filter((type) => type.startsWith("aws_bedrockagentcore_"));
    expect(types).toHaveLength(12);
  });

  test("tells a list of objects from a block", () => {
    const runtime = blockOf("aws_bedrockagentcore_agent_runtime");
    const lifecycle = ["object", { idle_runtime_session_timeout: "number", max_lifetime: "number" }];
    expect(attribute(runtime, "lifecycle_configuration")?.type).toEqual(["list", lifecycle]);
    expect(nested(runtime, "network_configuration")).toMatchObject({ nesting: "LIST", maxItems: 0 });
    expect(nested(runtime, "timeouts")).toMatchObject({ nesting: "SINGLE" });
  });

  test("tells sets from lists", () => {
    const target = blockOf("aws_bedrockagentcore_gateway_target");
    const oauth = nested(nested(target, "credential_provider_configuration")?.block ?? target, "oauth");
    expect(attribute(oauth?.block ?? target, "scopes")?.type).toEqual(["set", "string"]);
    expect(nested(blockOf("aws_cognito_resource_server"), "scope")?.nesting).toBe("SET");
  });

  test("hides secrets and never stores write-only ones", () => {
    const provider = blockOf("aws_bedrockagentcore_api_key_credential_provider");
    expect(attribute(provider, "api_key")).toMatchObject({ sensitive: true, writeOnly: false });
    expect(attribute(provider, "api_key_wo")).toMatchObject({ sensitive: true, writeOnly: true });
  });
});

test("an installation loses of the bindings what nothing here reads", () => {
  const folder = mkdtempSync(join(tmpdir(), "bindings-"));
  const map = "//# sourceMappingURL=data:application/json;base64,e30=";
  const files = ["lib/cognito-user-pool/index.js", "lib/vpc/index.js", "lib/vpc/index.d.ts", ".jsii", "package.json"];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `exports.x = 1;\n${map}`);
  }
  execFileSync(process.execPath, [resolve(__dirname, "../../packaging/slim-bindings.mjs"), folder]);
  expect(existsSync(join(folder, ".jsii"))).toBe(false);
  const isWhole = (file: string) => readFileSync(join(folder, file), "utf8").endsWith(map);
  expect(files.filter((file) => file !== ".jsii").map(isWhole)).toEqual([true, false, true, true]);
  expect(readFileSync(join(folder, "lib/vpc/index.js"), "utf8")).toBe("exports.x = 1;\n");
  rmSync(folder, { recursive: true });
});

const mirror = process.env.AWS_PROVIDER_MIRROR ?? "";

describeWhen(
  mirror !== "" && terraformAvailable(),
  "AWS_PROVIDER_MIRROR, a Terraform filesystem mirror with hashicorp/aws, and terraform on the PATH",
  "the schema derived from the bindings, against the real provider's",
  () => {
    // What later releases added to resources that a mirrored 5.x provider has already.
    const newer = ["region", "bucket_region", "deletion_protection_enabled", "publish_to", "source_kms_key_arn"];
    test("agrees on every attribute of the resources that both know", () => {
      const real = realSchema();
      const shared = [...schema.resources].filter(([type]) => type in real);
      expect(shared).not.toHaveLength(0);
      for (const [type, { attributes }] of shared) {
        const derived = attributes
          .filter(({ name }) => !newer.includes(name))
          .map(({ name, ...about }) => [name, about] as const);
        const expected = Object.entries(real[type]?.block.attributes ?? {})
          .filter(([name]) => !newer.includes(name))
          .map(([name, about]) => [name, flagsOf(about)] as const);
        expect([type, Object.fromEntries(derived)]).toEqual([type, Object.fromEntries(expected)]);
      }
    });
  },
);

interface RealAttribute {
  readonly type: unknown;
  readonly [flag: string]: unknown;
}

function flagsOf({ type, ...flags }: RealAttribute) {
  const {
    required = false,
    optional = false,
    computed = false,
    sensitive = false,
    write_only: writeOnly = false,
  } = flags;
  return { type, required, optional, computed, sensitive, writeOnly };
}

function realSchema(): Record<string, { readonly block: { readonly attributes?: Record<string, RealAttribute> } }> {
  const folder = mkdtempSync(join(tmpdir(), "real-provider-"));
  const rc = join(folder, "terraform.rc");
  writeFileSync(rc, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws: { source: "aws" } } } }),
  );
  const options = {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TF_CLI_CONFIG_FILE: rc, CHECKPOINT_DISABLE: "1" },
    maxBuffer: 64 * 1024 * 1024,
  };
  execFileSync("terraform", ["init"], options);
  const { provider_schemas: providers } = JSON.parse(
    execFileSync("terraform", ["providers", "schema", "-json"], options).toString(),
  ) as { readonly provider_schemas: Record<string, { readonly resource_schemas: ReturnType<typeof realSchema> }> };
  rmSync(folder, { recursive: true });
  return Object.values(providers)[0]?.resource_schemas ?? {};
}
