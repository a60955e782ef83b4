import { generatedName } from "../arguments/generated-name";
import { documentUris } from "./gateway-target";
import { resourceReader, type ShownResource } from "./reader";

export const bucket = resourceReader({
  type: "aws_s3_bucket",
  kind: "bucket",
  onDemand: ["bucket", "bucket_prefix"],
  partsOf: bucketsOf,
  read: (args) => ({ bucketName: args.optionalText("bucket") ?? generatedName(args, "bucket") }),
  assigned: ["id", "arn", "bucket"],
  attributes: ({ bucketName }, { arn }: { readonly arn: string }) => ({ id: bucketName, arn, bucket: bucketName }),
});

/** Those that the URI of a target's document names by their text. */
function bucketsOf(read: readonly ShownResource[]): (bucket: ShownResource) => boolean {
  const names = new Set(documentUris(read).map((uri) => (typeof uri === "string" ? uri.split("/")[2] : undefined)));
  return ({ arguments: bucket }) => {
    const name = bucket.text("bucket");
    return typeof name === "string" && names.has(name);
  };
}
