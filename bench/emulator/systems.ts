import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { CognitoClient } from "../../cli/sign-in/cognito-client";
import { makeUser, signIn } from "../../cli/sign-in/user";
import { findFreePort } from "../../emulator/cloud/processes/free-port";
import { EMULATOR_CREDENTIALS } from "../../emulator/credentials";

const ROOT = join(__dirname, "../..");
const SERVER = join(ROOT, "dist/server/main.js");

/** Something that answers `add_numbers`, and how it is called. */
export interface System {
  readonly name: string;
  readonly url: string;
  readonly transport: "post" | "sse";
  readonly tool: string;
  readonly token?: string;
  stop(): Promise<void>;
}

/**
 * Gateways without authorization that stand in front of the same server over HTTP, kept out of package.json. Those that
 * take servers on standard input and output alone (mcp-proxy, supergateway) save the second HTTP hop, and are no peers.
 */
const PEERS = { "mcp-hub": "4.2.1", "@civic/passthrough-mcp-server": "0.12.1" };
const PEERS_FOLDER = join(ROOT, "node_modules/.cache/mcp-gateways");

export function installPeers(): void {
  const mark = join(PEERS_FOLDER, `installed-${Object.entries(PEERS).flat().join("-").replace("/", "-")}`);
  if (existsSync(mark)) return;
  mkdirSync(PEERS_FOLDER, { recursive: true });
  writeFileSync(join(PEERS_FOLDER, "package.json"), JSON.stringify({ private: true, dependencies: PEERS }));
  const { status, stderr } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: PEERS_FOLDER,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The peers cannot be installed: ${stderr}`);
  writeFileSync(mark, "");
}

/** The bundled MCP server by itself. */
export async function startServer(): Promise<System> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [SERVER], {
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), LOG_LEVEL: "error" },
  });
  await untilListening(port);
  return {
    name: "server alone",
    url: `http://127.0.0.1:${port}/mcp`,
    transport: "post",
    tool: "add_numbers",
    stop: () => end(child),
  };
}

/** The article's system in the emulator, as its command starts it, with the milliseconds until its target is READY. */
export async function startEmulator(
  stack: string,
  ...options: readonly string[]
): Promise<System & { readonly ready: number }> {
  const begunAt = performance.now();
  const command = [join(ROOT, "dist/cli/main.js"), "up", stack, "--port", "0", ...options];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "ignore"] });
  let ready = 0;
  let url = "";
  for await (const line of createInterface(child.stdout)) {
    if (line.includes("aws_bedrockagentcore_gateway_target.")) ready = performance.now() - begunAt;
    url ||= /AWS_ENDPOINT_URL=(http:\S+)/.exec(line)?.[1] ?? "";
    if (url !== "") break;
  }
  child.stdout.resume();
  const outputs = (await (await fetch(`${url}/_emulator/outputs`)).json()) as Record<string, { value: string }>;
  const output = (name: string) => outputs[name]?.value ?? "";
  const cognito = new CognitoClient({ url, region: "us-east-1", credentials: EMULATOR_CREDENTIALS });
  const user = await makeUser(cognito, output("inbound_user_pool_id"), "bench");
  const { AccessToken: token } = await signIn(cognito, output("inbound_client_id"), user);
  const tool = "m2m-auth-demo-mcp-target___add_numbers";
  return {
    name: "emulator",
    url: output("gateway_url"),
    transport: "post",
    tool,
    token,
    ready,
    stop: () => end(child),
  };
}

/** A proxy in front of a server that does nothing else. */
export async function startBareProxy(server: System): Promise<System> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(__dirname, "bare-proxy.mjs"), String(port), new URL(server.url).port], {
    stdio: "ignore",
  });
  await untilListening(port);
  return {
    name: "bare proxy",
    url: `http://127.0.0.1:${port}/mcp`,
    transport: "post",
    tool: "add_numbers",
    stop: () => end(child),
  };
}

/** mcp-hub in front of a server; it speaks the old HTTP+SSE transport only. */
export async function startHub(server: System): Promise<System> {
  const port = await findFreePort();
  const config = join(PEERS_FOLDER, "hub.json");
  writeFileSync(config, JSON.stringify({ mcpServers: { srv: { url: server.url } } }));
  const hub = join(PEERS_FOLDER, "node_modules/.bin/mcp-hub");
  const child = spawn(hub, ["--port", String(port), "--config", config], { stdio: "ignore" });
  await untilListening(port);
  await sleep(2_000);
  return {
    name: "mcp-hub",
    url: `http://127.0.0.1:${port}/mcp`,
    transport: "sse",
    tool: "srv__add_numbers",
    stop: () => end(child),
  };
}

/** @civic/passthrough-mcp-server in front of a server; it opens a session for each of its callers. */
export async function startPassthrough(server: System): Promise<System> {
  const port = await findFreePort();
  // The command does nothing where it is called by the link in `.bin`.
  const passthrough = join(PEERS_FOLDER, "node_modules/@civic/passthrough-mcp-server/dist/cli.js");
  const env = {
    ...process.env,
    PORT: String(port),
    TARGET_SERVER_URL: new URL(server.url).origin,
    TARGET_SERVER_TRANSPORT: "httpStream",
  };
  const child = spawn(process.execPath, [passthrough], { stdio: "ignore", env });
  await untilListening(port);
  return {
    name: "passthrough-mcp-server",
    url: `http://127.0.0.1:${port}/mcp`,
    transport: "post",
    tool: "add_numbers",
    stop: () => end(child),
  };
}

export interface Measured {
  readonly callsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
}

export async function measure(system: System, load: { connections: number; milliseconds: number }): Promise<Measured> {
  const { url, transport, tool, token } = system;
  const parameters = JSON.stringify({ url, transport, tool, token, ...load });
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, "client.mjs"), parameters]);
  return JSON.parse(stdout) as Measured;
}

async function untilListening(port: number): Promise<void> {
  for (let attempts = 500; attempts > 0; attempts--) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await sleep(20);
    }
  }
  throw new Error(`Nothing listens on port ${port}`);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
