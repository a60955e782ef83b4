// constructs/s3/: objects in S3 that AgentCore reads.

/** An S3 bucket: the `S3Bucket` resource and the `DataAwsS3Bucket` data source of the AWS provider. */
export interface IBucket {
  /** `arn:<partition>:s3:::<bucket>`. */
  readonly arn: string;
  /** The bucket's name. */
  readonly bucket: string;
}
