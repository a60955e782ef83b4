import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with a Terraform configuration that declares no resource of AWS. */
export function emptyStack(region = "us-east-1"): string {
  const folder = mkdtempSync(join(tmpdir(), "empty-stack-"));
  const configuration = {
    terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    provider: { aws: [{ region }] },
    resource: { terraform_data: { nothing: {} } },
  };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  return folder;
}
