import { Writable } from "node:stream";
import { createLog } from "../../../server/log";
import { LogOutput } from "../../../server/log-output";
import type { Limits } from "../../../server/http/limits";
import { startServer, type RunningServer, type StartOptions } from "../../../server/start";
import type { Tool } from "../../../server/tool";
import { endAfterTests } from "../../support/end-after-tests";

export interface TestServer extends RunningServer {
  readonly url: string;
  /** The lines logged so far. */
  logged(): Record<string, unknown>[];
}

/** A server on a free loopback port, for as long as the test or the file runs; `tools` replaces the files of server/tools. */
export async function startTestServer(
  tools?: Tool[],
  limits?: Partial<Limits>,
  options?: Pick<StartOptions, "sessions" | "stateKey">,
): Promise<TestServer> {
  let text = "";
  const stream = new Writable({
    write(lines: Buffer, _encoding, done) {
      text += lines.toString();
      done();
    },
  });
  const output = new LogOutput(stream);
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    log: createLog({ write: output.write, level: "debug" }),
    ...options,
    ...(tools && { tools: tools.map((tool) => ({ file: `tools/${tool.name}.ts`, exports: { tool } })) }),
    ...(limits && { limits }),
  });
  endAfterTests(() => server.stop(1000));
  return {
    ...server,
    url: `http://127.0.0.1:${server.port}/mcp`,
    logged: () => {
      output.flush();
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

export const MCP_HEADERS = {
  "Content-Type": "application/json",
  Accept: "application/json, text/event-stream",
} as const;

/** One POST as AgentCore sends it. A string is sent as it is. */
export function post(url: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(url, { method: "POST", body: text, ...init, headers: { ...MCP_HEADERS, ...init.headers } });
}

export interface RpcAnswer {
  readonly jsonrpc: string;
  readonly id: string | number | null;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** One JSON-RPC request and its JSON answer. */
export async function rpc(url: string, method: string, params?: unknown, id: string | number = 1): Promise<RpcAnswer> {
  const response = await post(url, { jsonrpc: "2.0", id, method, ...(params !== undefined && { params }) });
  return JSON.parse(await response.text()) as RpcAnswer;
}

export function callTool(url: string, name: string, args: unknown, id: string | number = 1): Promise<RpcAnswer> {
  return rpc(url, "tools/call", { name, arguments: args }, id);
}
