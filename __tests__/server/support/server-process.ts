import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { endAfterTests } from "../../support/end-after-tests";

const ROOT = join(__dirname, "../../..");

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function makeFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  made.push(folder);
  return folder;
}

/** A copy of server/ with more tools dropped in, as someone who follows the README would. */
export function copyServer(tools: Readonly<Record<string, string>> = {}): string {
  const folder = makeFolder("mcp-server-");
  cpSync(join(ROOT, "server"), join(folder, "server"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [file, source] of Object.entries(tools)) writeFileSync(join(folder, "server/tools", file), source);
  return folder;
}

/** The source of a tool without arguments, whose handler's body is given; it may use `log`. */
export function toolSource(name: string, body: string): string {
  return `
    import * as z from "zod";
    import { defineTool } from "../tool";
    export const tool = defineTool({
      name: "${name}", description: "A test's tool", input: z.object({}), output: z.string(),
      async handler(_args, { log }) { ${body} },
    });`;
}

/** The server of `folder` as one file in a folder of its own. */
export function bundleServer(folder: string, ...options: ("--sbom" | "--readable")[]): string {
  execFileSync(process.execPath, ["server/bundle.mjs", ...options], { cwd: folder });
  const alone = makeFolder("mcp-bundle-");
  cpSync(join(folder, "dist/server/main.js"), join(alone, "main.js"));
  return join(alone, "main.js");
}

export class ServerProcess {
  readonly lines: Record<string, unknown>[] = [];
  readonly exited: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    this.exited = once(child, "exit").then(([code]) => code as number | null);
    if (child.stdout) {
      createInterface(child.stdout).on("line", (line) => this.lines.push(JSON.parse(line) as Record<string, unknown>));
    }
  }

  /** Starts a command with the environment that AgentCore gives, as far as it matters. */
  static start(command: readonly string[], environment: Record<string, string> = {}): ServerProcess {
    const [program = "", ...args] = command;
    const env = { PATH: process.env["PATH"] ?? "", HOST: "127.0.0.1", PORT: "0", ...environment };
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    // One that goes on after a test that fails would keep Jest from ending.
    endAfterTests(() => child.kill("SIGKILL"));
    return new ServerProcess(child);
  }

  /** Resolves with the line that has this message. @throws Error when the process exits or 15 s pass first. */
  async line(message: string): Promise<Record<string, unknown>> {
    for (let turn = 0; turn < 1500; turn++) {
      const line = this.lines.find((candidate) => candidate["message"] === message);
      if (line) return line;
      if (this.child.exitCode !== null && turn > 10) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`"${message}" was never logged: ${JSON.stringify(this.lines)}`);
  }

  async url(): Promise<string> {
    return `http://127.0.0.1:${String((await this.line("Listening"))["port"])}/mcp`;
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited;
  }
}
