import { readName } from "./generated-name";
import type { ResourceReader } from "./reader";

export const bucket: ResourceReader<"bucket"> = {
  type: "aws_s3_bucket",
  kind: "bucket",
  onDemand: ["bucket", "bucket_prefix"],
  read: (args) => ({ bucketName: readName(args, "bucket") }),
  assigned: ["id", "arn", "bucket"],
  attributes: ({ bucketName }, { arn }) => ({ id: bucketName, arn, bucket: bucketName }),
};
