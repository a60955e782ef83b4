import "./shared-constructs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { InboundUserPool, Runtime, WorkloadIdentity } from "../../constructs";
import { errorOf, fixtureArtifact } from "../constructs/support/synthesized";
import { cdkTerrain, installCdkTerrain } from "../support/cdk-terrain";
import { testUnless } from "../support/skip";

const test = testUnless(installCdkTerrain());

interface CdkTerrain {
  readonly App: typeof App;
  readonly TerraformStack: typeof TerraformStack;
}

/** A stack as a program has it that imports "cdktn". */
function cdktnStack(): TerraformStack {
  const cdktn = jest.requireActual<CdkTerrain>(join(cdkTerrain, "cdktn"));
  class OwnStack extends cdktn.TerraformStack {}
  return new OwnStack(new cdktn.App(), "stack");
}

test.each<[string, (stack: Construct) => unknown]>([
  ["user pool", (stack) => new InboundUserPool(stack, "x")],
  ["runtime", (stack) => new Runtime(stack, "x", { agentRuntimeArtifact: fixtureArtifact() })],
  ["workload identity", (stack) => new WorkloadIdentity(stack, "x")],
])("a %s of CDKTF in a stack of CDK Terrain fails with what to import", (_, define) => {
  expect(errorOf(() => define(cdktnStack()))).toMatchObject({
    code: "FRAMEWORK_MISMATCH",
    message: expect.stringMatching(
      /^stack\/x\S*: The stack is one of cdktn: import its constructs from "cdktf-agentcore\/cdktn"\.$/,
    ) as string,
  });
});

test.each<[string, string, string]>([
  ["provider", "provider", "AwsProvider"],
  ["resource", "iam-role", "IamRole"],
])("a %s of CDK Terrain in a stack of CDKTF fails with what to import", (_, file, name) => {
  const bindings = jest.requireActual<Record<string, new (scope: Construct, id: string, config: object) => unknown>>(
    join(cdkTerrain, "@cdktn/provider-aws/lib", file),
  );
  const stack = new TerraformStack(new App(), "stack");
  const Foreign = bindings[name];
  if (!Foreign) throw new Error(`No ${name}.`);
  new Foreign(stack, "aws", { assumeRolePolicy: "{}" });
  expect(errorOf(() => new InboundUserPool(stack, "people"))).toMatchObject({
    code: "FRAMEWORK_MISMATCH",
    message:
      "stack/aws: This is an element of cdktn in a stack of cdktf: make it with cdktf, and what is of AWS with " +
      '"@cdktf/provider-aws" instead of "@cdktn/provider-aws".',
  });
});
