import { resourceReader } from "./reader";

export const bucketObject = resourceReader({
  type: "aws_s3_object",
  kind: "bucketObject",
  onDemand: ["bucket", "key"],
  read: (args) => ({ bucketName: args.text("bucket"), objectKey: args.text("key") }),
  assigned: ["id", "version_id"],
  attributes: ({ objectKey }, { versionId }: { readonly versionId: string }) => ({
    id: objectKey,
    version_id: versionId,
  }),
});
