/** One run of the MCP server that stands for a runtime's container. */
export interface ServerRun {
  /** The base URL, once the server listens; rejects with a ContainerError. */
  readonly url: Promise<string>;
  readonly hasEnded: boolean;
  /** Each of the calls that find a server dead may stop it. */
  stop(): Promise<void>;
}

/** What of the container is missing: a running process, one that listens, or its answer. */
export class ContainerError extends Error {
  constructor(
    readonly reason: "start" | "initialization" | "answer",
    message: string,
  ) {
    super(message);
    this.name = "ContainerError";
  }
}
