import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { articleStack, emulate, outputOf } from "../../__tests__/support/article-stack";
import { signIn } from "../../__tests__/support/callers";
import { scriptedServer } from "../../__tests__/support/scripted-server";
import type { Emulator } from "../../emulator";
import { CRASH, pickFault, type Fault } from "./faults";

const TOOL = "m2m-auth-demo-mcp-target___add_numbers";
const PROVIDER = "m2m-auth-demo-m2m-oauth2-provider";
/** A busy machine must not make a call late that no fault was meant for. */
const LIMITS = { invocation: 3_000, gatewayPayload: 50_000 };
/** Milliseconds after a crash in which calls may still meet the end of the old process. */
const AFTERMATH = 400;

export interface SoakReport {
  readonly calls: number;
  readonly seconds: number;
  readonly faults: number;
  /** Calls that failed because another call ended the server's process under them. */
  readonly collateral: number;
  /** Answers that are not the right one, the first of them. */
  readonly wrong: readonly string[];
  /** Lines of logs and traces that hold a token or a secret. */
  readonly leaks: readonly string[];
  /** Megabytes of heap in use, after a fifth of the calls and at the end. */
  readonly heap: { readonly early: number; readonly late: number };
}

interface Call {
  readonly number: number;
  readonly fault?: Fault;
  readonly startedAt: number;
}

/** Calls the article's gateway over many connections while a part of the calls meets faults. */
export class Soak {
  private readonly agent: Agent;
  private readonly wrong: string[] = [];
  private readonly log: string[] = [];
  private readonly crashes: { startedAt: number; endedAt: number }[] = [];
  private started = 0;
  private faults = 0;
  private collateral = 0;
  private random = 42;
  private early = 0;

  constructor(private readonly options: { readonly calls: number; readonly connections: number }) {
    this.agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  }

  async run(): Promise<SoakReport> {
    const { calls, connections } = this.options;
    const emulator = await emulate(await articleStack(), {
      serverCommand: scriptedServer(),
      limits: LIMITS,
      log: (line) => this.keep(line),
    });
    const token = await signIn(emulator);
    const url = outputOf(emulator, "gateway_url");
    const begunAt = performance.now();
    await Promise.all(Array.from({ length: connections }, () => this.callRepeatedly(url, token)));
    const seconds = (performance.now() - begunAt) / 1_000;
    const leaks = this.findLeaks(emulator, token);
    await emulator.stop();
    this.agent.destroy();
    const heap = { early: this.early, late: heapMegabytes() };
    return { calls, seconds, faults: this.faults, collateral: this.collateral, wrong: this.wrong, leaks, heap };
  }

  private async callRepeatedly(url: string, token: string): Promise<void> {
    while (this.started < this.options.calls) {
      const number = ++this.started;
      if (number === Math.ceil(this.options.calls / 5)) this.early = heapMegabytes();
      const call = { number, fault: pickFault(this.nextRandom()), startedAt: performance.now() };
      if (call.fault) this.faults += 1;
      const crash = call.fault === CRASH ? { startedAt: call.startedAt, endedAt: Infinity } : undefined;
      if (crash) this.crashes.push(crash);
      this.judge(call, await this.send(url, token, call));
      // Whoever is in flight when the next process begins may still have met the end of the old one.
      if (crash) crash.endedAt = performance.now() + AFTERMATH;
    }
  }

  private send(url: string, token: string, { number, fault }: Call): Promise<{ status: number; text: string }> {
    const toolArguments = { a: number, b: 3, ...(fault?.behaviour !== undefined && { behaviour: fault.behaviour }) };
    const message = {
      jsonrpc: "2.0",
      id: number,
      method: "tools/call",
      params: { name: TOOL, arguments: toolArguments },
    };
    const body = fault?.body ?? JSON.stringify(message);
    const authorization = fault?.authorization?.(token) ?? `Bearer ${token}`;
    return new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        ...(authorization && { authorization }),
      };
      const outgoing = request(url, { method: "POST", agent: this.agent, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  private judge({ number, fault, startedAt }: Call, { status, text }: { status: number; text: string }): void {
    const right = fault
      ? status === fault.status && fault.answer.test(text)
      : status === 200 &&
        text.includes(`"id":${number},`) &&
        text.includes(`"structuredContent":{"result":${number + 3}}`);
    if (right) return;
    const isError = status === 200 && text.includes(`"id":${number},`) && text.includes("An internal error occurred");
    if (isError && this.crashes.some((crash) => startedAt < crash.endedAt)) this.collateral += 1;
    else if (this.wrong.length < 20) {
      this.wrong.push(`call ${number} (${fault?.name ?? "no fault"}): ${status} ${text.slice(0, 300)}`);
    }
  }

  private keep(line: string): void {
    this.log.push(line);
    if (this.log.length > 1_000) this.log.shift();
  }

  private findLeaks(emulator: Emulator, token: string): string[] {
    const { clientSecret } = emulator.account.credentialProviders.get(PROVIDER);
    const secrets = [token.split(".")[2] ?? token, clientSecret, "TestPass123!"];
    const lines = [...this.log, ...emulator.calls().map((call) => JSON.stringify(call))];
    return lines
      .filter((line) => secrets.some((secret) => line.includes(secret)) || /eyJ[\w-]+\.eyJ/.test(line))
      .slice(0, 5);
  }

  /** A linear congruential generator: the same faults in every run (Numerical Recipes). */
  private nextRandom(): number {
    this.random = (this.random * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return this.random / 2 ** 32;
  }
}

function heapMegabytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
