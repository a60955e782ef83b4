import type { ServerFunction } from "../../emulator";
import { createLog, startServer } from "../../server";

/** The bundled MCP server within the test's process, where it needs no start of Node.js. It logs nothing. */
export const serverHere: ServerFunction = async (port) => {
  const log = createLog({ level: "error", write: () => undefined });
  const server = await startServer({ host: "127.0.0.1", port, log });
  return () => server.stop(0);
};
