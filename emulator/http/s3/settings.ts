import type { AwsErrorCode } from "../../cloud/errors";
import type { Buckets } from "../../cloud/s3/buckets";
import { ofBucket } from "../../cloud/s3/errors";
import type { XmlValue } from "../protocols/xml";
import { s3Operation, type S3Operation } from "./operation";

type Setting = readonly [name: string, subresource: string, root: string, content: XmlValue];
type Missing = readonly [name: string, subresource: string, code: AwsErrorCode, message: string];

/** What a new bucket says of itself: S3 API reference, and user guide, "default-encryption-faq", "about-object-ownership". */
const SETTINGS: readonly Setting[] = [
  ["GetBucketVersioning", "versioning", "VersioningConfiguration", {}],
  ["GetBucketAccelerateConfiguration", "accelerate", "AccelerateConfiguration", {}],
  ["GetBucketRequestPayment", "requestPayment", "RequestPaymentConfiguration", { Payer: "BucketOwner" }],
  ["GetBucketLogging", "logging", "BucketLoggingStatus", {}],
  [
    "GetBucketEncryption",
    "encryption",
    "ServerSideEncryptionConfiguration",
    {
      Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
    },
  ],
  [
    "GetBucketOwnershipControls",
    "ownershipControls",
    "OwnershipControls",
    { Rule: { ObjectOwnership: "BucketOwnerEnforced" } },
  ],
  [
    "GetPublicAccessBlock",
    "publicAccessBlock",
    "PublicAccessBlockConfiguration",
    { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  ],
];

/** What a new bucket has not. */
const MISSING: readonly Missing[] = [
  ["GetBucketPolicy", "policy", "NoSuchBucketPolicy", "The bucket policy does not exist"],
  ["GetBucketCors", "cors", "NoSuchCORSConfiguration", "The CORS configuration does not exist"],
  [
    "GetBucketWebsite",
    "website",
    "NoSuchWebsiteConfiguration",
    "The specified bucket does not have a website configuration",
  ],
  [
    "GetBucketLifecycleConfiguration",
    "lifecycle",
    "NoSuchLifecycleConfiguration",
    "The lifecycle configuration does not exist",
  ],
  [
    "GetBucketReplication",
    "replication",
    "ReplicationConfigurationNotFoundError",
    "The replication configuration was not found",
  ],
  [
    "GetObjectLockConfiguration",
    "object-lock",
    "ObjectLockConfigurationNotFoundError",
    "Object Lock configuration does not exist for this bucket",
  ],
];

/** How buckets are set up: all as new ones are. */
export function settingOperations(buckets: Buckets, ownerId: string): S3Operation[] {
  const owner = { ID: ownerId };
  const grantee = 'Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  const acl = { Owner: owner, AccessControlList: { Grant: { [grantee]: owner, Permission: "FULL_CONTROL" } } };
  const settings: readonly Setting[] = [...SETTINGS, ["GetBucketAcl", "acl", "AccessControlPolicy", acl]];
  return [
    ...settings.map(([name, subresource, root, content]) =>
      s3Operation(name, `GET bucket?${subresource}`, [], ({ bucketName }) => {
        buckets.get(bucketName);
        return { body: { [root]: content } };
      }),
    ),
    ...MISSING.map(([name, subresource, code, message]) =>
      s3Operation(name, `GET bucket?${subresource}`, [], ({ bucketName }) => {
        buckets.get(bucketName);
        throw ofBucket(code, message, bucketName);
      }),
    ),
  ];
}
