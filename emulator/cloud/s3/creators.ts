// emulator/cloud/s3/: buckets and objects.
import type { Creators } from "../creators";
import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import type { Buckets } from "./buckets";

export function s3Creators(buckets: Buckets, { random }: Environment): Pick<Creators, "bucket" | "bucketObject"> {
  return {
    bucket: ({ bucketName }) => ({ arn: buckets.create(bucketName).arn }),
    bucketObject({ bucketName, objectKey, content }) {
      buckets.put(
        buckets.create(bucketName),
        objectKey,
        content === undefined ? {} : { content: Buffer.from(content) },
      );
      return { versionId: random.text(32, LOWER_CASE + UPPER_CASE + DIGITS) };
    },
  };
}
