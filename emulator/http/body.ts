/** @returns undefined where the body is longer than the limit; the rest of it is not read then */
export async function readBody(request: Request, limit: number): Promise<ArrayBuffer | undefined> {
  const declared = request.headers.get("content-length");
  // The HTTP parser lets no more in than was declared.
  if (declared !== null) return Number(declared) > limit ? undefined : request.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return new Blob(chunks).arrayBuffer();
}
