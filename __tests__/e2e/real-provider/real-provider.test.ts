import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { Command } from "../../support/command";
import { aws } from "../../support/aws-clients";
import { describeWhen, missingAwsCli, testUnless } from "../../support/skip";
import { MIRROR, NEED, realProviderAvailable } from "../../support/terraform/applied-account";

const awsCliTest = testUnless(missingAwsCli());

/** What is taken out of the state and imported again, by address. */
const IMPORTED = {
  "aws_cloudwatch_log_group.g": "/aws/vendedlogs/x",
  "aws_ecr_repository.full": "team/full",
  "aws_iam_role.r": "role-r",
};

describeWhen(realProviderAvailable, NEED, "the real AWS provider and the account that `serve` serves", () => {
  const folder = mkdtempSync(join(tmpdir(), "real-provider-"));
  let emulator: Command;
  let url = "";

  async function terraform(...parameters: string[]): Promise<{ status: number; output: string }> {
    const environment = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "terraformrc"), AWS_ENDPOINT_URL: url };
    const run = promisify(execFile)("terraform", [...parameters, "-no-color"], { cwd: folder, env: environment });
    return run.then(
      ({ stdout }) => ({ status: 0, output: stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        status: code,
        output: stdout + stderr,
      }),
    );
  }

  beforeAll(async () => {
    for (const file of ["main.tf", "more.tf"]) copyFileSync(join(__dirname, file), join(folder, file));
    const mirror = `provider_installation {\n  filesystem_mirror { path = "${MIRROR}" }\n}\n`;
    writeFileSync(join(folder, "terraformrc"), mirror);
    emulator = Command.ofCli(["serve", "--port", "0"]);
    [, url = ""] = await emulator.says(/AWS_ENDPOINT_URL=(\S+)/);
    expect(await terraform("init")).toMatchObject({ status: 0 });
  }, 300_000);

  afterAll(() => emulator?.kill());

  const SECOND = ["-var", "revision=2"];

  test("apply creates every resource as it was asked for, and plan finds nothing to change", async () => {
    const { status, output } = await terraform("apply", "-auto-approve");
    expect([status, output]).toEqual([0, expect.stringContaining("Apply complete! Resources: 61 added")]);
    const plan = await terraform("plan", "-detailed-exitcode");
    expect([plan.status, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
  }, 400_000);

  test("apply changes what can change in place and replaces the rest, and import takes resources over as they are", async () => {
    const change = await terraform("apply", "-auto-approve", ...SECOND);
    // A version of a secret, a lifecycle policy, a client that is to have a secret and a name.
    expect([change.status, change.output]).toEqual([0, expect.stringContaining("4 added, 22 changed, 4 destroyed")]);
    await terraform("state", "rm", ...Object.keys(IMPORTED));
    const blocks = Object.entries(IMPORTED).map(([to, id]) => `import {\n  to = ${to}\n  id = "${id}"\n}\n`);
    writeFileSync(join(folder, "imports.tf"), blocks.join(""));
    // `force_delete` and `force_detach_policies` are arguments that no API keeps.
    const imported = await terraform("apply", "-auto-approve", ...SECOND);
    expect([imported.status, imported.output]).toEqual([
      0,
      expect.stringContaining("3 imported, 0 added, 2 changed, 0 destroyed"),
    ]);
  }, 400_000);

  awsCliTest(
    "what the AWS CLI changed and removed is seen, and healed by the next apply",
    async () => {
      const { UserPools } = JSON.parse(await aws(url, "cognito-idp", "list-user-pools", "--max-results", "9")) as {
        UserPools: { Id: string; Name: string }[];
      };
      const poolId = UserPools.find(({ Name }) => Name === "plain")?.Id ?? "";
      const role = ["--role-name", "role-r"];
      const group = ["--user-pool-id", poolId, "--group-name", "admins"];
      await aws(url, "iam", "update-role", ...role, "--description", "other");
      await aws(
        url,
        "iam",
        "detach-role-policy",
        ...role,
        "--policy-arn",
        "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
      );
      await aws(url, "cognito-idp", "update-group", ...group, "--precedence", "9");
      await aws(url, "secretsmanager", "update-secret", "--secret-id", "s", "--description", "other");
      await aws(url, "logs", "delete-log-group", "--log-group-name", "plain");
      const healed = await terraform("apply", "-auto-approve", ...SECOND);
      expect([healed.status, healed.output]).toEqual([0, expect.stringContaining("2 added, 3 changed, 0 destroyed")]);
      const plan = await terraform("plan", "-detailed-exitcode", ...SECOND);
      expect([plan.status, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
    },
    400_000,
  );

  test("destroy leaves nothing", async () => {
    const { status, output } = await terraform("destroy", "-auto-approve", ...SECOND);
    expect([status, output]).toEqual([0, expect.stringContaining("Destroy complete! Resources: 61 destroyed")]);
    const { stations } = (await (await fetch(`${url}/_emulator/system`)).json()) as { stations: unknown[] };
    expect(stations).toHaveLength(1);
  }, 300_000);
});
