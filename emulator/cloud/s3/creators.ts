// emulator/cloud/s3/: buckets and objects.
import type { Creators } from "../creators";
import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";

/** Buckets and objects by name alone: nothing is stored, and nothing reads them. */
export function s3Creators({ partition, random }: Environment): Pick<Creators, "bucket" | "bucketObject"> {
  return {
    bucket: ({ bucketName }) => ({ arn: `arn:${partition}:s3:::${bucketName}` }),
    bucketObject: () => ({ versionId: random.text(32, LOWER_CASE + UPPER_CASE + DIGITS) }),
  };
}
