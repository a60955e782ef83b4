/** What the command was given cannot be used: one sentence for the terminal, exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Why the system refused, for example `ENOENT`. */
export function systemCode(error: unknown): string {
  // No instanceof: in another realm, as under test, the system's errors are of another class.
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}

/** The command worked and its subject did not: one sentence for the terminal, exit status 1. */
export class CommandFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CommandFailure";
  }
}

/** What is said where nothing listens. */
export function noEmulator(port: number): CommandFailure {
  return new CommandFailure(
    `No emulator answers on port ${port}: start one with cdktf-agentcore up, or name its port with --port.`,
  );
}
