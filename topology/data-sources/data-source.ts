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

export function arnOf(
  { partition, region, accountId }: DeploymentEnvironment,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
