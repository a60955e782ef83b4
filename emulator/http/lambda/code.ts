import { createHash } from "node:crypto";
import type { z } from "zod";

import { BUCKET_NAME } from "../../../aws/agentcore/names";
import { NOT_EMULATED, text, UNBOUNDED } from "../../cloud/constraints";
import { DeploymentPackage } from "../../cloud/lambda/deployment-package";
import { sourceMissing, sourceTwice } from "../../cloud/lambda/errors";
import type { FunctionCode } from "../../cloud/lambda/lambda-function";

/** Where a function's code comes from. */
export const CODE = {
  ZipFile: text(UNBOUNDED).optional(),
  S3Bucket: text(BUCKET_NAME.maxLength, "[0-9A-Za-z\\.\\-_]*(?<!\\.)", 3).optional(),
  S3Key: text(1_024, undefined, 1).optional(),
  S3ObjectVersion: text(1_024, undefined, 1).optional(),
  ImageUri: text(UNBOUNDED).optional(),
  SourceKMSKeyArn: NOT_EMULATED,
};
type Code = z.output<z.ZodObject<typeof CODE>>;

/** Archives in S3 and images are taken as they are named: nothing here reads them. @throws AwsError */
export async function readCode(request: Code): Promise<FunctionCode> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion = "", ImageUri } = request;
  const sources = [ZipFile, S3Bucket, ImageUri].filter((source) => source !== undefined);
  if (sources.length > 1) throw sourceTwice();
  if (sources.length === 0 || (S3Bucket === undefined) !== (S3Key === undefined)) throw sourceMissing();
  if (ImageUri !== undefined) return { sha256: sha256(ImageUri, "hex"), bytes: 0, imageUri: ImageUri };
  if (ZipFile === undefined) return { sha256: sha256(`${S3Bucket}/${S3Key}/${S3ObjectVersion}`), bytes: 0 };
  const archive = Buffer.from(ZipFile, "base64");
  return { sha256: sha256(archive), bytes: archive.length, package: await DeploymentPackage.read(archive) };
}

function sha256(content: string | Buffer, encoding: "base64" | "hex" = "base64"): string {
  return createHash("sha256").update(content).digest(encoding);
}
