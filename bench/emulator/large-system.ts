import { join } from "node:path";

import { bentResources, emulate, outputOf } from "../../__tests__/support/article-stack";
import { bearer, postMcp, signIn } from "../../__tests__/support/callers";

export interface LargeSystem {
  /** Milliseconds from reading the configuration until every target is READY. */
  readonly boot: number;
  /** Milliseconds of each page of `tools/list`. */
  readonly pages: readonly number[];
}

/** The article's gateway with so many targets, whose server has 100 tools. */
export async function measureLargeSystem(targets: number): Promise<LargeSystem> {
  const folder = await bentResources((resources) => {
    const all = resources["aws_bedrockagentcore_gateway_target"] ?? {};
    for (let i = 1; i < targets; i++) all[`target_${i}`] = { ...all["mcp_server"], name: `target-${i}` };
  });
  const serverCommand = { program: process.execPath, arguments: [join(__dirname, "many-tools.mjs")] };
  const begunAt = performance.now();
  const emulator = await emulate(folder, { serverCommand });
  const boot = performance.now() - begunAt;

  const headers = bearer(await signIn(emulator));
  const url = outputOf(emulator, "gateway_url");
  const pages: number[] = [];
  for (let round = 0; round < 3; round++) {
    let cursor: string | undefined;
    do {
      const before = performance.now();
      const { body } = await postMcp(url, { jsonrpc: "2.0", id: 1, method: "tools/list", params: { cursor } }, headers);
      pages.push(performance.now() - before);
      cursor = (body as { result: { nextCursor?: string } }).result.nextCursor;
    } while (cursor !== undefined);
  }
  await emulator.stop();
  return { boot, pages };
}
