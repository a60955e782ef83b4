import { createHash } from "node:crypto";

import { checksumMismatch, incomplete, md5Invalid, md5Mismatch, notImplemented } from "../../cloud/s3/errors";
import { CHECKSUMS } from "./checksum";

/** What stands in the place of the hash of a body that is not signed. */
export const UNSIGNED_PAYLOADS = ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"];
const CHUNKED = "aws-chunked";

interface Payload {
  readonly body: Buffer;
  /** Those of the request, without what is of the transfer, and with the trailing ones. */
  readonly headers: Record<string, string>;
}

/** The content of a request, once its digests hold. @throws AwsError */
export function readPayload(sent: Buffer, sentHeaders: Readonly<Record<string, string>>): Payload {
  const claimed = sentHeaders["x-amz-content-sha256"] ?? "";
  if (claimed.startsWith("STREAMING-") && !UNSIGNED_PAYLOADS.includes(claimed)) {
    throw notImplemented(`The emulator does not offer ${claimed}: sign the payload as a whole, or leave it unsigned.`, {
      Header: "x-amz-content-sha256",
    });
  }
  const isChunked = claimed.startsWith("STREAMING-");
  const { body, trailers } = isChunked ? readChunks(sent) : { body: sent, trailers: {} };
  const headers: Record<string, string> = { ...sentHeaders, ...trailers };
  const encodings = (headers["content-encoding"] ?? "").split(",").map((encoding) => encoding.trim());
  const kept = encodings.filter((encoding) => encoding !== "" && encoding !== CHUNKED);
  if (kept.length > 0) headers["content-encoding"] = kept.join(",");
  else delete headers["content-encoding"];
  const length = headers["x-amz-decoded-content-length"];
  if (isChunked && length !== undefined && Number(length) !== body.length) throw incomplete();
  checkDigests(body, headers);
  return { body, headers };
}

/** `aws-chunked`: S3 API reference, "sigv4-streaming-trailers". */
function readChunks(sent: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = sent.indexOf("\r\n", at);
    const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(sent.subarray(at, Math.max(end, at)).toString("latin1")) ?? [];
    if (size === undefined) throw incomplete();
    const [start, length] = [end + 2, parseInt(size, 16)];
    at = start + length;
    if (length === 0) break;
    if (sent.subarray(at, at + 2).toString("latin1") !== "\r\n") throw incomplete();
    chunks.push(sent.subarray(start, at));
    at += 2;
  }
  const lines = sent.subarray(at).toString("latin1").split("\r\n");
  const fields = lines.map((line) => /^(x-amz-checksum-[a-z0-9]+):(.*)$/i.exec(line)).filter((field) => field !== null);
  const trailers = Object.fromEntries(fields.map(([, name = "", value = ""]) => [name.toLowerCase(), value.trim()]));
  return { body: Buffer.concat(chunks), trailers };
}

function checkDigests(body: Buffer, headers: Readonly<Record<string, string>>): void {
  const md5 = headers["content-md5"];
  if (md5 !== undefined && Buffer.from(md5, "base64").length !== 16) throw md5Invalid();
  if (md5 !== undefined && md5 !== createHash("md5").update(body).digest("base64")) throw md5Mismatch();
  for (const [algorithm, checksum] of Object.entries(CHECKSUMS)) {
    const claimed = headers[`x-amz-checksum-${algorithm}`];
    if (claimed === undefined || claimed === checksum(body)) continue;
    throw checksumMismatch(algorithm.toUpperCase());
  }
}
