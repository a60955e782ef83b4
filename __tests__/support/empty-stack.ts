import { temporaryFolder } from "./temporary-folder";

/** A folder with a Terraform configuration that declares no resource of AWS. */
export function emptyStack(region = "us-east-1"): string {
  const configuration = {
    terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    provider: { aws: [{ region }] },
    resource: { terraform_data: { nothing: {} } },
  };
  return temporaryFolder({ "cdk.tf.json": configuration });
}
