import { tagInvalid } from "../../cloud/s3/errors";
import type { TagMap } from "../../cloud/tags";
import { tagShapes } from "../protocols/tag-list";
import type { XmlValue } from "../protocols/xml";
import { readDocument, textOf } from "./document";

/** S3 user guide, "object-tagging" and "CostAllocTagging". */
export const MOST_OBJECT_TAGS = 10;
export const MOST_BUCKET_TAGS = 50;

/** A `Tagging` document. @throws AwsError MalformedXML, InvalidTag */
export function readTagging(body: string, most: number): TagMap {
  const set = readDocument(body, "Tagging").children.find(({ name }) => name === "TagSet");
  const tags = (set?.children ?? []).map((tag) => [textOf(tag, "Key") ?? "", textOf(tag, "Value") ?? ""] as const);
  return checkedTags(tags, most);
}

/** Tags in the header `x-amz-tagging`, as a query has them. @throws AwsError InvalidTag */
export function readTaggingHeader(header: string): TagMap {
  return checkedTags([...new URLSearchParams(header)], MOST_OBJECT_TAGS);
}

function checkedTags(tags: readonly (readonly [key: string, value: string])[], most: number): TagMap {
  if (tags.length > most) {
    throw tagInvalid(most === MOST_OBJECT_TAGS ? "Object tags cannot be greater than 10" : "Too many tags: at most 50");
  }
  if (tags.some(([key]) => key === "" || key.length > 128)) throw tagInvalid("The TagKey you have provided is invalid");
  if (tags.some(([, value]) => value.length > 256)) throw tagInvalid("The TagValue you have provided is invalid");
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw tagInvalid("Cannot provide multiple Tags with the same key");
  }
  return Object.fromEntries(tags);
}

export function taggingShape(tags: TagMap): { readonly [root: string]: XmlValue } {
  return { Tagging: { TagSet: { Tag: tagShapes(tags) } } };
}
