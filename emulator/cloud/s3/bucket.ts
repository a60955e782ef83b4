import type { TagMap } from "../tags";

/** What is put under a key. */
export interface NewObject {
  /** Undefined where the configuration does not show it. */
  readonly content?: Buffer;
  /** Those that every answer with the object has, for example `content-type` and `x-amz-meta-owner`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tags?: TagMap;
}

export interface StoredObject extends Required<Omit<NewObject, "content">>, Pick<NewObject, "content"> {
  readonly key: string;
  /** MD5 of the content, in double quotes. */
  readonly etag: string;
  readonly modifiedAt: number;
}

export interface Bucket {
  readonly bucketName: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: TagMap;
  readonly objects: Map<string, StoredObject>;
}
