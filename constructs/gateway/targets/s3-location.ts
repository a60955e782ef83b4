import type { Permission } from "../../iam/permission";

/** An S3 bucket: the `S3Bucket` resource and the `DataAwsS3Bucket` data source of the AWS provider. */
export interface IBucket {
  /** `arn:<partition>:s3:::<bucket>`. */
  readonly arn: string;
  /** The bucket's name. */
  readonly bucket: string;
}

/** An object in S3. */
export interface S3Location {
  /** The bucket that holds the object. */
  readonly bucket: IBucket;
  /** The object's key. */
  readonly objectKey: string;

  /**
   * Account of the bucket's owner, 12 digits.
   * @default - the gateway's account
   */
  readonly bucketOwnerAccountId?: string;
}

export function s3Block({ bucket, objectKey, bucketOwnerAccountId }: S3Location) {
  return { uri: `s3://${bucket.bucket}/${objectKey}`, bucketOwnerAccountId };
}

/** The service reads the object in the name of the gateway's role. */
export function s3Permissions({ bucket, objectKey }: S3Location): Permission[] {
  return [{ sid: "ReadSchema", actions: ["s3:GetObject"], resources: [`${bucket.arn}/${objectKey}`] }];
}
