import { StartError } from "./errors";
import { createLog, LineBuffer, type Logger } from "./log";
import { readSettings } from "./settings";
import { startServer, type RunningServer } from "./start";

/** Milliseconds for requests in flight after SIGTERM; container engines kill after 10 s. */
const DRAIN_DEADLINE = 8_000;

const output = new LineBuffer(process.stdout);

function exit(code: number): never {
  output.flush();
  process.exit(code);
}

function stopOnSignal(server: RunningServer, log: Logger): void {
  const stop = (signal: NodeJS.Signals): void => {
    log.info("Stopping", { signal });
    // A second signal means that someone is tired of waiting.
    process.once(signal, () => exit(1));
    void server.stop(DRAIN_DEADLINE).then(() => exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** A promise that a tool forgot must not end the other calls; an exception outside any call leaves an unknown state. */
function surviveStrayErrors(log: Logger): void {
  process.on("unhandledRejection", (error) => log.error("Unhandled rejection", { error }));
  process.on("uncaughtException", (error) => {
    log.error("Uncaught exception", { error });
    exit(1);
  });
}

async function main(): Promise<void> {
  let log = createLog({ write: output.write, level: "info" });
  surviveStrayErrors(log);
  try {
    const { host, port, logLevel } = readSettings(process.env);
    log = createLog({ write: output.write, level: logLevel });
    stopOnSignal(await startServer({ host, port, log }), log);
  } catch (error) {
    log.error(
      "The server could not start",
      error instanceof StartError ? { code: error.code, reason: error.message } : { error },
    );
    exit(1);
  }
}

void main();
