import type { StoredObject } from "../../cloud/s3/bucket";
import type { Buckets } from "../../cloud/s3/buckets";
import { invalidArgument } from "../../cloud/s3/errors";
import { isoTime } from "../protocols/times";
import type { XmlValue } from "../protocols/xml";
import { NO_VERSION } from "./objects";
import { s3Operation, type S3Operation } from "./operation";

/** Keys of a page: S3 API reference, ListObjectsV2. */
const MOST_KEYS = 1_000;
const PARAMETERS = ["prefix", "delimiter", "max-keys", "encoding-type"];
type Query = Readonly<Record<string, string>>;

/** The objects of a bucket. */
export function listOperations(buckets: Buckets, ownerId: string): S3Operation[] {
  const Owner = { ID: ownerId };
  return [
    s3Operation(
      "ListObjectsV2",
      "GET bucket?list-type",
      [...PARAMETERS, "continuation-token", "start-after", "fetch-owner"],
      ({ bucketName, query }) => {
        if (query["list-type"] !== "2") throw invalidArgument("Invalid List Type specified in Query");
        const token = query["continuation-token"];
        const after = token === undefined ? query["start-after"] : Buffer.from(token, "base64url").toString();
        const { encode, shown, objects, prefixes, next } = pageOf(buckets.get(bucketName).objects, query, after);
        const content = {
          ...shown,
          Name: bucketName,
          KeyCount: objects.length + prefixes.length,
          StartAfter: query["start-after"] && encode(query["start-after"]),
          ContinuationToken: token,
          NextContinuationToken: next && Buffer.from(next).toString("base64url"),
          Contents: objects.map((object) => ({
            ...objectShape(object, encode),
            Owner: query["fetch-owner"] === "true" ? Owner : undefined,
          })),
        };
        return { body: { ListBucketResult: content } };
      },
    ),
    s3Operation(
      "ListObjectVersions",
      "GET bucket?versions",
      [...PARAMETERS, "key-marker", "version-id-marker"],
      ({ bucketName, query }) => {
        const marker = query["key-marker"];
        const { encode, shown, objects, next } = pageOf(buckets.get(bucketName).objects, query, marker);
        const content = {
          ...shown,
          Name: bucketName,
          KeyMarker: encode(marker ?? ""),
          NextKeyMarker: next && encode(next),
          NextVersionIdMarker: next && NO_VERSION,
          Version: objects.map((object) => ({
            ...objectShape(object, encode),
            VersionId: NO_VERSION,
            IsLatest: true,
            Owner,
          })),
        };
        return { body: { ListVersionsResult: content } };
      },
    ),
  ];
}

/** Objects and common prefixes behind a key, in the order of UTF-8. @throws AwsError InvalidArgument */
function pageOf(all: ReadonlyMap<string, StoredObject>, query: Query, after = "") {
  const { prefix = "", delimiter = "", "encoding-type": encoding } = query;
  const asked = query["max-keys"] ?? String(MOST_KEYS);
  if (!/^\d{1,9}$/.test(asked)) throw invalidArgument("Provided max-keys not an integer");
  if (encoding !== undefined && encoding !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request");
  }
  const most = Math.min(Number(asked), MOST_KEYS);
  const entries = new Map<string, StoredObject | undefined>();
  for (const [key, object] of all) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) entries.set(key, object);
    else entries.set(key.slice(0, end + delimiter.length), undefined);
  }
  const names = [...entries.keys()].sort(compareUtf8).filter((name) => compareUtf8(name, after) > 0);
  const page = names.slice(0, most);
  const encode = (text: string) => (encoding === "url" ? encodeURIComponent(text).replaceAll("%2F", "/") : text);
  const prefixes = page.filter((name) => entries.get(name) === undefined);
  const isTruncated = names.length > most && most > 0;
  const shown: { readonly [name: string]: XmlValue } = {
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    MaxKeys: most,
    EncodingType: encoding,
    IsTruncated: isTruncated,
    CommonPrefixes: prefixes.map((name) => ({ Prefix: encode(name) })),
  };
  return {
    encode,
    shown,
    prefixes,
    objects: page.flatMap((name) => entries.get(name) ?? []),
    next: isTruncated ? page.at(-1) : undefined,
  };
}

function compareUtf8(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function objectShape({ key, content, etag, modifiedAt }: StoredObject, encode: (key: string) => string) {
  return {
    Key: encode(key),
    LastModified: isoTime(modifiedAt),
    ETag: etag,
    Size: content?.length ?? 0,
    StorageClass: "STANDARD",
  };
}
