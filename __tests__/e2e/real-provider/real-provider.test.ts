import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { Command } from "../../support/command";
import { describeWhen, terraformAvailable } from "../../support/skip";

/** A folder of providers as `terraform providers mirror` makes it, with hashicorp/aws 5.100.0. */
const MIRROR = process.env["TF_PROVIDER_MIRROR"];

/** What is taken out of the state and imported again, by address. */
const IMPORTED = {
  "aws_cloudwatch_log_group.g": "/aws/vendedlogs/x",
  "aws_ecr_repository.full": "team/full",
  "aws_iam_role.r": "role-r",
};

describeWhen(
  MIRROR !== undefined && terraformAvailable(),
  "terraform on the PATH, and hashicorp/aws 5.100.0 in the folder that TF_PROVIDER_MIRROR names",
  "the real AWS provider and the account that `serve` serves",
  () => {
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
      copyFileSync(join(__dirname, "main.tf"), join(folder, "main.tf"));
      const mirror = `provider_installation {\n  filesystem_mirror { path = "${MIRROR}" }\n}\n`;
      writeFileSync(join(folder, "terraformrc"), mirror);
      emulator = Command.ofCli(["serve", "--port", "0"]);
      [, url = ""] = await emulator.says(/AWS_ENDPOINT_URL=(\S+)/);
      expect(await terraform("init")).toMatchObject({ status: 0 });
    }, 300_000);

    afterAll(() => emulator?.kill());

    test("apply creates every resource as it was asked for, and plan finds nothing to change", async () => {
      const { status, output } = await terraform("apply", "-auto-approve");
      expect([status, output]).toEqual([0, expect.stringMatching(/Apply complete! Resources: 3\d added/)]);
      const plan = await terraform("plan", "-detailed-exitcode");
      expect([plan.status, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
    }, 400_000);

    test("apply changes what can change in place, and import takes resources over as they are", async () => {
      const change = await terraform("apply", "-auto-approve", "-var", "revision=2");
      // A version of a secret and a lifecycle policy are replaced by their nature.
      expect([change.status, change.output]).toEqual([0, expect.stringContaining("2 added, 11 changed, 2 destroyed")]);
      const plan = await terraform("plan", "-detailed-exitcode", "-var", "revision=2");
      expect([plan.status, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
      await terraform("state", "rm", ...Object.keys(IMPORTED));
      const blocks = Object.entries(IMPORTED).map(([to, id]) => `import {\n  to = ${to}\n  id = "${id}"\n}\n`);
      writeFileSync(join(folder, "imports.tf"), blocks.join(""));
      // `force_delete` and `force_detach_policies` are arguments that no API keeps.
      const imported = await terraform("apply", "-auto-approve", "-var", "revision=2");
      expect([imported.status, imported.output]).toEqual([
        0,
        expect.stringContaining("3 imported, 0 added, 2 changed, 0 destroyed"),
      ]);
    }, 400_000);

    test("destroy leaves nothing", async () => {
      const { status, output } = await terraform("destroy", "-auto-approve", "-var", "revision=2");
      expect([status, output]).toEqual([0, expect.stringMatching(/Destroy complete! Resources: 3\d destroyed/)]);
      const { stations } = (await (await fetch(`${url}/_emulator/system`)).json()) as { stations: unknown[] };
      expect(stations).toHaveLength(1);
    }, 300_000);
  },
);
