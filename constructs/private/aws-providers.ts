import type { TerraformProvider, TerraformStack } from "cdktf";

/** An AWS provider of these bindings or of a project's own (`cdktf get`). */
type AwsProvider = TerraformProvider & { readonly region?: string };

/** Those that a stack has so far. */
export function awsProviders(stack: TerraformStack): AwsProvider[] {
  return stack.allProviders().filter(({ terraformResourceType }) => terraformResourceType === "aws");
}
