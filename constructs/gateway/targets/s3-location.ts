import type { Permission } from "../../iam/permission";
import type { IBucket } from "../../s3/bucket";

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
