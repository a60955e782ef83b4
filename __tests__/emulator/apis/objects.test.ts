import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { emulate } from "../../support/article-stack";
import { aws, boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingAwsCli, missingBoto3, testUnless } from "../../support/skip";
import { temporaryFolder } from "../../support/temporary-folder";

const message = (text: string) => expect.stringContaining(text) as string;
const refused = (status: number, code: string, text = "") => ({ status, code, message: message(text) });
const notOffered = (text: string) => refused(501, "NotImplemented", `The emulator does not offer ${text}`);

testUnless(missingBoto3())(
  "boto3 walks buckets and objects through their lives, and a target reads one",
  async () => {
    const emulator = await emulate(emptyStack());
    const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "objects.py"));
    expect(shown).toMatchObject({
      created: "/schemas",
      head: "us-east-1",
      buckets: ["schemas", "with.dots.in.it"],
      location: null,
      bucketTags: [{ Key: "team", Value: "a & b <c>" }],
      dotted: "dotted",
      put: ['"42b7b4f2921788ea14dac5566e6f06d0"', "AES256", "+6GOlw=="],
      got: ['{"a": 1}', "application/json", { owner: "shop" }, 1, "+6GOlw=="],
      headed: [8, '"42b7b4f2921788ea14dac5566e6f06d0"', "AES256", false],
      tagging: [{ Key: "stage", Value: "test" }],
      settings: {
        get_bucket_versioning: {},
        get_bucket_accelerate_configuration: {},
        get_bucket_request_payment: { Payer: "BucketOwner" },
        get_bucket_logging: {},
        get_bucket_encryption: {
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
          },
        },
        get_bucket_ownership_controls: {
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        },
        get_public_access_block: {
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        },
        get_bucket_acl: { Grants: [{ Grantee: { Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] },
        get_bucket_policy: [404, "NoSuchBucketPolicy"],
        get_bucket_cors: [404, "NoSuchCORSConfiguration"],
        get_bucket_website: [404, "NoSuchWebsiteConfiguration"],
        get_bucket_lifecycle_configuration: [404, "NoSuchLifecycleConfiguration"],
        get_bucket_replication: [404, "ReplicationConfigurationNotFoundError"],
        get_object_lock_configuration: [404, "ObjectLockConfigurationNotFoundError"],
      },
      // Check values of the algorithms.
      digests: { CRC32: "y/Q5Jg==" },
      streamed: [200, "in chunks", null],
      wrongTrailer: [400, "BadDigest"],
      brokenChunks: [400, "IncompleteBody"],
      signedChunks: [501, "NotImplemented"],
      unsignedPayload: 200,
      crc32c: 200,
      crc64nvme: 200,
      otherBody: [400, "XAmzContentSHA256Mismatch"],
      wrongMd5: [400, "BadDigest"],
      ranges: ["12", "89", "789", "56789", "123456789"],
      noRange: [416, "InvalidRange"],
      noXml: [400, "MalformedXML"],
      hosted: 200,
      named: 9,
      badPath: [400, "InvalidURI"],
      anonymous: [403, "AccessDenied"],
      retagged: [[{ Key: "a", Value: "1" }], []],
      folder: [["lists/a"], ["lists/logs/"], 2],
      pages: [
        ["lists/a", "lists/logs/1"],
        ["lists/logs/2", "lists/logs/old/3"],
      ],
      odd: ["apis/one & only ü+%.json"],
      after: ["lists/logs/2", "lists/logs/old/3"],
      versions: [
        ["lists/logs/1", "null"],
        ["lists/logs/2", "null"],
        ["lists/logs/old/3", "null"],
      ],
      deleted: {
        Deleted: [{ Key: "lists/a" }, { Key: "none" }],
        Errors: [{ Key: "raw", VersionId: "1", Code: "NoSuchVersion" }],
      },
      notEmpty: refused(409, "BucketNotEmpty"),
      noBucket: refused(404, "NoSuchBucket"),
      noKey: refused(404, "NoSuchKey"),
      noHead: refused(404, "404"),
      badName: refused(400, "InvalidBucketName"),
      elsewhere: refused(400, "IllegalLocationConstraintException", "The eu-west-1 location constraint"),
      otherRegion: refused(400, "AuthorizationHeaderMalformed"),
      otherOwner: refused(403, "AccessDenied"),
      versioned: refused(404, "NoSuchVersion"),
      policy: notOffered("PUT of a bucket with ?policy in S3."),
      copy: notOffered("the header x-amz-copy-source: schemas/raw in S3."),
      parts: notOffered("POST of an object with ?uploads in S3."),
      kms: notOffered("the header x-amz-server-side-encryption: aws:kms in S3."),
      public: notOffered("the header x-amz-acl: public-read in S3."),
      condition: notOffered("the header if-none-match: * in S3."),
      listV1: notOffered("GET of a bucket"),
      large: refused(400, "EntityTooLarge"),
      manyTags: refused(400, "InvalidTag"),
      tools: ["greeter___greet"],
      untagged: refused(404, "NoSuchTagSet"),
      gone: refused(404, "404"),
    });
  },
  60_000,
);

testUnless(missingAwsCli())(
  "the AWS CLI makes a bucket, copies to it and from it, lists it and removes it",
  async () => {
    const emulator = await emulate(emptyStack());
    const folder = temporaryFolder();
    const s3 = (...args: string[]) => aws(emulator.url, "s3", ...args);
    writeFileSync(join(folder, "a.json"), "{}");
    await s3("mb", "s3://files");
    await s3("cp", join(folder, "a.json"), "s3://files/docs/a.json");
    expect(await s3("ls")).toMatch(/ files\n$/);
    expect(await s3("ls", "s3://files")).toContain("PRE docs/");
    expect(await s3("ls", "s3://files/docs/")).toMatch(/ 2 a\.json\n$/);
    await s3("cp", "s3://files/docs/a.json", join(folder, "b.json"));
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe("{}");
    await s3("cp", join(folder, "a.json"), "s3://files/other.json");
    await s3("rm", "s3://files/other.json");
    await expect(s3("rb", "s3://files")).rejects.toThrow("BucketNotEmpty");
    await s3("rb", "s3://files", "--force");
    expect(await s3("ls")).toBe("");
  },
  120_000,
);
