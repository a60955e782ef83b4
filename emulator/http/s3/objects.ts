import type { StoredObject } from "../../cloud/s3/bucket";
import type { Buckets } from "../../cloud/s3/buckets";
import { malformed, notImplemented, rangeInvalid, versionUnknown } from "../../cloud/s3/errors";
import type { XmlValue } from "../protocols/xml";
import { readDocument, textOf } from "./document";
import { KEPT_HEADERS } from "./headers";
import { s3Operation, type S3Answer, type S3Operation, type S3Request } from "./operation";
import { MOST_OBJECT_TAGS, readTagging, readTaggingHeader, taggingShape } from "./tags";

const ENCRYPTED = { "x-amz-server-side-encryption": "AES256" };
/** The version of what is put without versioning. */
export const NO_VERSION = "null";
/** Objects of one DeleteObjects: S3 API reference. */
const MOST_DELETED = 1_000;

/** Objects themselves, with their tags. */
export function objectOperations(buckets: Buckets): S3Operation[] {
  return [
    s3Operation("PutObject", "PUT object", ["x-amz-tagging"], (request) => {
      const { bucketName, key, headers, body } = request;
      const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name));
      const { etag } = buckets.put(buckets.get(bucketName), key, {
        content: Buffer.from(body, "base64"),
        headers: Object.fromEntries(kept),
        tags: readTaggingHeader(headers["x-amz-tagging"] ?? ""),
      });
      const checksums = kept.filter(([name]) => name.startsWith("x-amz-checksum-"));
      return { headers: { etag, ...ENCRYPTED, ...Object.fromEntries(checksums) } };
    }),
    s3Operation("GetObject", "GET object", ["versionId"], (request) => contentAnswer(find(buckets, request), request)),
    s3Operation("HeadObject", "HEAD object", ["versionId"], (request) =>
      contentAnswer(find(buckets, request), request),
    ),
    s3Operation("DeleteObject", "DELETE object", ["versionId"], ({ bucketName, key, query }) => {
      checkVersion(query["versionId"]);
      buckets.get(bucketName).objects.delete(key);
      return { status: 204 };
    }),
    s3Operation("DeleteObjects", "POST bucket?delete", [], ({ bucketName, body }) => ({
      body: { DeleteResult: deleteAll(buckets.get(bucketName).objects, body) },
    })),
    s3Operation("GetObjectTagging", "GET object?tagging", ["versionId"], (request) => ({
      body: taggingShape(find(buckets, request).tags),
    })),
    s3Operation("PutObjectTagging", "PUT object?tagging", ["versionId"], (request) => {
      find(buckets, request);
      buckets.tagObject(request.bucketName, request.key, readTagging(request.body, MOST_OBJECT_TAGS));
      return {};
    }),
    s3Operation("DeleteObjectTagging", "DELETE object?tagging", ["versionId"], (request) => {
      find(buckets, request);
      buckets.tagObject(request.bucketName, request.key, {});
      return { status: 204 };
    }),
  ];
}

/** @throws AwsError */
function find(buckets: Buckets, { bucketName, key, query }: S3Request): StoredObject {
  checkVersion(query["versionId"]);
  return buckets.object(bucketName, key);
}

/** @throws AwsError NoSuchVersion: nothing here has versions */
function checkVersion(versionId = NO_VERSION): void {
  if (versionId !== NO_VERSION) throw versionUnknown();
}

function contentAnswer(object: StoredObject, request: S3Request): S3Answer {
  const { content, headers, tags, etag, modifiedAt, key } = object;
  if (!content) {
    throw notImplemented(
      `What is in ${key} is not shown by the configuration: give the object content, or a source that is there.`,
    );
  }
  const range = rangeOf(request.headers["range"], content.length);
  const areChecksumsWanted = request.headers["x-amz-checksum-mode"] === "ENABLED" && !range;
  const given = Object.entries(headers).filter(([name]) => areChecksumsWanted || !name.startsWith("x-amz-checksum-"));
  const count = Object.keys(tags).length;
  return {
    status: range ? 206 : 200,
    body: range ? content.subarray(range.first, range.last + 1) : content,
    headers: {
      ...(range && { "content-range": `bytes ${range.first}-${range.last}/${content.length}` }),
      "content-type": "binary/octet-stream",
      ...Object.fromEntries(given),
      etag,
      "last-modified": new Date(modifiedAt).toUTCString(),
      "accept-ranges": "bytes",
      ...ENCRYPTED,
      ...(count > 0 && { "x-amz-tagging-count": String(count) }),
    },
  };
}

/** One range of bytes; what is no range of one is not heeded: RFC 9110, section 14.2. @throws AwsError InvalidRange */
function rangeOf(header: string | undefined, length: number): { first: number; last: number } | undefined {
  const [range, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (range === undefined || (from === "" && to === "")) return undefined;
  if (from !== "" && to !== "" && Number(to) < Number(from)) return undefined;
  const first = from === "" ? Math.max(length - Number(to), 0) : Number(from);
  const last = from === "" || to === "" ? length - 1 : Math.min(Number(to), length - 1);
  if (first <= last) return { first, last };
  throw rangeInvalid();
}

function deleteAll(objects: Map<string, StoredObject>, body: string): XmlValue {
  const document = readDocument(body, "Delete");
  const asked = document.children.filter(({ name }) => name === "Object");
  if (asked.length === 0 || asked.length > MOST_DELETED) throw malformed();
  const isQuiet = textOf(document, "Quiet") === "true";
  const Deleted: XmlValue[] = [];
  const Error: XmlValue[] = [];
  for (const element of asked) {
    const Key = textOf(element, "Key");
    const VersionId = textOf(element, "VersionId");
    if (Key === undefined || Key === "") throw malformed();
    if (VersionId !== undefined && VersionId !== NO_VERSION) {
      Error.push({ Key, VersionId, Code: "NoSuchVersion", Message: "The specified version does not exist." });
      continue;
    }
    objects.delete(Key);
    if (!isQuiet) Deleted.push({ Key, VersionId });
  }
  return { Deleted, Error };
}
