import { createHash } from "node:crypto";

import { S3_SCHEMA_BYTES } from "../../../aws/agentcore/limits";
import { type S3Location, TargetDocumentError } from "../../../topology";
import type { Environment } from "../environment";
import { Registry } from "../registry";
import type { TagMap } from "../tags";
import type { Bucket, NewObject, StoredObject } from "./bucket";
import { bucketNotEmpty, bucketUnknown, keyUnknown } from "./errors";

/** Buckets by their names, with their objects by their keys. */
export class Buckets extends Registry<Bucket> {
  constructor(private readonly environment: Environment) {
    super(bucketUnknown);
  }

  /** A bucket that is there already stays as it is. */
  create(bucketName: string): Bucket {
    const arn = `arn:${this.environment.partition}:s3:::${bucketName}`;
    const createdAt = this.environment.clock.now();
    const bucket = this.items.get(bucketName) ?? { bucketName, arn, createdAt, tags: {}, objects: new Map() };
    this.items.set(bucketName, bucket);
    return bucket;
  }

  /** In the order of their names. */
  override all(): Bucket[] {
    return [...super.all()].sort((a, b) => (a.bucketName < b.bucketName ? -1 : 1));
  }

  /** @throws AwsError NoSuchBucket */
  tag(bucketName: string, tags: TagMap): void {
    this.items.set(bucketName, { ...this.get(bucketName), tags });
  }

  /** @throws AwsError NoSuchBucket, BucketNotEmpty */
  override delete(bucketName: string): void {
    if (this.get(bucketName).objects.size > 0) throw bucketNotEmpty(bucketName);
    this.items.delete(bucketName);
  }

  put({ objects }: Bucket, key: string, { content, headers = {}, tags = {} }: NewObject): StoredObject {
    const etag = `"${createHash("md5")
      .update(content ?? "")
      .digest("hex")}"`;
    const stored = { key, content, headers, tags, etag, modifiedAt: this.environment.clock.now() };
    objects.set(key, stored);
    return stored;
  }

  /** @throws AwsError NoSuchBucket, NoSuchKey */
  object(bucketName: string, key: string): StoredObject {
    const stored = this.get(bucketName).objects.get(key);
    if (stored) return stored;
    throw keyUnknown(key);
  }

  /** @throws AwsError NoSuchBucket, NoSuchKey */
  tagObject(bucketName: string, key: string, tags: TagMap): void {
    this.get(bucketName).objects.set(key, { ...this.object(bucketName, key), tags });
  }

  /**
   * What the service reads at the creation of a target. Its words for an object that it cannot have are a guess.
   *
   * @throws TargetDocumentError
   */
  document({ uri, bucketOwnerAccountId = this.environment.accountId }: S3Location): string {
    const fail = (reason: string, isUnsupported = false): never => {
      throw new TargetDocumentError(`The schema ${uri} cannot be read: ${reason}.`, isUnsupported);
    };
    const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
    if (key === "") fail("an S3 URI is s3://BUCKET/KEY");
    const found = this.items.get(bucket);
    if (!found) return fail("its bucket is none of the account's, so nothing tells what is in it", true);
    if (bucketOwnerAccountId !== this.environment.accountId) fail("Access Denied");
    const object = found.objects.get(key);
    if (!object) return fail("The specified key does not exist");
    const { content } = object;
    if (!content) return fail("what is in it is not shown: give the object content, or a source that is there", true);
    if (content.length > S3_SCHEMA_BYTES) fail(`it has ${content.length} bytes, more than ${S3_SCHEMA_BYTES}`);
    return content.toString();
  }
}
