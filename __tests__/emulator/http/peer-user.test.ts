import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate } from "../../support/article-stack";
import { testUnless } from "../../support/skip";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asAnother = testUnless(
  isRoot && process.platform === "linux" ? undefined : "only root on Linux can be another user",
);

let emulator: Emulator;
beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

/** A request of a program that some user runs, signed with keys that anybody can look up. */
async function statusFor(path: string, method: string, uid?: number): Promise<string> {
  const program = `
    const [url, method] = process.argv.slice(1);
    fetch(url, { method, body: method === "GET" ? undefined : "{}" }).then(
      async (answer) => console.log(answer.status, answer.headers.get("x-amzn-errortype") ?? await answer.text()));`;
  const child = spawn(process.execPath, ["-e", program, `${emulator.url}${path}`, method], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: "/",
    uid,
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return line;
}

const RUNTIMES = "/bedrock-agentcore-control.us-east-1.amazonaws.com/runtimes/";

asAnother("another user of the machine creates nothing that runs programs", async () => {
  expect(await statusFor(RUNTIMES, "PUT", NOBODY)).toBe("403 AccessDeniedException");
});

asAnother("another user comes as far as the signature where no program starts", async () => {
  expect(await statusFor(RUNTIMES, "GET", NOBODY)).not.toContain("AccessDeniedException");
});

test("the user who started the emulator comes as far as the signature", async () => {
  expect(await statusFor(RUNTIMES, "PUT")).toMatch(/^403 (MissingAuthenticationToken|IncompleteSignature)/);
});
