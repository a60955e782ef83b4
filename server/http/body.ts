import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal";

/**
 * Reads a JSON body. Resolves to undefined when the client hangs up first.
 *
 * @throws Refusal when it is longer than `limit` bytes, or not JSON in UTF-8.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers["content-length"]) > limit) {
    throw Refusal.bodyTooLarge(limit);
  }
  const body = await readBytes(request, limit);
  return body && parseJson(body);
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        chunks.length = 0;
        reject(Refusal.bodyTooLarge(limit));
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", () => resolve(undefined));
  });
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) {
    throw Refusal.parseError();
  }
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    throw Refusal.parseError();
  }
}
