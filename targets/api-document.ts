import { MAX_INLINE_SCHEMA } from "../aws/agentcore/limits";
import type { Readable, ValueTypes } from "./readable";
import type { Constraints, TargetBlock } from "./target-kind";

/** The settings of a kind that a document describes: an OpenAPI schema, a Smithy model. */
export interface ApiDocumentSettings {
  readonly inlinePayload: string;
}

export function apiDocumentMembers<C>({ structure, text, notEmulated }: Constraints<C>): C {
  return structure({ inlinePayload: text(MAX_INLINE_SCHEMA, undefined, 1), s3: notEmulated });
}

export function readApiDocument(block: TargetBlock): ApiDocumentSettings {
  if (block.blocks("s3").length > 0)
    throw block.unsupported("s3", 'cannot be read without S3; write payload = file("…") into inline_payload');
  return { inlinePayload: readPayload(block) };
}

export function readPayload<V extends ValueTypes>(block: Readable<V>): V["text"] {
  return block.block("inline_payload").text("payload");
}
