/** One run of the MCP server that stands for a runtime's container. */
export interface ServerRun {
  /** The base URL, once the server listens; rejects with a ServerStartError. */
  readonly url: Promise<string>;
  readonly hasEnded: boolean;
  /** Each of the calls that find a server dead may stop it. */
  stop(): Promise<void>;
}

export class ServerStartError extends Error {
  constructor(
    readonly reason: "start" | "initialization",
    message: string,
  ) {
    super(message);
    this.name = "ServerStartError";
  }
}
