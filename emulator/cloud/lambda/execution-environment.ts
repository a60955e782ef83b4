import { once } from "node:events";

import { forwardLines } from "../processes/output-lines";
import { ProcessGroup, type Command } from "../processes/process-group";
import { RuntimeApi, type Invocation } from "./runtime-api";

/** A function that answered with an error, or not at all; type and message as Lambda words them. */
export class FunctionError extends Error {
  constructor(
    readonly errorType: string,
    readonly errorMessage: string,
  ) {
    super(`${errorType}: ${errorMessage}`);
    this.name = "FunctionError";
  }
}

/** What an invocation brings, without its two ends. */
export type InvocationRequest = Omit<Invocation, "succeed" | "fail" | "begin">;

/** Lambda developer guide, "lambda-runtime-environment": the init phase, which no function's timeout counts. */
const INITIALIZATION_MS = 10_000;

/** The one process of a function, kept warm from its first invocation on until it ends or times out. */
export class ExecutionEnvironment {
  private ended = false;
  /** What the process said when it could not begin. */
  private initError?: string;
  /** Why the process does not begin; undefined once it has. */
  private readonly ready: Promise<string | undefined>;
  private settleReady: (failure: string | undefined) => void = () => undefined;

  private constructor(
    private readonly api: RuntimeApi,
    private readonly group: ProcessGroup,
  ) {
    this.ready = new Promise((resolve) => (this.settleReady = resolve));
    const { child } = group;
    child.once("error", (error) => this.end(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      this.end(`exited with ${signal === null ? `exit status ${code}` : `signal ${signal}`}`),
    );
  }

  static async start(
    command: Command,
    variables: (runtimeApi: string) => NodeJS.ProcessEnv,
    log: (line: string) => void,
  ): Promise<ExecutionEnvironment> {
    const api = new RuntimeApi(
      (error) => (environment.initError = error),
      () => environment.settleReady(undefined),
    );
    const address = await api.listen();
    const group = new ProcessGroup(command, variables(address));
    forwardLines(group.child, log);
    const environment = new ExecutionEnvironment(api, group);
    return environment;
  }

  /** Waits until the function is ready for its first event. @returns why it does not begin */
  async failureToBegin(): Promise<string | undefined> {
    const late = AbortSignal.timeout(INITIALIZATION_MS);
    const tooLate = once(late, "abort").then(() => `Runtime did not begin within ${INITIALIZATION_MS / 1000} s`);
    return Promise.race([this.ready, tooLate]);
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** @param timeout milliseconds. @returns the answer as JSON. @throws FunctionError */
  invoke(request: InvocationRequest, timeout: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const expire = (): void => {
        invocation.fail("Sandbox.Timedout", `Task timed out after ${(timeout / 1000).toFixed(2)} seconds`);
        // Lambda ends the environment with the invocation.
        this.group.kill();
        this.end("timed out");
      };
      let timer = setTimeout(expire, INITIALIZATION_MS);
      const invocation: Invocation = {
        ...request,
        begin() {
          clearTimeout(timer);
          timer = setTimeout(expire, timeout);
          return Date.now() + timeout;
        },
        succeed(payload) {
          clearTimeout(timer);
          resolve(payload);
        },
        fail(errorType, errorMessage) {
          clearTimeout(timer);
          reject(new FunctionError(errorType, errorMessage));
        },
      };
      this.api.invoke(invocation);
    });
  }

  async stop(): Promise<void> {
    await this.group.stop();
    this.end("was stopped");
  }

  private end(what: string): void {
    this.ended = true;
    const reason = this.initError ?? `Runtime ${what}`;
    this.settleReady(reason);
    this.api.close("Runtime.ExitError", reason);
  }
}
