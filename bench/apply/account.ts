import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const COMMAND = join(__dirname, "../../dist/cli/main.js");

/** The account that `serve` serves, and the milliseconds until it was ready. */
export class ServedAccount {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly ready: number,
  ) {}

  static async start(): Promise<ServedAccount> {
    const begunAt = performance.now();
    const child = spawn(process.execPath, [COMMAND, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of createInterface(child.stdout)) {
      const [, url] = /AWS_ENDPOINT_URL=(http:\S+)/.exec(line) ?? [];
      if (url === undefined) continue;
      const ready = performance.now() - begunAt;
      child.stdout.resume();
      return new ServedAccount(child, url, ready);
    }
    throw new Error("serve ended before it served.");
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await ended;
  }
}
