import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleServer, copyServer, ServerProcess } from "./support/server-process";
import { Buildah, listFiles } from "./support/image";
import { missing, testUnless } from "../support/skip";
import { callTool } from "./support/test-server";

const NON_ROOT = "65532";

const skipped =
  missing("buildah") ??
  (process.getuid?.() === 0 ? undefined : "building and entering a root file system needs root") ??
  missing("unshare", ["--mount", "true"]) ??
  missing("npm", ["ping"]);
const imageTest = testUnless(skipped);

let buildah: Buildah;
let image: string;
let base: string;

beforeAll(async () => {
  if (skipped === undefined) {
    buildah = await Buildah.start();
    buildah.buildServer();
    image = buildah.mount("localhost/server");
    base = buildah.mount("localhost/runtime-base");
  }
}, 300_000);

imageTest("the image is for linux/arm64 and runs the server as a user without rights", () => {
  const { Docker } = JSON.parse(buildah.run("inspect", "--type", "image", "localhost/server")) as {
    Docker: { architecture: string; os: string; config: Record<string, unknown> };
  };
  expect(Docker).toMatchObject({ architecture: "arm64", os: "linux" });
  expect(Docker.config).toMatchObject({
    User: `${NON_ROOT}:${NON_ROOT}`,
    Entrypoint: ["node", "/app/main.js"],
    ExposedPorts: { "8000/tcp": {} },
    WorkingDir: "/app",
  });
  expect(Docker.config["Env"]).toContain("NODE_ENV=production");
});

imageTest("the image adds two files to its base, the bundle, of less than 2 MB, and its bill of materials", () => {
  const inBase = new Set(listFiles(base));
  expect(listFiles(image).filter((file) => !inBase.has(file))).toStrictEqual(["app/main.cdx.json", "app/main.js"]);
  expect(statSync(join(image, "app/main.js")).size).toBeLessThan(2_000_000);
});

imageTest("the bundle in the image is the one that npm run build makes", () => {
  expect(codeOf(join(image, "app/main.js"))).toBe(codeOf(bundleServer(copyServer())));
});

imageTest("the server answers from the image's read-only file system as its own user", async () => {
  const enter = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec chroot --userspec=${NON_ROOT}:${NON_ROOT} "$0" "$@"`;
  const command = ["unshare", "--mount", "sh", "-c", enter, image, process.execPath, "/app/main.js"];
  const server = ServerProcess.start(command, { NODE_ENV: "production" });
  try {
    expect(await callTool(await server.url(), "add_numbers", { a: 5, b: 3 })).toMatchObject({
      result: { structuredContent: { result: 8 } },
    });
    const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).toBe(NON_ROOT);
    const mounts = readFileSync(`/proc/${server.child.pid}/mountinfo`, "utf8").split("\n");
    expect(mounts.some((mount) => / \/ \/ ro[, ]/.test(mount) || mount.includes(`${image} ro,`))).toBe(true);
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
  } finally {
    await server.kill();
  }
});

/** The bundle without the paths of the folders it was made from, and without its blanks, which paths move. */
function codeOf(file: string): string {
  return readFileSync(file, "utf8")
    .replace(/\\\n|\s/g, "")
    .replace(/"[^"]*?node_modules\//g, '"node_modules/');
}
