import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

import { callLoopback, type LoopbackLimits } from "../../emulator/cloud/network/loopback";

const LIMITS = { milliseconds: 2_000, bytes: 1_000 };
const OK = "HTTP/1.1 200 OK\r\n";
const STREAM = `${OK}content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n`;

let server: Server;
/** What the server does with each request that reaches it. */
let answer: (socket: Socket) => void;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined).on("data", () => answer(socket)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  server.close();
});

function call(limits: Partial<LoopbackLimits> = {}, gone?: AbortSignal) {
  const { port } = server.address() as AddressInfo;
  return callLoopback(
    { origin: `http://127.0.0.1:${port}`, path: "/mcp?api_key=s3cret" },
    { method: "POST", headers: {}, body: "{}", gone },
    { ...LIMITS, ...limits },
  );
}

const says =
  (...parts: (string | Buffer)[]) =>
  (socket: Socket) =>
    parts.forEach((part) => socket.write(part));

test.each([
  ["constructor: a", { constructor: "a" }],
  ["__proto__: a", {}],
  ["x-one: a\r\nX-One: b", { "x-one": "a, b" }],
  ["x-one:\r\nx-one: b", { "x-one": ", b" }],
])("takes the header fields %j", async (fields, expected) => {
  answer = says(`${OK}${fields}\r\ncontent-length: 2\r\n\r\nok`);
  const response = await call();
  expect([response.headers.toRecord(["content-length"]), await response.text()]).toEqual([expected, "ok"]);
});

test("takes the bytes of a header field for characters, as Node writes them again", async () => {
  answer = says(`${OK}x-title: `, Buffer.from("日本"), "\r\ncontent-length: 0\r\n\r\n");
  expect(Buffer.from((await call()).headers.get("x-title") ?? "", "latin1").toString()).toBe("日本");
});

const encoded = (coding: string, body: Buffer) => [
  `${OK}content-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`,
  body,
];

test.each<[string, (text: string) => Buffer]>([
  ["gzip", gzipSync],
  ["x-gzip", gzipSync],
  ["GZIP", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
  ["identity", (text) => Buffer.from(text)],
  ["gzip", () => Buffer.alloc(0)],
])("decodes %s as HTTP clients do", async (coding, encode) => {
  const body = encode("héllo");
  answer = says(...encoded(coding, body));
  const response = await call();
  const isEmpty = body.length === 0;
  const headers = coding === "identity" ? { "content-encoding": coding, "content-length": "6" } : {};
  expect([await response.text(), response.headers.toRecord()]).toEqual([isEmpty ? "" : "héllo", headers]);
});

test("decodes an event stream as it comes", async () => {
  const zip = createGzip();
  const zipped = async (text: string) => {
    zip.write(text);
    await new Promise<void>((resolve) => zip.flush(() => resolve()));
    const chunk = zip.read() as Buffer;
    return Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  };
  const event = "data: 1\n\n";
  const first = await zipped(event);
  answer = says(STREAM.replace("\r\n", "\r\ncontent-encoding: gzip\r\n"), first);
  const { body } = await call();
  for await (const chunk of body as Readable) {
    expect(String(chunk)).toBe(event);
    break;
  }
});

test("passes over an interim answer", async () => {
  answer = says("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", `${OK}content-length: 2\r\n\r\nok`);
  const response = await call();
  expect([response.status, response.headers.get("link"), await response.text()]).toEqual([200, null, "ok"]);
});

test("follows no redirection", async () => {
  answer = says("HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n");
  expect((await call()).status).toBe(302);
});

test("calls a server that closes each connection behind its answer", async () => {
  answer = (socket) => socket.end(`${OK}content-length: 2\r\n\r\nok`);
  for (let calls = 0; calls < 20; calls++) expect(await (await call()).text()).toBe("ok");
  expect(sockets).toHaveLength(20);
});

describe("ends with who has asked", () => {
  const UNWANTED = { reason: "unwanted", message: expect.stringContaining("was not waited for") as string };
  const closed = async () => once(sockets[0] ?? fail(), "close");
  const fail = () => {
    throw new Error("Nobody was asked.");
  };

  test("before the request is sent", async () => {
    answer = () => fail();
    await expect(call({}, AbortSignal.abort())).rejects.toMatchObject(UNWANTED);
  });

  test("before anything is answered", async () => {
    const gone = new AbortController();
    answer = () => gone.abort();
    await expect(call({}, gone.signal)).rejects.toMatchObject(UNWANTED);
    await closed();
  });

  test("in the middle of a stream", async () => {
    const gone = new AbortController();
    answer = says(STREAM);
    const response = await call({}, gone.signal);
    gone.abort();
    await expect(response.text()).rejects.toMatchObject(UNWANTED);
    await closed();
  });
});

describe("where nobody reads a stream", () => {
  const uncaught = jest.fn();
  beforeEach(() => {
    uncaught.mockReset();
    process.on("uncaughtException", uncaught);
  });
  afterEach(() => process.off("uncaughtException", uncaught));

  test.each<[string, (socket: Socket) => void, Partial<LoopbackLimits>, string]>([
    ["takes too long", says(STREAM), { milliseconds: 100 }, "did not answer within 0.1 s"],
    ["is too long", says(`${STREAM}14\r\n${"x".repeat(20)}\r\n`), { bytes: 10 }, "answered with more than 10 bytes"],
    ["is no HTTP at its beginning", says(`${STREAM}ZZ\r\n`), {}, "broke off"],
    [
      "breaks",
      (socket) => {
        socket.write(STREAM);
        setTimeout(() => socket.destroy(), 50);
      },
      {},
      "broke off",
    ],
  ])("tells who comes late that it %s, and nobody else", async (_, behaviour, limits, message) => {
    answer = behaviour;
    const response = await call(limits);
    await sleep(200);
    expect(uncaught).not.toHaveBeenCalled();
    await expect(response.text()).rejects.toThrow(message);
  });
});

test.each<[string, (socket: Socket) => void, Partial<LoopbackLimits>, string, string]>([
  ["a server that never answers", () => undefined, { milliseconds: 50 }, "timeout", "did not answer within 0.05 s"],
  [
    "an answer that is too long",
    says(`${OK}content-length: 20\r\n\r\n${"x".repeat(20)}`),
    { bytes: 10 },
    "oversize",
    "answered with more than 10 bytes",
  ],
  [
    "an answer that is cut off",
    (socket) => socket.end(`${OK}content-length: 9\r\n\r\nx`),
    {},
    "broken",
    "broke off: other side closed",
  ],
  [
    "an answer that is too long when it is decoded",
    says(...encoded("gzip", gzipSync("x".repeat(1_000_000)))),
    { bytes: 2_000 },
    "oversize",
    "answered with more than 2000 bytes",
  ],
  [
    "an answer that is encoded otherwise than it says",
    says(...encoded("gzip", Buffer.from("plain"))),
    {},
    "broken",
    "answered with what is no gzip: incorrect header check",
  ],
  [
    "an answer that is encoded in half",
    says(...encoded("gzip", gzipSync("hello").subarray(0, 15))),
    {},
    "broken",
    "answered with what is no gzip: unexpected end of file",
  ],
  [
    "an answer in another coding",
    says(...encoded("zstd", Buffer.from("x"))),
    {},
    "broken",
    "answered in the content coding zstd, which is not read",
  ],
  ["a connection that is closed", (socket) => socket.destroy(), {}, "broken", "broke off: other side closed"],
])("fails with %s, and keeps the query to itself", async (_, behaviour, limits, reason, message) => {
  answer = behaviour;
  const { port } = server.address() as AddressInfo;
  await expect(call(limits)).rejects.toMatchObject({ reason, message: `http://127.0.0.1:${port}/mcp ${message}` });
});
