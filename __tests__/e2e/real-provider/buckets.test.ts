import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { awsEnvironment } from "../../support/aws-clients";
import { Command } from "../../support/command";
import { describeWhen } from "../../support/skip";
import { MIRROR, NEED, realProviderAvailable } from "../../support/terraform/applied-account";
import { temporaryFolder } from "../../support/temporary-folder";

const configuration = (revision: number) => `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
provider "aws" {
  region = "us-east-1"
  default_tags { tags = { team = "shop" } }
}
resource "aws_s3_bucket" "schemas" {
  bucket = "schemas"
  tags   = { revision = "${revision}" }
}
resource "aws_s3_bucket" "prefixed" {
  bucket_prefix = "prefixed-"
  force_destroy = true
}
resource "aws_s3_object" "tools" {
  bucket       = aws_s3_bucket.schemas.id
  key          = "tools/v1.json"
  content      = jsonencode([{ name = "greet", revision = ${revision} }])
  content_type = "application/json"
  metadata     = { owner = "shop" }
  tags         = { revision = "${revision}" }
}
resource "aws_s3_object" "file" {
  bucket = aws_s3_bucket.prefixed.bucket
  key    = "main.tf"
  source = "main.tf"
  etag   = filemd5("main.tf")
}
data "aws_s3_bucket" "schemas" { bucket = aws_s3_bucket.schemas.bucket }
data "aws_s3_object" "tools" {
  bucket = aws_s3_object.tools.bucket
  key    = aws_s3_object.tools.key
}
output "tools" { value = data.aws_s3_object.tools.body }
output "region" { value = data.aws_s3_bucket.schemas.region }
`;

describeWhen(realProviderAvailable, NEED, "buckets and objects of the real AWS provider", () => {
  const folder = temporaryFolder();
  let emulator: Command;
  let url = "";

  async function terraform(...parameters: string[]): Promise<string> {
    const env = { ...awsEnvironment(url), HOME: folder, TF_CLI_CONFIG_FILE: join(folder, "terraformrc") };
    return (await promisify(execFile)("terraform", [...parameters, "-no-color"], { cwd: folder, env })).stdout;
  }
  const apply = async (revision: number) => {
    writeFileSync(join(folder, "main.tf"), configuration(revision));
    const output = await terraform("apply", "-auto-approve");
    expect(await terraform("plan", "-detailed-exitcode")).toContain("No changes.");
    return output;
  };

  beforeAll(async () => {
    const mirror = `provider_installation {\n  filesystem_mirror { path = "${MIRROR}" }\n}\n`;
    writeFileSync(join(folder, "terraformrc"), mirror);
    writeFileSync(join(folder, "main.tf"), configuration(1));
    emulator = Command.ofCli(["serve", "--port", "0"]);
    [, url = ""] = await emulator.says(/AWS_ENDPOINT_URL=(\S+)/);
    await terraform("init");
  }, 120_000);
  afterAll(() => emulator?.kill());

  test("are created, changed in place, imported and destroyed", async () => {
    expect(await apply(1)).toContain("Apply complete! Resources: 4 added, 0 changed, 0 destroyed.");
    expect(JSON.parse(await terraform("output", "-json"))).toMatchObject({
      tools: { value: '[{"name":"greet","revision":1}]' },
      region: { value: "us-east-1" },
    });
    expect(await apply(2)).toContain("0 added, 3 changed, 0 destroyed.");
    await terraform("state", "rm", "aws_s3_bucket.schemas");
    await terraform("import", "aws_s3_bucket.schemas", "schemas");
    expect(await apply(2)).toContain("0 added");
    expect(await terraform("destroy", "-auto-approve")).toContain("Destroy complete! Resources: 4 destroyed.");
  }, 300_000);
});
