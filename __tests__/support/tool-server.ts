import type { ServerFunction } from "../../emulator";
import { createLog } from "../../server/log";
import { startServer, type StartOptions } from "../../server/start";
import type { Tool } from "../../server/tool";

/** The bundled server in this process, with a test's own tools. */
export function toolServer(tools: readonly Tool[], options: Pick<StartOptions, "sessions"> = {}): ServerFunction {
  return async (port) => {
    const server = await startServer({
      host: "127.0.0.1",
      port,
      log: createLog({ level: "error", write: () => undefined }),
      tools: tools.map((tool) => ({ file: `tools/${tool.name}.ts`, exports: { tool } })),
      ...options,
    });
    return () => server.stop(0);
  };
}
