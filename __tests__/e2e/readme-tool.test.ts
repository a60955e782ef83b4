import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { bundledServer } from "../../cli/bundled-server";
import { articleStack, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";

const repository = resolve(__dirname, "../..");

test("serves the README's tool through the gateway once its file is there, and nothing else has changed", async () => {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const [, name, source] = /```ts\n\/\/ server\/tools\/(\S+)\n(.+?)```/s.exec(readme) ?? [];
  const output = join(repository, "__tests__/.output");
  mkdirSync(output, { recursive: true });
  const copy = mkdtempSync(join(output, "server-"));
  cpSync(join(repository, "server"), copy, { recursive: true });
  writeFileSync(join(copy, "tools", String(name)), String(source));

  const { program, arguments: parameters } = bundledServer();
  const serverCommand = { program, arguments: [...parameters.slice(0, -1), join(copy, "main.ts")] };
  const emulator = await emulate(await articleStack(), { serverCommand });
  try {
    const call = toolsCall("m2m-auth-demo-mcp-target___subtract_numbers", { a: 5, b: 3 });
    const answer = await postMcp(outputOf(emulator, "gateway_url"), call, bearer(await signIn(emulator)));
    expect(answer).toMatchObject({
      status: 200,
      body: { result: { structuredContent: { result: 2 }, isError: false } },
    });
  } finally {
    await emulator.stop();
    rmSync(copy, { recursive: true });
  }
});
