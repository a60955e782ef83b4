import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { aws, boto3Session } from "../../support/aws-clients";
import { Command } from "../../support/command";
import { describeWhen, missingAwsCli, missingBoto3, testUnless } from "../../support/skip";
import { MIRROR, NEED, realProviderAvailable, type Run } from "../../support/terraform/applied-account";
import { argumentsOf, argumentsSetIn } from "./arguments";
import { importIdOf, type StateResource } from "./import-ids";
import { temporaryFolder } from "../../support/temporary-folder";

/** Arguments that no configuration sets, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_cognito_managed_user_pool_client: {
    refresh_token_rotation: "the provider does not send it",
    "refresh_token_rotation.feature": "the provider does not send it",
    "refresh_token_rotation.retry_grace_period_seconds": "the provider does not send it",
  },
  aws_iam_policy_attachment: {
    groups: "the account has roles alone",
    users: "the account has roles alone",
  },
  aws_lambda_function: { code_signing_config_arn: "nobody signs code here" },
  aws_secretsmanager_secret: {
    force_overwrite_replica_secret: "the account has one region",
    replica: "the account has one region",
    "replica.kms_key_id": "the account has one region",
    "replica.region": "the account has one region",
  },
};
/** What Terraform itself keeps, and what other arguments make. */
const OF_TERRAFORM = /^(id|tags_all|timeouts(\..*)?)$/;

/** Importing these replaces them: no API tells that a secret was asked for, or what a write-only argument was. */
const REPLACED_BY_IMPORT = [
  "aws_cognito_user_pool_client.m2m",
  "aws_cognito_user_pool_client.replaced",
  "aws_secretsmanager_secret_version.written",
];
/** The provider looks at the version that it made, and not whether it is the current one. */
const NOT_SEEN = ["aws_secretsmanager_secret_version.v", "aws_secretsmanager_secret_version.written"];

const SECOND = ["-var", "revision=2"];
const APPLY = ["apply", "-auto-approve"];

describeWhen(realProviderAvailable, NEED, "the real AWS provider and the account that `serve` serves", () => {
  const folder = temporaryFolder();
  let emulator: Command;
  let url = "";
  let managedPool = "";

  async function terraform(...parameters: string[]): Promise<Run> {
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(folder, "terraformrc"),
      TF_VAR_managed_pool: managedPool,
      AWS_ENDPOINT_URL: url,
    };
    const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
    const run = promisify(execFile)(
      "terraform",
      [...parameters, ...(parameters[0] === "show" ? [] : ["-no-color"])],
      options,
    );
    return run.then(
      ({ stdout }) => ({ status: 0, output: stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        status: code,
        output: stdout + stderr,
      }),
    );
  }

  async function resources(): Promise<StateResource[]> {
    const { output } = await terraform("show", "-json");
    const { values } = JSON.parse(output) as {
      values: { root_module: { resources: (StateResource & { mode: string })[] } };
    };
    return values.root_module.resources.filter(({ mode }) => mode === "managed");
  }

  async function expectNoChanges(...parameters: string[]): Promise<void> {
    const plan = await terraform("plan", "-detailed-exitcode", ...parameters);
    expect([plan.status, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
  }

  beforeAll(async () => {
    for (const file of readdirSync(__dirname).filter((name) => /\.(tf|zip|png)$/.test(name))) {
      copyFileSync(join(__dirname, file), join(folder, file));
    }
    const mirror = `provider_installation {\n  filesystem_mirror { path = "${MIRROR}" }\n}\n`;
    writeFileSync(join(folder, "terraformrc"), mirror);
    emulator = Command.ofCli(["serve", "--port", "0"]);
    [, url = ""] = await emulator.says(/AWS_ENDPOINT_URL=(\S+)/);
    expect(await terraform("init")).toMatchObject({ status: 0 });
  }, 300_000);

  afterAll(() => emulator?.kill());

  test("configurations set every argument that the provider has for these kinds", async () => {
    const { output } = await terraform("providers", "schema", "-json");
    const { provider_schemas } = JSON.parse(output) as {
      provider_schemas: Record<
        string,
        { resource_schemas: Record<string, { block: Parameters<typeof argumentsOf>[0] }> }
      >;
    };
    const schemas = Object.values(provider_schemas)[0]?.resource_schemas ?? {};
    const set = argumentsSetIn(__dirname);
    const missing = [...set].flatMap(([type, names]) => {
      const all = argumentsOf(schemas[type]?.block ?? {}).filter((name) => !OF_TERRAFORM.test(name));
      return all.filter((name) => !names.has(name)).map((name) => `${type} ${name}`);
    });
    const leftOut = Object.entries(LEFT_OUT).flatMap(([type, names]) =>
      Object.keys(names).map((name) => `${type} ${name}`),
    );
    expect(missing.sort()).toEqual(leftOut.sort());
  }, 120_000);

  const awsCliTest = testUnless(missingAwsCli());
  awsCliTest(
    "apply creates every resource as it was asked for, and plan finds nothing to change",
    async () => {
      const pool = await aws(url, "cognito-idp", "create-user-pool", "--pool-name", "managed");
      managedPool = (JSON.parse(pool) as { UserPool: { Id: string } }).UserPool.Id;
      const client = ["cognito-idp", "create-user-pool-client", "--user-pool-id", managedPool, "--client-name"];
      await aws(url, ...client, "AmazonService");
      await aws(url, ...client, "OtherService");
      const { status, output } = await terraform(...APPLY);
      expect([status, output]).toEqual([0, expect.stringContaining("Apply complete! Resources: 95 added")]);
      await expectNoChanges();
    },
    400_000,
  );

  awsCliTest(
    "apply changes what can change in place, and replaces the rest",
    async () => {
      const { status, output } = await terraform(...APPLY, ...SECOND);
      expect([status, output]).toEqual([0, expect.stringContaining("8 added, 63 changed, 8 destroyed")]);
      await expectNoChanges(...SECOND);
    },
    400_000,
  );

  awsCliTest(
    "import takes resources over as they are",
    async () => {
      const all = await resources();
      const imported = all.flatMap((resource) => {
        const id = importIdOf(resource);
        return id === undefined || REPLACED_BY_IMPORT.includes(resource.address) ? [] : [{ ...resource, id }];
      });
      await terraform("state", "rm", ...imported.map(({ address }) => address));
      const blocks = imported.map(
        ({ address, id }) => `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`,
      );
      writeFileSync(join(folder, "imports.tf"), blocks.join(""));
      const { status, output } = await terraform(...APPLY, ...SECOND);
      // What no API keeps is changed: passwords, archives, and how Terraform deletes.
      expect([status, output]).toEqual([0, expect.stringMatching(/90 imported, 0 added, \d+ changed, 0 destroyed/)]);
      await expectNoChanges(...SECOND);
    },
    400_000,
  );

  testUnless(missingAwsCli() ?? missingBoto3())(
    "what boto3 changed and removed is seen in every resource, and healed by the next apply",
    async () => {
      const drifting = (await resources()).filter(({ address }) => !NOT_SEEN.includes(address));
      const { changed } = await boto3Session(url, join(__dirname, "sessions", "drift.py"), { resources: drifting });
      const seen = await terraform("plan", "-out", "drift.plan", ...SECOND);
      expect([seen.status, seen.output]).toEqual([0, expect.stringContaining("Plan:")]);
      const { resource_changes } = JSON.parse((await terraform("show", "-json", "drift.plan")).output) as {
        resource_changes: { address: string; change: { actions: string[] } }[];
      };
      const unchanged = resource_changes.filter(({ change }) => change.actions.join() === "no-op");
      const unseen = unchanged
        .map(({ address }) => address)
        .filter((address) => (changed as string[]).includes(address));
      expect(unseen).toEqual([]);
      const healed = await terraform(...APPLY, ...SECOND);
      expect([healed.status, healed.output]).toEqual([0, expect.stringContaining("Apply complete!")]);
      await expectNoChanges(...SECOND);
    },
    400_000,
  );

  awsCliTest(
    "destroy leaves nothing",
    async () => {
      const { status, output } = await terraform("destroy", "-auto-approve", ...SECOND);
      expect([status, output]).toEqual([0, expect.stringContaining("Destroy complete! Resources: 95 destroyed")]);
      await aws(url, "cognito-idp", "delete-user-pool", "--user-pool-id", managedPool);
      const { stations } = (await (await fetch(`${url}/_emulator/system`)).json()) as { stations: unknown[] };
      expect(stations).toHaveLength(1);
      const { Functions } = JSON.parse(await aws(url, "lambda", "list-functions")) as { Functions: unknown[] };
      expect(Functions).toEqual([]);
    },
    300_000,
  );
});
