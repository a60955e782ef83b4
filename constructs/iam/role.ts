/**
 * An IAM role that something else made: the `IamRole` resource and the `DataAwsIamRole` data source of the AWS
 * provider.
 */
export interface IRole {
  /** `arn:<partition>:iam::<account>:role/<path and name>`. */
  readonly arn: string;
  /** The name without a path. */
  readonly name: string;
}
