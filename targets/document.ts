import { MAX_INLINE_SCHEMA } from "../aws/agentcore/limits";
import { ACCOUNT_ID, S3_URI } from "../aws/agentcore/names";
import type { Readable, ValueTypes } from "./readable";
import {
  type Constraints,
  type Documents,
  type S3Location,
  TargetDocumentError,
  type TargetSource,
} from "./target-kind";

const INLINE = "inline_payload";
const S3 = "s3";

/** A document that describes a target's tools: as text in the configuration, or in S3. Exactly one of them is set. */
export interface DocumentSettings {
  readonly inlinePayload?: string;
  readonly s3?: S3Location;
}

/** Of an OpenAPI schema or a Smithy model. */
export function apiDocumentMembers<C>(constraints: Constraints<C>): C {
  return documentMembers(constraints, constraints.text(MAX_INLINE_SCHEMA, undefined, 1));
}

export function documentMembers<C>({ structure, name, optional }: Constraints<C>, inlinePayload: C): C {
  return structure({
    inlinePayload: optional(inlinePayload),
    s3: optional(structure({ uri: name(S3_URI), bucketOwnerAccountId: optional(name(ACCOUNT_ID)) })),
  });
}

/** Whether the document is in S3, and where. */
export function readS3<V extends ValueTypes>(block: Readable<V>): S3Location<V> | undefined {
  const s3 = block.optionalBlock(S3);
  if (s3 === undefined) return undefined;
  const bucketOwnerAccountId = s3.optionalText("bucket_owner_account_id");
  return { uri: s3.text("uri"), ...(bucketOwnerAccountId !== undefined && { bucketOwnerAccountId }) };
}

export function readDocument<V extends ValueTypes>(block: Readable<V>) {
  const s3 = readS3(block);
  return s3 ? { s3 } : { inlinePayload: readPayload(block) };
}

export function documentSource<V extends ValueTypes>(block: Readable<V>): TargetSource<V> {
  const s3 = readS3(block);
  return s3 ? { s3Uri: s3.uri } : { payload: readPayload(block) };
}

function readPayload<V extends ValueTypes>(block: Readable<V>): V["text"] {
  return block.block(INLINE).text("payload");
}

/** @throws TargetDocumentError */
export function documentText({ inlinePayload, s3 }: DocumentSettings, documents: Documents): string {
  if ((inlinePayload === undefined) === (s3 === undefined)) throw oneOfTwo();
  return inlinePayload ?? documents.object(s3 as S3Location);
}

export function oneOfTwo(): TargetDocumentError {
  return new TargetDocumentError("Exactly one member of a schema must be set: inlinePayload or s3.");
}
