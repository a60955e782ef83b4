import { createHash } from "node:crypto";

/** The checksums that clients send with a body, by the names in their headers: S3 user guide, "checking-object-integrity". */
export const CHECKSUMS: Readonly<Record<string, (body: Buffer) => string>> = {
  crc32: cyclic(0, 0xedb88320),
  crc32c: cyclic(0, 0x82f63b78),
  crc64nvme: cyclic(0x9a6c9329, 0xac4bc9b5),
  sha1: (body) => createHash("sha1").update(body).digest("base64"),
  sha256: (body) => createHash("sha256").update(body).digest("base64"),
};

/** The CRC of a reflected polynomial, in two halves; that of 32 bits has an empty upper one. @returns base64 */
function cyclic(upper: number, lower: number): (body: Buffer) => string {
  const [uppers, lowers] = [new Uint32Array(256), new Uint32Array(256)];
  for (let byte = 0; byte < 256; byte++) {
    let [high, low] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) [high, low] = [high ^ upper, low ^ lower];
    }
    [uppers[byte], lowers[byte]] = [high, low];
  }
  const filled = upper === 0 ? 0 : -1;
  return (body) => {
    let [high, low] = [filled, -1];
    for (const byte of body) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lowers[index] ?? 0);
      high = (high >>> 8) ^ (uppers[index] ?? 0);
    }
    const sum = Buffer.alloc(8);
    sum.writeInt32BE(high ^ filled, 0);
    sum.writeInt32BE(~low, 4);
    return sum.subarray(upper === 0 ? 4 : 0).toString("base64");
  };
}
