import { copyFileSync, mkdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { Buildah } from "../server/support/image";
import { articleStack } from "../support/article-stack";
import { Command } from "../support/command";
import { missing, testUnless } from "../support/skip";

const skipped =
  missing("buildah") ??
  (process.getuid?.() === 0 ? undefined : "building and entering a root file system needs root") ??
  missing("unshare", ["--mount", "true"]) ??
  missing("npm", ["ping"]);
const imageTest = testUnless(skipped);

const USER = "65532:65532";
const PROGRAM = "/opt/emulator/node_modules/cdktf-agentcore/dist/cli/main.js";
const ENTER = `mkdir -p "$0/dev" && mount --bind "$0" "$0" && mount --rbind /dev "$0/dev" &&
mount -o remount,bind,ro "$0" && exec chroot --userspec=${USER} "$0" "$@"`;

let buildah: Buildah;
let root: string;

beforeAll(async () => {
  if (skipped !== undefined) return;
  buildah = await Buildah.start();
  buildah.buildEmulator();
  root = buildah.mount("localhost/emulator");
  mkdirSync(join(root, "stack"));
  copyFileSync(join(await articleStack(), "cdk.tf.json"), join(root, "stack/cdk.tf.json"));
}, 300_000);

/** What the emulator answers to a neighbour who knows it by a name. */
function ask(port: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path: "/_emulator/outputs", headers: { host } }, (answer) =>
      resolve(text(answer)),
    );
    asked.once("error", reject).end();
  });
}

imageTest("the image runs the command as a user without rights", () => {
  const { Docker } = JSON.parse(buildah.run("inspect", "--type", "image", "localhost/emulator")) as {
    Docker: { config: Record<string, unknown> };
  };
  const ports = { "4700/tcp": {} };
  expect(Docker.config).toMatchObject({ User: USER, Entrypoint: ["node", PROGRAM], ExposedPorts: ports });
});

imageTest(
  "it serves a stack from a read-only file system, for neighbours by the name that is allowed",
  async () => {
    const up = ["up", "/stack", "--port", "0", "--listen", "0.0.0.0", "--allow-host", "emulator"];
    // Options of tests name files that are not there.
    const environment = { NODE_OPTIONS: "" };
    const enter = ["--mount", "sh", "-c", ENTER, root];
    const command = new Command("unshare", [...enter, process.execPath, PROGRAM, ...up], environment);
    await command.says(/Ctrl-C/);
    const [, port = ""] = await command.says(/AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:(\d+)/);
    expect(await ask(port, `emulator:${port}`)).toContain(`"value":"http://emulator:${port}/m2m-auth-demo-gateway-`);
    expect(await ask(port, `other:${port}`)).toContain(
      "answers only to the host names 127.0.0.1, localhost and emulator",
    );
    command.interrupt();
    expect((await command.end()).status).toBe(0);
  },
  60_000,
);
