import { S3_SCHEMA_BYTES } from "../../../aws/agentcore/limits";
import { type S3Location, TargetDocumentError } from "../../../topology";
import type { Environment } from "../environment";

export interface StoredObject {
  /** Undefined where the configuration does not show it. */
  readonly content?: Buffer;
}

/** Buckets by their names, with their objects by their keys. */
export class Buckets {
  private readonly objects = new Map<string, Map<string, StoredObject>>();

  constructor(private readonly environment: Environment) {}

  /** @returns its ARN; a bucket that is there already stays as it is */
  create(bucket: string): string {
    if (!this.objects.has(bucket)) this.objects.set(bucket, new Map());
    return `arn:${this.environment.partition}:s3:::${bucket}`;
  }

  put(bucket: string, key: string, object: StoredObject): void {
    this.create(bucket);
    this.objects.get(bucket)?.set(key, object);
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
    if (key === "") {
      fail("an S3 URI is s3://BUCKET/KEY");
    }
    const objects = this.objects.get(bucket);
    if (!objects) {
      return fail("its bucket is none of the account's, so nothing tells what is in it", true);
    }
    if (bucketOwnerAccountId !== this.environment.accountId) {
      fail("Access Denied");
    }
    const object = objects.get(key);
    if (!object) {
      return fail("The specified key does not exist");
    }
    const { content } = object;
    if (!content) {
      return fail("what is in it is not shown: give the object content, or a source that is there", true);
    }
    if (content.length > S3_SCHEMA_BYTES) {
      fail(`it has ${content.length} bytes, more than ${S3_SCHEMA_BYTES}`);
    }
    return content.toString();
  }
}
