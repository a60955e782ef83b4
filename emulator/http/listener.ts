import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { pipeline, type Duplex } from "node:stream";

import { HttpHeaders, isStream, type HttpResponse, type Peer } from "../cloud/network/http-message";
import { readUrl } from "../cloud/network/read-url";
import type { Eventual } from "../eventual";
import { problem } from "./answers";
import { isOfThisUser } from "./peer-user";

/** The caller went away, or sent what is no HTTP: nobody waits for an answer, or only for a refusal. */
class RequestError extends Error {}

/** A request from outside whose body is still to come. */
export class IncomingRequest implements Peer {
  readonly location: URL;
  readonly headers: HttpHeaders;
  private leaving?: AbortController;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
  ) {
    this.location = locate(incoming);
    this.headers = new HttpHeaders(incoming.headers);
  }

  get method(): string {
    return this.incoming.method ?? "";
  }

  get url(): string {
    return this.location.href;
  }

  /** Made when it is asked for, as it costs more than much of what a call passes. */
  get gone(): AbortSignal {
    if (this.leaving) return this.leaving.signal;
    const leaving = (this.leaving = new AbortController());
    const { outgoing } = this;
    const leave = () => void (outgoing.writableFinished || leaving.abort());
    if (outgoing.destroyed) leave();
    else outgoing.once("close", leave);
    return leaving.signal;
  }

  /** Whether a program of the same user sent it. */
  isOfThisUser(): Promise<boolean> {
    return isOfThisUser(this.incoming.socket);
  }

  /** @returns undefined where the body is longer than the limit; the rest of it is not kept then */
  readBody(limit: number): Promise<Buffer | undefined> {
    const declared = this.headers.get("content-length");
    if (declared !== null && Number(declared) > limit) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const take = (chunk: Buffer): void => {
        length += chunk.length;
        if (length <= limit) return void chunks.push(chunk);
        this.incoming.off("data", take).resume();
        resolve(undefined);
      };
      this.incoming.on("data", take);
      this.incoming.once("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
      this.incoming.once("error", (error) => reject(new RequestError(error.message)));
    });
  }
}

/** How long a request's header fields may be together, in bytes: as the bundled MCP server takes them. */
const MOST_HEADER_BYTES = 65_536;

/** A server of the handler's answers, whose own refusals are sentences too. */
export function httpServer(
  handle: (request: IncomingRequest) => Eventual<HttpResponse>,
  log: (line: string) => void,
): Server {
  const options = { maxHeaderSize: MOST_HEADER_BYTES, requireHostHeader: false };
  return createServer(options, listener(handle, log))
    .on("checkExpectation", (_, outgoing: ServerResponse) =>
      send(problem(417, "No expectation is met but 100-continue."), outgoing),
    )
    .on("connect", (_, socket) => refuse(socket, 405, "The emulator is no proxy."))
    .on("clientError", (error, socket) => refuse(socket, ...explainParser(error)));
}

/** Without a request that could be parsed there is nothing but the connection to answer on. */
function refuse(socket: Duplex, status: number, message: string): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ message });
  const fields = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${fields}\r\n\r\n${body}`);
}

/** The statuses are those that Node gives by itself. */
function explainParser(error: NodeJS.ErrnoException): [status: number, message: string] {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return [431, `The header fields are longer than ${MOST_HEADER_BYTES} bytes.`];
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return [413, "The chunk extensions are too long."];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [408, "The request did not come to its end in time."];
    default:
      return [400, `The request is no HTTP: ${error.message}.`];
  }
}

function listener(
  handle: (request: IncomingRequest) => Eventual<HttpResponse>,
  log: (line: string) => void,
): RequestListener {
  const explain = (error: unknown): HttpResponse => {
    if (error instanceof RequestError) return problem(400, error.message);
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return problem(500, "The emulator failed on this request; its log says why.");
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      send(await handle(new IncomingRequest(incoming, outgoing)), outgoing);
    } catch (error) {
      send(explain(error), outgoing);
    }
  };
  return (incoming, outgoing) => void answer(incoming, outgoing);
}

/** Fields that a server behind the emulator meant for its own connection (RFC 9110, section 7.6.1), or that are made anew. */
const OF_THE_CONNECTION = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "content-length",
  "date",
];

function send({ status, headers, body }: HttpResponse, outgoing: ServerResponse): void {
  if (isStream(body)) {
    outgoing.writeHead(status, headers.toRecord(OF_THE_CONNECTION));
    // Either side may go away at any time: both are closed then, and nobody is left to be told.
    pipeline(body, outgoing, () => undefined);
    return;
  }
  const fields = headers.toRecord(OF_THE_CONNECTION);
  if (status !== 204) fields["content-length"] = String(Buffer.byteLength(body));
  outgoing.writeHead(status, fields);
  outgoing.end(body);
}

/** The target is a path, or as proxies are asked a URL; a server-wide `*` means nothing here. */
function locate({ url = "" }: IncomingMessage): URL {
  try {
    return readUrl(url.startsWith("/") ? `http://127.0.0.1${url}` : url);
  } catch {
    throw new RequestError(`The request's target ${JSON.stringify(url)} is no path.`);
  }
}
