import { generatedName } from "./generated-name";
import { resourceReader } from "./reader";

export const bucket = resourceReader({
  type: "aws_s3_bucket",
  kind: "bucket",
  onDemand: ["bucket", "bucket_prefix"],
  read: (args) => ({ bucketName: args.optionalText("bucket") ?? generatedName(args, "bucket") }),
  assigned: ["id", "arn", "bucket"],
  attributes: ({ bucketName }, { arn }: { readonly arn: string }) => ({ id: bucketName, arn, bucket: bucketName }),
});
