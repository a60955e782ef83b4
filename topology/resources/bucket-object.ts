import type { Readable, ValueTypes } from "../../targets/readable";
import { documentUris } from "./gateway-target";
import { resourceReader, type ShownResource } from "./reader";

export interface BucketObjectDeclaration {
  readonly bucketName: string;
  readonly objectKey: string;
  /** Undefined where it is none that can be read. */
  readonly content?: string;
}

/** The argument that `source` is read into, where it names a file of text. */
export const CONTENT = "content";

export function readBucketObject<V extends ValueTypes>(args: Readable<V>) {
  return { bucketName: args.text("bucket"), objectKey: args.text("key") };
}

export const bucketObject = resourceReader({
  type: "aws_s3_object",
  kind: "bucketObject",
  onDemand: ["bucket", "key", CONTENT, "source"],
  partsOf: documentsOf,
  read: (args): BucketObjectDeclaration => ({ ...readBucketObject(args), content: args.knownTexts(CONTENT)[0] }),
  assigned: ["id", "arn", "version_id"],
  attributes: ({ bucketName, objectKey }, { versionId }: { readonly versionId: string }) => ({
    id: objectKey,
    arn: `arn:aws:s3:::${bucketName}/${objectKey}`,
    version_id: versionId,
  }),
});

/** Those whose key ends the URI of a target's document, so far as it is known. */
function documentsOf(read: readonly ShownResource[]): (object: ShownResource) => boolean {
  const keys = new Set(
    documentUris(read).map((uri) => {
      const tail = typeof uri === "string" ? uri.replace(/^s3:\/\/[^/]*/, "") : uri.parts?.at(-1);
      return typeof tail === "string" ? tail.slice(1) : ANY;
    }),
  );
  return ({ arguments: object }) => {
    const key = object.text("key");
    return keys.has(ANY) || (keys.size > 0 && (typeof key !== "string" || keys.has(key)));
  };
}

const ANY = "";
