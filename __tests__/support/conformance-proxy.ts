import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { bearer } from "./callers";

/** What the suite calls the tools of its server. */
const TARGETS_OWN = /^(test|json)_\w+$/;

export interface ConformanceProxy {
  readonly url: string;
  stop(): void;
}

/**
 * What stands between the conformance suite and a gateway: it adds the token, as the suite sends no headers of our
 * choice, and takes the target's name off the tools, as the suite calls them by theirs. All else passes as it is.
 */
export async function startConformanceProxy(
  gatewayUrl: string,
  token: string,
  targetName: string,
): Promise<ConformanceProxy> {
  const { port, pathname } = new URL(gatewayUrl);
  const target = `${targetName}___`;
  const prefix = `"name":"${target}`;
  const handle: RequestListener = (incoming, outgoing) => {
    void text(incoming).then((body) => {
      const headers = forwardedHeaders(incoming, `127.0.0.1:${port}`, token);
      const name = headers["mcp-name"];
      if (typeof name === "string") headers["mcp-name"] = name.replace(TARGETS_OWN, `${target}$&`);
      const named = body.replace(/(?<="name":")(test|json)_\w+(?=")/, `${target}$&`);
      const forwarded = request(
        { host: "127.0.0.1", port, path: pathname, method: incoming.method, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, withoutLength(answer.headers));
          // An event may ask what has to be answered before the next comes.
          createInterface(answer)
            .on("line", (line) => outgoing.write(`${line.replaceAll(prefix, '"name":"')}\n`))
            .on("close", () => outgoing.end());
        },
      );
      outgoing.on("close", () => forwarded.destroy());
      forwarded.end(named);
    });
  };
  const server = await listen(createServer(handle));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  return { url, stop: () => void server.close() };
}

/** The proxy's own host name becomes the gateway's; a foreign one is the gateway's to refuse. */
function forwardedHeaders(
  { headers, socket }: IncomingMessage,
  gatewayHost: string,
  token: string,
): IncomingHttpHeaders {
  const isOwn = headers.host?.endsWith(`:${socket.localPort}`) ?? false;
  return { ...withoutLength(headers), ...bearer(token), ...(isOwn && { host: gatewayHost }) };
}

/** Names change the length of a body. */
function withoutLength(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length"));
}

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
