export interface HostileRequest {
  readonly bytes: Buffer;
  /** Whether the client is gone as soon as it has written. */
  readonly hangUp: boolean;
}

type Pick = <Item>(items: readonly Item[]) => Item;

/** Requests no honest client sends; the same ones for the same seed. */
export function* randomRequests(seed: number): Generator<HostileRequest, never> {
  const random = makeRandom(seed);
  const pick: Pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  for (;;) {
    const body = random() < 0.002 ? GIANT : pick(BODIES)(random, pick);
    const bytes = random() < 0.05 ? randomBytes(random, 200) : Buffer.concat([head(body.length, random, pick), body]);
    yield {
      bytes: random() < 0.1 ? bytes.subarray(0, Math.floor(bytes.length * random())) : bytes,
      hangUp: random() < 0.1,
    };
  }
}

/** Mulberry32, by Tommy Ettinger: small, and good enough to vary requests. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function head(length: number, random: () => number, pick: Pick): Buffer {
  const honest = random() < 0.8;
  const lines = [
    honest
      ? "POST /mcp HTTP/1.1"
      : pick(["GET /mcp HTTP/1.1", "POST /%00 HTTP/1.1", "POST /mcp?x HTTP/9.9", "BREW /mcp HTTP/1.1"]),
    "Host: 127.0.0.1",
    `Content-Type: ${honest ? "application/json" : pick(["text/plain", "", "application/json; charset=\u00ff", "a".repeat(5000)])}`,
    `Accept: ${honest ? "application/json, text/event-stream" : pick(["*/*", "", ",,,;q=2"])}`,
    `Content-Length: ${honest ? length : pick([0, -1, length + 50, 99_999_999_999])}`,
    random() < 0.1
      ? `Mcp-Session-Id: ${"s".repeat(2000)}`
      : `MCP-Protocol-Version: ${pick(["2025-06-18", "1", "__proto__"])}`,
    "Connection: close",
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function randomBytes(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

const VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  "\u0000",
  "__proto__",
  [],
  {},
  [[]],
  { constructor: {} },
  "x".repeat(3000),
];

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Over the server's limit of 4 MiB. */
const GIANT = Buffer.alloc(5_000_000, "1");

const LONG_ID = json({ jsonrpc: "2.0", id: "i".repeat(200_000), method: "ping" });

const BODIES: ((random: () => number, pick: Pick) => Buffer)[] = [
  (random) => randomBytes(random, 1 + Math.floor(random() * 500)),
  (_random, pick) => json(pick(VALUES)),
  (_random, pick) =>
    json({ jsonrpc: pick(["2.0", "1.0", 2]), id: pick(VALUES), method: pick(VALUES), params: pick(VALUES) }),
  (_random, pick) =>
    json({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: pick(VALUES), arguments: pick(VALUES) } }),
  (_random, pick) =>
    json({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "add_numbers", arguments: { a: pick(VALUES), b: pick(VALUES) } },
    }),
  (_random, pick) =>
    json({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "greet_user", arguments: { name: "n" }, _meta: pick(VALUES), task: pick(VALUES) },
    }),
  (_random, pick) => json({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: pick(VALUES) } }),
  (_random, pick) =>
    json({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: pick(VALUES), capabilities: pick(VALUES) },
    }),
  (random, pick) =>
    json(
      Array.from({ length: Math.floor(random() * 130) }, () => ({ jsonrpc: "2.0", id: pick(VALUES), method: "ping" })),
    ),
  (random) => Buffer.from("[".repeat(1 + Math.floor(random() * 100_000))),
  (random) => {
    const depth = 1 + Math.floor(random() * 20_000);
    return Buffer.from(
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"deep":${"[".repeat(depth)}${"]".repeat(depth)}}}`,
    );
  },
  () =>
    Buffer.from(
      '{"__proto__":{"jsonrpc":"2.0"},"jsonrpc":"2.0","id":1,"method":"ping","constructor":{"prototype":{"x":1}}}',
    ),
  () =>
    Buffer.from(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"__proto__":{"name":"add_numbers"},"name":"constructor"}}',
    ),
  () => LONG_ID,
  () => Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add_numbers","arguments":{"a":1'),
];
