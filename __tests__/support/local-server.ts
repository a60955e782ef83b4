import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { endAfterTests } from "./end-after-tests";

/** Serves HTTP on a free port of this machine, for as long as the test or the file runs. @returns the origin */
export async function serveLocally(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endAfterTests(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
