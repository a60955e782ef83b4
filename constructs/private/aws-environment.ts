import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { type TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { claimAddress } from "./addresses";
import { awsProviders } from "./aws-providers";
import { throwOnProblems } from "./errors";
import { checkElements, stackOf } from "./framework";
import { invalidRegion } from "./problems/values";

const ID = "AwsEnvironment";

/** Not `current`, which programs call their own. */
const NAME = "agentcore";

/** Where a stack is deployed: `data.aws_region.agentcore` and its siblings, one set for each stack. */
export class AwsEnvironment extends Construct {
  public static of(construct: Construct): AwsEnvironment {
    const stack = stackOf(construct);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof AwsEnvironment ? existing : new AwsEnvironment(stack, ID);
  }

  public readonly region: string;
  public readonly accountId: string;
  public readonly partition: string;

  private constructor(scope: TerraformStack, id: string) {
    super(scope, id);
    checkElements(scope);
    throwOnProblems(
      this,
      configuredRegions(scope)
        .filter((region) => !isRegionName(region))
        .map(invalidRegion),
    );
    const region = new DataAwsRegion(this, "Region");
    const callerIdentity = new DataAwsCallerIdentity(this, "CallerIdentity");
    const partition = new DataAwsPartition(this, "Partition");
    [region, callerIdentity, partition].forEach((dataSource) => claimAddress(dataSource, NAME));
    this.region = region.region;
    this.accountId = callerIdentity.accountId;
    this.partition = partition.partition;
  }

  /** `arn:<partition>:<service>:<region>:<account>:<resource>` in this environment. */
  public arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }
}

/** The literal regions of the AWS providers that the stack has so far. */
function configuredRegions(stack: TerraformStack): string[] {
  return awsProviders(stack).flatMap(({ region }) =>
    region === undefined || Token.isUnresolved(region) ? [] : [region],
  );
}

function isRegionName(region: string): boolean {
  return /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region);
}
