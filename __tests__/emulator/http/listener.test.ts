import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { HttpResponse } from "../../../emulator/cloud/network/http-message";
import { httpServer, type IncomingRequest } from "../../../emulator/http/listener";

const LIMIT = 10;

let server: Server;
let handle: (request: IncomingRequest) => Promise<HttpResponse>;
let logged: string[];

beforeEach(async () => {
  logged = [];
  server = httpServer(
    (request) => handle(request),
    (line) => logged.push(line),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function open() {
  return connect((server.address() as AddressInfo).port, "127.0.0.1");
}

/** Sends bytes as they are, and reads what comes until the connection ends. */
async function exchange(bytes: string): Promise<{ status: number; body: string }> {
  const socket = open();
  socket.write(bytes.replaceAll("\n", "\r\n"));
  const answer = await text(socket);
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  return { status: Number(head.split(" ")[1]), body };
}

const echo = async (request: IncomingRequest) => {
  const body = await request.readBody(LIMIT);
  return HttpResponse.json({ path: request.location.pathname, body: body?.toString() ?? "too long" });
};

test.each([
  ["a path", "/a/b?c", "/a/b"],
  ["a path that begins like a host", "//evil.example/a", "//evil.example/a"],
  ["a URL, as proxies are asked", "http://evil.example/a", "/a"],
])("takes %s for its target", async (_, target, path) => {
  handle = echo;
  const answer = await exchange(`GET ${target} HTTP/1.1\nhost: x\nconnection: close\n\n`);
  expect(answer).toEqual({ status: 200, body: JSON.stringify({ path, body: "" }) });
});

test("fails on a target that is no path", async () => {
  handle = echo;
  expect(await exchange("OPTIONS * HTTP/1.1\nhost: x\nconnection: close\n\n")).toEqual({
    status: 400,
    body: JSON.stringify({ message: 'The request\'s target "*" is no path.' }),
  });
});

test.each([
  ["declared", `content-length: 11\n\n${"x".repeat(11)}`],
  ["sent in chunks", "transfer-encoding: chunked\n\n6\nxxxxxx\n6\nxxxxxx\n0\n\n"],
])("gives no body that is longer than the limit, %s", async (_, rest) => {
  handle = echo;
  const answer = await exchange(`POST / HTTP/1.1\nhost: x\nconnection: close\n${rest}`);
  expect(JSON.parse(answer.body)).toEqual({ path: "/", body: "too long" });
});

test("lives on when a caller leaves in the middle of a body", async () => {
  let failed: unknown;
  handle = async (request) => {
    try {
      return await echo(request);
    } catch (error) {
      failed = error;
      throw error;
    }
  };
  const socket = open();
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nxxxx");
  await once(server, "request");
  socket.destroy();
  while (failed === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await exchange("GET / HTTP/1.1\nhost: x\nconnection: close\n\n")).status).toBe(200);
  expect(logged).toEqual([]);
});

test("hands on no field of the connection to a server behind it", async () => {
  const headers = {
    connection: "upgrade",
    upgrade: "h2c",
    "keep-alive": "timeout=5",
    "transfer-encoding": "chunked",
    trailer: "x-sum",
    "x-own": "1",
  };
  handle = async () => new HttpResponse("ok", { headers });
  const socket = open();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  const [head, body] = (await text(socket)).split("\r\n\r\n");
  expect([head?.replace(/date: .*\r\n/i, "").split("\r\n"), body]).toEqual([
    ["HTTP/1.1 200 OK", "x-own: 1", "content-length: 2", "Connection: close"],
    "ok",
  ]);
});

test("ends a stream when its reader leaves", async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push("first");
  handle = async () => new HttpResponse(stream);
  const socket = open();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await once(socket, "data");
  const ended = new Promise((resolve) => stream.once("close", resolve));
  socket.destroy();
  await ended;
});

test.each([
  ["a handler that throws", () => Promise.reject(new Error("by mistake")), "by mistake"],
  [
    "an answer that HTTP cannot carry",
    async () => new HttpResponse("", { headers: { "x-scope": "日本" } }),
    "Invalid character",
  ],
])("fails the request alone on %s, and logs why", async (_, broken, reason) => {
  handle = broken;
  expect(await exchange("GET / HTTP/1.1\nhost: x\nconnection: close\n\n")).toEqual({
    status: 500,
    body: JSON.stringify({ message: "The emulator failed on this request; its log says why." }),
  });
  expect(logged.join()).toContain(reason);
});

test.each([
  ["a proxy's request", "CONNECT a:1 HTTP/1.1\nhost: a:1\n\n", 405, "The emulator is no proxy."],
  ["what is no HTTP", "hello\n\n", 400, "The request is no HTTP: Parse Error: Invalid method encountered."],
  [
    "an unknown expectation",
    "GET / HTTP/1.1\nhost: x\nexpect: x\nconnection: close\n\n",
    417,
    "No expectation is met but 100-continue.",
  ],
  [
    "header fields that are too long",
    `GET / HTTP/1.1\nhost: x\nlong: ${"x".repeat(70_000)}\n\n`,
    431,
    "The header fields are longer than 65536 bytes.",
  ],
])("fails on %s with a sentence", async (_, bytes, status, message) => {
  handle = echo;
  expect(await exchange(bytes)).toEqual({ status, body: JSON.stringify({ message }) });
});

test("takes long header fields", async () => {
  handle = async ({ headers }) => HttpResponse.json(headers.get("long")?.length);
  const answer = await exchange(`GET / HTTP/1.1\nhost: x\nlong: ${"x".repeat(60_000)}\nconnection: close\n\n`);
  expect(answer).toEqual({ status: 200, body: "60000" });
});
