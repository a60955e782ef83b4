import { StartError } from "./errors";
import { createLog, type Logger } from "./log";
import { LogOutput } from "./log-output";
import { readSettings } from "./settings";
import { startServer, type RunningServer } from "./start";

/** Milliseconds for requests in flight after SIGTERM; container engines kill after 10 s. */
const GRACE = 8_000;

const output = new LogOutput(process.stdout);

function exit(code: number): never {
  output.flush();
  process.exit(code);
}

function stopOnSignal(server: RunningServer, log: Logger): void {
  const stop = (signal: NodeJS.Signals): void => {
    log.info("Stopping", { signal });
    // A second signal means that someone is tired of waiting.
    process.once(signal, () => exit(1));
    void server.stop(GRACE).then(() => exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** A promise that a tool forgot must not end the other calls; an exception outside any call leaves an unknown state. */
function surviveStrayErrors(log: Logger): void {
  // A tool may write to it, and a reader that is gone must not end the process.
  process.stderr.on("error", (error) => log.warn("Standard error is closed", { error }));
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
    const { host, port, logLevel, toolTimeout, sessions, stateKey } = readSettings(process.env);
    log = createLog({ write: output.write, level: logLevel });
    const server = await startServer({
      host,
      port,
      log,
      limits: { toolTimeout },
      sessions,
      ...(stateKey !== undefined && { stateKey }),
    });
    stopOnSignal(server, log);
  } catch (error) {
    log.error(
      "The server could not start",
      error instanceof StartError ? { code: error.code, reason: error.message } : { error },
    );
    exit(1);
  }
}

void main();
