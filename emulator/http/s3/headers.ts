import type { HttpHeaders } from "../../cloud/network/http-message";
import { notImplemented } from "../../cloud/s3/errors";

/** Headers of an object that S3 keeps and gives back. */
export const KEPT_HEADERS =
  /^(content-type|cache-control|content-disposition|content-encoding|content-language|expires|x-amz-meta-.+|x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256))$/;

/** Those of S3's own that any request may have. */
const OF_ANY_REQUEST =
  /^x-amz-(date|content-sha256|security-token|user-agent|expected-bucket-owner|sdk-checksum-algorithm|checksum-(mode|type|algorithm|crc32|crc32c|crc64nvme|sha1|sha256)|decoded-content-length|trailer|meta-.+|optional-object-attributes)$/;

/** What objects and buckets have anyway, when it is said. */
const AS_IT_IS: Readonly<Record<string, string>> = {
  "x-amz-acl": "private",
  "x-amz-storage-class": "STANDARD",
  "x-amz-server-side-encryption": "AES256",
  "x-amz-object-ownership": "BucketOwnerEnforced",
  "x-amz-bucket-object-lock-enabled": "false",
};

/** Conditions, which HTTP has and the emulator has not. */
const NOT_HEEDED = /^(if-(match|none-match|modified-since|unmodified-since))$/;

/** @throws AwsError NotImplemented for what would change what the service does, and is not imitated */
export function checkHeaders(headers: Readonly<Record<string, string>>, taken: readonly string[]): void {
  for (const [name, value] of Object.entries(headers)) {
    const isStrange = name.startsWith("x-amz-") && !OF_ANY_REQUEST.test(name) && !taken.includes(name);
    if (!NOT_HEEDED.test(name) && (!isStrange || AS_IT_IS[name] === value)) continue;
    throw notImplemented(`The emulator does not offer the header ${name}: ${value} in S3.`, { Header: name });
  }
}

const HEEDED = ["content-md5", "range"];

/** Those that operations look at. */
export function heededHeaders(headers: HttpHeaders): Record<string, string> {
  const entries = Object.entries(headers.toRecord(["authorization"]));
  return Object.fromEntries(
    entries.filter(
      ([name]) =>
        HEEDED.includes(name) || name.startsWith("x-amz-") || KEPT_HEADERS.test(name) || NOT_HEEDED.test(name),
    ),
  );
}
