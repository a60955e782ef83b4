// server/http/: the HTTP server below the protocols.
import { isAscii, isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Holding } from "./capacity";
import { Refusal } from "../refusal";

/**
 * Reads a JSON body. Resolves to undefined when the client hangs up first.
 *
 * @throws Refusal when it is longer than `limit` bytes, there is no room for it, or it is not JSON in UTF-8.
 */
export async function readJson(request: IncomingMessage, limit: number, holding: Holding): Promise<unknown> {
  if (Number(request.headers["content-length"]) > limit) throw Refusal.bodyTooLarge(limit);
  const body = await readBytes(request, limit, holding);
  return body && parseJson(body);
}

function readBytes(request: IncomingMessage, limit: number, holding: Holding): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (refusal: Refusal): void => {
      chunks.length = 0;
      // What still comes is read and dropped: closing on a sender that is not done could cost it the answer.
      request.removeAllListeners("data").resume();
      reject(refusal);
    };
    request.on("data", (chunk: Buffer) => {
      const before = length;
      length += chunk.length;
      if (length > limit) {
        refuse(Refusal.bodyTooLarge(limit));
      } else if (!holding.growBytes(before, length)) {
        refuse(Refusal.busy());
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", () => resolve(undefined));
  });
}

function parseJson(body: Buffer): unknown {
  // Most bodies are ASCII, whose bytes are its characters.
  const encoding = isAscii(body) ? "latin1" : "utf8";
  if (encoding === "utf8" && !isUtf8(body)) throw Refusal.parseError();
  try {
    return JSON.parse(body.toString(encoding)) as unknown;
  } catch {
    throw Refusal.parseError();
  }
}
