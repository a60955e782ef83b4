import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The two generations of MCP, by the version that a client of theirs speaks. */
export type Version = "2025-11-25" | "2026-07-28";

/** What 2026-07-28 puts into each request. */
const ENVELOPE = {
  headers: "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: add_numbers\r\n",
  meta: {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1.0.0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  },
};

/**
 * One kept-open connection that makes one call after the other. Written on the socket, since the HTTP client of Node
 * costs more than the bare handler it would measure.
 */
export class Connection {
  private received = "";
  private settle?: { resolve: (body: string) => void; reject: (error: Error) => void };

  private constructor(
    private readonly socket: Socket,
    private readonly port: number,
    private readonly version: Version,
  ) {
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => this.take(text));
    socket.on("error", (error) => this.settle?.reject(error));
    socket.on("close", () => this.settle?.reject(new Error("The server closed the connection")));
  }

  static async open(port: number, version: Version): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Connection(socket, port, version);
  }

  /** Calls `add_numbers`. @throws Error when the answer is not the sum. */
  async add(a: number, b: number): Promise<number> {
    const stateless = this.version === "2026-07-28";
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: a,
      method: "tools/call",
      params: { name: "add_numbers", arguments: { a, b }, ...(stateless && { _meta: ENVELOPE.meta }) },
    });
    const answer = new Promise<string>((resolve, reject) => (this.settle = { resolve, reject }));
    this.socket.write(
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nContent-Type: application/json\r\n` +
        `Accept: application/json, text/event-stream\r\n${stateless ? ENVELOPE.headers : ""}` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    const text = await answer;
    const sum = /"result": ?(-?\d+)/.exec(text)?.[1];
    if (Number(sum) !== a + b) throw new Error(`Wrong answer to ${a} + ${b}: ${text}`);
    return a + b;
  }

  close(): void {
    this.settle = undefined;
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const end = bodyEnd(this.received, headEnd + 4);
    if (end !== undefined) {
      const body = this.received.slice(headEnd + 4, end);
      this.received = this.received.slice(end);
      this.settle?.resolve(body);
    }
  }
}

/** Where the body of the first response ends, once it is all there. */
function bodyEnd(text: string, bodyStart: number): number | undefined {
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, bodyStart))?.[1];
  if (length !== undefined) {
    const end = bodyStart + Number(length);
    return text.length >= end ? end : undefined;
  }
  const lastChunk = text.indexOf("0\r\n\r\n", bodyStart - 2);
  return lastChunk < 0 ? undefined : lastChunk + 5;
}

/** One call on a connection of its own. */
export async function call(port: number, version: Version, a: number, b: number): Promise<number> {
  const connection = await Connection.open(port, version);
  try {
    return await connection.add(a, b);
  } finally {
    connection.close();
  }
}
