import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

import type { Emulator, ServerCommand } from "../../emulator";
import { endAfterTests } from "./end-after-tests";

/** What the server does with a JSON-RPC method: see `servers/scripted-server.mjs`. */
export type Behaviours = Readonly<Record<string, string>>;

/** A request as the server saw it. */
export interface SeenRequest {
  readonly id?: unknown;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PROGRAM = join(__dirname, "servers", "scripted-server.mjs");

/** The command of an MCP server that behaves well until it is told otherwise. */
export function scriptedServer(): ServerCommand {
  return { program: process.execPath, arguments: [PROGRAM] };
}

/** Tells the server at a base URL how to behave from now on. */
export async function behave(baseUrl: string, behaviours: Behaviours): Promise<void> {
  await fetch(`${baseUrl}/behave`, { method: "POST", body: JSON.stringify(behaviours) });
}

export async function seenRequests(baseUrl: string): Promise<SeenRequest[]> {
  return (await (await fetch(`${baseUrl}/requests`, { method: "POST" })).json()) as SeenRequest[];
}

/** The base URL of the server that stands for a runtime's container. */
export function serverOfRuntime(emulator: Emulator, agentRuntimeName: string): Promise<string> {
  const runtime = emulator.account.runtimes
    .all()
    .find(({ declaration }) => declaration.agentRuntimeName === agentRuntimeName);
  if (!runtime) throw new Error(`There is no runtime ${agentRuntimeName}.`);
  return runtime.container.url();
}

/** What every request has to show, or the server answers 401. */
export type Demanded = { readonly value: string } & ({ readonly header: string } | { readonly parameter: string });

/** Starts the server outside of any emulator, for as long as the test or the file runs. */
export async function startScriptedServer(demanded?: Demanded): Promise<{ readonly url: string }> {
  const parameters = demanded ? [JSON.stringify(demanded)] : [];
  const child = spawn(process.execPath, [PROGRAM, ...parameters], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0" },
  });
  endAfterTests(() => child.kill());
  for await (const line of createInterface(child.stdout)) return { url: `http://127.0.0.1:${line.split(" ").at(-1)}` };
  throw new Error("The scripted server did not start.");
}
