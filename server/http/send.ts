import type { ServerResponse } from "node:http";
import type { Refusal } from "./refusal";

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendRefusal(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  sendJson(response, status, { jsonrpc: "2.0", id: null, error: { code, message } }, headers);
}
