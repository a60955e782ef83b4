import type { Arguments } from "../arguments/arguments";
import type { ValueObject } from "../language/value";

/** The account and region that a deployment goes to. */
export interface DeploymentEnvironment {
  readonly region: string;
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  /**
   * The outputs of a stack that is deployed together with this one, by where it keeps its state.
   *
   * @default - there is no other stack
   */
  readonly remoteState?: (backend: string, config: ValueObject) => ValueObject | undefined;
}

/** What a data source answers to its arguments. */
export type DataSource = (args: Arguments, environment: DeploymentEnvironment) => ValueObject;

/** Whose ARNs name no region, and whose name no account. */
const WITHOUT_REGION = ["iam", "s3"];
const WITHOUT_ACCOUNT = ["apigateway", "s3"];

export function arnOf(
  { partition, region, accountId }: DeploymentEnvironment,
  service: string,
  resource: string,
): string {
  const place = WITHOUT_REGION.includes(service) ? "" : region;
  const owner = WITHOUT_ACCOUNT.includes(service) ? "" : accountId;
  return `arn:${partition}:${service}:${place}:${owner}:${resource}`;
}
