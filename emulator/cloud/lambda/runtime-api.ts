import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { unicodeEscape } from "../../../topology";

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** JSON; what the caller says beside the event. */
  readonly clientContext: string;
  readonly functionArn: string;
  /** The process takes it on. @returns until when it has to be done, in milliseconds since the epoch */
  begin(): number;
  /** @param payload JSON */
  succeed(payload: string): void;
  fail(errorType: string, errorMessage: string): void;
}

const VERSION = "/2018-06-01/runtime";
/** Lambda developer guide, "gettingstarted-limits": 6 MB of a synchronous answer. */
const MOST_RESPONSE_BYTES = 6_291_556;

/**
 * The Lambda runtime API: a function's process asks for its next invocation and posts the result, one at a time.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly server: Server;
  /** The process, while it asks for work that is not there. */
  private idle?: ServerResponse;
  private waiting?: Invocation;
  private current?: Invocation;

  constructor(
    private readonly onInitError: (reason: string) => void,
    private readonly onReady: () => void = () => undefined,
  ) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  /** @returns `HOST:PORT`, the value of `AWS_LAMBDA_RUNTIME_API` */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this.host;
  }

  private get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The one before has to be done. */
  invoke(invocation: Invocation): void {
    this.waiting = invocation;
    this.dispatch();
  }

  /** Ends the API; an invocation that waits or is under way fails. */
  close(errorType: string, errorMessage: string): void {
    this.server.close();
    this.server.closeAllConnections();
    (this.current ?? this.waiting)?.fail(errorType, errorMessage);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== this.host || isOfBrowser(request)) return void response.writeHead(403).end();
    const path = request.url?.startsWith(VERSION) ? request.url.slice(VERSION.length) : "";
    if (request.method === "GET" && path === "/invocation/next") {
      this.onReady();
      this.idle = response;
      this.dispatch();
      return;
    }
    const body = await text(request);
    const { current } = this;
    const [, requestId, outcome] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const isKnown = path === "/init/error" || (requestId !== undefined && requestId === current?.requestId);
    if (request.method !== "POST" || !isKnown) return void response.writeHead(404).end();
    // Done, whatever it says: what the process does before it asks for the next concerns this one no more.
    if (outcome !== undefined) this.current = undefined;
    const size = Buffer.byteLength(body);
    if (outcome === "response" && size > MOST_RESPONSE_BYTES) {
      current?.fail("Function.ResponseSizeTooLarge", explainSize(size));
      return void response.writeHead(413).end();
    }
    if (outcome === "response") current?.succeed(body);
    else {
      const { errorType, errorMessage } = readError(body);
      if (outcome === "error") current?.fail(errorType, errorMessage);
      else this.onInitError(`${errorType}: ${errorMessage}`);
    }
    response.writeHead(202).end();
  }

  private dispatch(): void {
    const { idle: response, waiting: invocation } = this;
    if (!response || !invocation) return;
    this.idle = undefined;
    this.waiting = undefined;
    this.current = invocation;
    response.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": invocation.requestId,
      "lambda-runtime-deadline-ms": String(invocation.begin()),
      "lambda-runtime-invoked-function-arn": invocation.functionArn,
      "lambda-runtime-client-context": inAscii(invocation.clientContext),
    });
    response.end(invocation.event);
  }
}

/** A web page that finds the port would otherwise take events from the function. */
function isOfBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
}

/** The same JSON with its other characters escaped: names of tools may hold any, header fields may not. */
function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, unicodeEscape);
}

function explainSize(bytes: number): string {
  return `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`;
}

function readError(body: string): { errorType: string; errorMessage: string } {
  try {
    const { errorType = "Error", errorMessage = "" } = JSON.parse(body) as Record<string, unknown>;
    return { errorType: String(errorType), errorMessage: String(errorMessage) };
  } catch {
    return { errorType: "Error", errorMessage: body.slice(0, 500) };
  }
}
