import { AwsError, type AwsErrorCode } from "../errors";

/** The errors of S3, in its words. */

/** @param code of a bucket that lacks it */
export const ofBucket = (code: AwsErrorCode, message: string, bucketName: string) =>
  new AwsError(code, message, { BucketName: bucketName });
export const bucketUnknown = (bucketName: string) =>
  ofBucket("NoSuchBucket", "The specified bucket does not exist", bucketName);
export const bucketNotEmpty = (bucketName: string) =>
  ofBucket("BucketNotEmpty", "The bucket you tried to delete is not empty", bucketName);
export const bucketNameInvalid = (bucketName: string) =>
  ofBucket("InvalidBucketName", "The specified bucket is not valid.", bucketName);
export const bucketOwned = (bucketName: string) =>
  ofBucket(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    bucketName,
  );
export const tagsMissing = (bucketName: string) => ofBucket("NoSuchTagSet", "The TagSet does not exist", bucketName);
export const locationIncompatible = (location = "unspecified") =>
  new AwsError(
    "IllegalLocationConstraintException",
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
export const keyUnknown = (key: string) => new AwsError("NoSuchKey", "The specified key does not exist.", { Key: key });
export const keyTooLong = () => new AwsError("KeyTooLongError", "Your key is too long");
export const versionUnknown = () => new AwsError("NoSuchVersion", "The specified version does not exist.");
export const uriInvalid = () => new AwsError("InvalidURI", "Couldn't parse the specified URI.");
export const malformed = () =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
export const tooLarge = (mostBytes: number) =>
  new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    MaxSizeAllowed: mostBytes,
  });
export const incomplete = () =>
  new AwsError("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");
export const md5Invalid = () => new AwsError("InvalidDigest", "The Content-MD5 you specified is not valid.");

const badDigest = (message: string) => new AwsError("BadDigest", message);
export const md5Mismatch = () => badDigest("The Content-MD5 you specified did not match what we received.");
export const checksumMismatch = (algorithm: string) =>
  badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);

/** @param claimed by the header */
export const contentHashMismatch = (claimed: string | null, computed: string) =>
  new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: claimed, S3ComputedContentSHA256: computed },
  );
export const rangeInvalid = () => new AwsError("InvalidRange", "The requested range is not satisfiable");

/** @param fault such as "Provided max-keys not an integer" */
export const invalidArgument = (fault: string) => new AwsError("InvalidArgument", fault);

/** @param fault such as "The TagKey you have provided is invalid" */
export const tagInvalid = (fault: string) => new AwsError("InvalidTag", fault);
export const accessDenied = () => new AwsError("AccessDenied", "Access Denied");

const SIGNATURE_CODES = {
  incomplete: "AuthorizationHeaderMalformed",
  "unknown-client": "InvalidAccessKeyId",
  scope: "AuthorizationHeaderMalformed",
  expired: "RequestTimeTooSkewed",
  mismatch: "SignatureDoesNotMatch",
} as const;

interface SignatureFault {
  readonly reason: "missing" | keyof typeof SIGNATURE_CODES;
  readonly message: string;
}

/** @param Region that requests are to be signed for, which the error names */
export const signatureRefused = ({ reason, message }: SignatureFault, Region: string) =>
  reason === "missing"
    ? accessDenied()
    : new AwsError(SIGNATURE_CODES[reason], message, reason === "scope" ? { Region } : {});

/** What S3 takes and the emulator does not, in our own words. */
export const notImplemented = (message: string, members?: Readonly<Record<string, string>>) =>
  new AwsError("NotImplemented", message, members);
