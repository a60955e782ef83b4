import { BUCKET_NAME } from "../../../aws/agentcore/names";
import type { Environment } from "../../cloud/environment";
import type { Buckets } from "../../cloud/s3/buckets";
import {
  bucketNameInvalid,
  bucketOwned,
  locationIncompatible,
  malformed,
  notImplemented,
  tagsMissing,
} from "../../cloud/s3/errors";
import { isoTime } from "../protocols/times";
import { readDocument, textOf } from "./document";
import { s3Operation, type S3Operation } from "./operation";
import { MOST_BUCKET_TAGS, readTagging, taggingShape } from "./tags";

/** Buckets in this region have no location, and creating one again is no error: S3 API reference, CreateBucket. */
const FIRST_REGION = "us-east-1";
/** S3 user guide, "bucketnamingrules"; names of four numbers are addresses. */
const NAME = new RegExp(`^(?!.*\\.\\.|\\d+(\\.\\d+){3}$|xn--|sthree-|amzn-s3-demo-)${BUCKET_NAME.pattern}$`);

/** Buckets themselves, with their tags. */
export function bucketOperations(buckets: Buckets, { region }: Environment, ownerId: string): S3Operation[] {
  return [
    s3Operation("CreateBucket", "PUT bucket", [], ({ bucketName, body }) => {
      if (!NAME.test(bucketName)) throw bucketNameInvalid(bucketName);
      checkLocation(body, region);
      if (region !== FIRST_REGION && buckets.has(bucketName)) throw bucketOwned(bucketName);
      buckets.create(bucketName);
      return { headers: { location: `/${bucketName}` } };
    }),
    s3Operation("HeadBucket", "HEAD bucket", [], ({ bucketName }) => {
      buckets.get(bucketName);
      return { headers: { "x-amz-bucket-region": region, "x-amz-access-point-alias": "false" } };
    }),
    s3Operation("ListBuckets", "GET account", ["max-buckets"], ({ query }) => {
      // All are in the one page: `max-buckets` is what some clients ask for by themselves.
      if (query["max-buckets"] !== undefined && buckets.all().length > Number(query["max-buckets"])) {
        throw notImplemented("The emulator does not offer pages of buckets.");
      }
      const Bucket = buckets
        .all()
        .map(({ bucketName, createdAt }) => ({ Name: bucketName, CreationDate: isoTime(createdAt) }));
      return { body: { ListAllMyBucketsResult: { Owner: { ID: ownerId }, Buckets: { Bucket } } } };
    }),
    s3Operation("GetBucketLocation", "GET bucket?location", [], ({ bucketName }) => {
      buckets.get(bucketName);
      return { body: { LocationConstraint: region === FIRST_REGION ? "" : region } };
    }),
    s3Operation("DeleteBucket", "DELETE bucket", [], ({ bucketName }) => {
      buckets.delete(bucketName);
      return { status: 204 };
    }),
    s3Operation("GetBucketTagging", "GET bucket?tagging", [], ({ bucketName }) => {
      const { tags } = buckets.get(bucketName);
      if (Object.keys(tags).length > 0) return { body: taggingShape(tags) };
      throw tagsMissing(bucketName);
    }),
    s3Operation("PutBucketTagging", "PUT bucket?tagging", [], ({ bucketName, body }) => {
      buckets.tag(bucketName, readTagging(body, MOST_BUCKET_TAGS));
      return { status: 204 };
    }),
    s3Operation("DeleteBucketTagging", "DELETE bucket?tagging", [], ({ bucketName }) => {
      buckets.tag(bucketName, {});
      return { status: 204 };
    }),
  ];
}

/** @throws AwsError */
function checkLocation(body: string, region: string): void {
  const configuration = body === "" ? undefined : readDocument(body, "CreateBucketConfiguration");
  const strange = configuration?.children.find(({ name }) => name !== "LocationConstraint");
  if (strange) throw notImplemented(`The emulator does not offer ${strange.name} in CreateBucket.`);
  const location = configuration && textOf(configuration, "LocationConstraint");
  if (location === "") throw malformed();
  if ((location ?? FIRST_REGION) === region) return;
  throw locationIncompatible(location);
}
