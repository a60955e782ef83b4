import { MAX_DOCUMENT_BYTES } from "../../topology";
import { UsageError } from "../errors";

/** How messages call it. */
export const STANDARD_INPUT = "standard input";

/** All of standard input. @throws UsageError where it is longer than any document that is read */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > MAX_DOCUMENT_BYTES) {
      throw new UsageError(`Standard input has more than the ${MAX_DOCUMENT_BYTES} bytes that are read.`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
