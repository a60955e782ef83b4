import { once } from "node:events";
import { createServer, type Server } from "node:http";

import { isLoopback } from "../../emulator/address";
import { CommandFailure, systemCode, UsageError } from "../errors";

/** Long enough to find a password, and no more: nobody may come back at all. */
const WAIT_MS = 5 * 60_000;

/** Waits on this machine for a browser to come back from signing in. */
export class RedirectListener {
  private constructor(
    private readonly redirectUri: URL,
    private readonly server: Server,
  ) {}

  /** @throws UsageError for a URL that does not lead to this machine, CommandFailure where its port is taken */
  static async open(redirectUri: URL): Promise<RedirectListener> {
    const { protocol, hostname, port, href } = redirectUri;
    if (protocol !== "http:" || !isLoopback(redirectUri)) {
      throw new UsageError(
        `The browser cannot come back to ${href}: give a URL such as http://localhost:8976/callback.`,
      );
    }
    const server = createServer();
    server.listen(port === "" ? 80 : Number(port), hostname.replace(/[[\]]/g, ""));
    try {
      await once(server, "listening");
    } catch (error) {
      throw new CommandFailure(
        `Nobody can wait at ${href} for the browser (${systemCode(error)}): name another of the client's callback URLs with --redirect-uri.`,
      );
    }
    return new RedirectListener(redirectUri, server);
  }

  /** The authorization code that comes with the state. @throws CommandFailure where the sign-in is refused, or nobody comes */
  code(state: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new CommandFailure("Nobody signed in within 5 minutes.")), WAIT_MS);
      this.server.on("request", ({ url = "/" }, response) => {
        const location = new URL(url, this.redirectUri);
        const [code, error] = [location.searchParams.get("code"), location.searchParams.get("error")];
        const isAnswer =
          location.pathname === this.redirectUri.pathname && location.searchParams.get("state") === state;
        const isUsable = isAnswer && (code !== null || error !== null);
        response.writeHead(isUsable ? 200 : 404, { "content-type": "text/plain; charset=utf-8", connection: "close" });
        if (!isUsable) return void response.end("There is nothing here.\n");
        clearTimeout(timer);
        response.end(
          code === null ? `The sign-in was refused: ${error}.\n` : "Signed in. You can close this window.\n",
        );
        if (code === null) reject(new CommandFailure(`The sign-in was refused: ${printable(error ?? "")}.`));
        else resolve(code);
      });
    });
  }

  close(): void {
    this.server.close();
    this.server.closeIdleConnections();
  }
}

/** Without what would move a terminal's cursor: anybody may call here. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 200);
}
