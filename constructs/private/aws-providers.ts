import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";

/** An AWS provider of these bindings or of a project's own (`cdktf get`), which may lack some settings. */
type AnyAwsProvider = TerraformProvider & Partial<Omit<AwsProvider, keyof TerraformProvider>>;

/** Those that a stack has so far. */
export function awsProviders(stack: TerraformStack): AnyAwsProvider[] {
  return stack.allProviders().filter(({ terraformResourceType }) => terraformResourceType === "aws");
}
