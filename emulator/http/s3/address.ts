import { HOST_END } from "../../../aws/hosts";
import { keyTooLong, uriInvalid } from "../../cloud/s3/errors";

/** What a request is about: everything, a bucket, or an object. */
export interface S3Address {
  readonly bucketName?: string;
  readonly key?: string;
}

/** `s3.REGION.amazonaws.com`, and before it the name of a bucket where it is addressed by its host. */
const HOST = new RegExp(`^(?:(?<hosted>.+)\\.)?s3(?:\\.(?<region>[a-z0-9-]+))?${HOST_END}$`);

interface HostOfS3 {
  /** The bucket that it names. */
  readonly hosted?: string;
  readonly region?: string;
}

/** What a host of S3 names. @returns undefined for one of another service */
export function hostOfS3(host: string): HostOfS3 | undefined {
  return HOST.exec(host)?.groups;
}

/** Bytes of a key: S3 user guide, "object-keys". */
const MOST_KEY_BYTES = 1_024;

/** Path style and virtual-hosted style: S3 user guide, "VirtualHosting". @throws AwsError */
export function addressOf({ host, pathname }: URL): S3Address {
  const { hosted } = hostOfS3(host) ?? {};
  const [bucket = "", ...rest] = pathname.slice(1).split("/");
  const bucketName = decode(hosted ?? bucket);
  const key = decode(hosted === undefined ? rest.join("/") : pathname.slice(1));
  if (Buffer.byteLength(key) > MOST_KEY_BYTES) throw keyTooLong();
  return { ...(bucketName !== "" && { bucketName }), ...(key !== "" && { key }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw uriInvalid();
  }
}
