import { type Text, Unknown } from "../language";
import type { Part } from "../language/unknown";
import type { Instance } from "../modules/inventory";
import { resourceReaders } from "../resources";
import { readBucketObject } from "../resources/bucket-object";
import type { Links } from "./links";

/** Finds the object in S3 that a URI names; undefined for one that the source does not show. */
export function objectsByUri(links: Links): (uri: Text) => Instance | undefined {
  const spell = (text: Text): string =>
    typeof text === "string" ? text : (text.parts ?? [""]).map((part) => spellPart(part, links)).join("");
  const objects = new Map(
    links.ofType(resourceReaders.bucketObject.type).map((instance) => {
      const { bucketName = "", objectKey = "" } = readBucketObject(instance.arguments);
      return [`s3://${spell(bucketName)}/${spell(objectKey)}`, instance];
    }),
  );
  return (uri) => objects.get(spell(uri));
}

/** A bucket by its name, however it is referred to. */
function spellPart(part: Part, links: Links): string {
  if (typeof part === "string") return part;
  const { address, attribute } = part.reference;
  const [bucket] = links.find(Unknown.of(part.reference), resourceReaders.bucket.type, []);
  const name = bucket?.arguments.text("bucket");
  if (bucket) return typeof name === "string" ? name : `<${address}>`;
  return `<${address}.${attribute}>`;
}
