import dockerignore from "@balena/dockerignore";
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { copyServer } from "./support/server-process";

const ROOT = join(__dirname, "../..");

const context = dockerignore().add(readFileSync(join(ROOT, ".dockerignore"), "utf8"));

test.each([
  "Dockerfile",
  "server/main.ts",
  "server/http/server.ts",
  "server/tools/new-tool.ts",
  "server/bundle-lock.json",
])("the image's content includes %s", (path) => {
  expect(context.ignores(path)).toBe(false);
});

test.each([
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "README.md",
  "main.ts",
  "constructs/index.ts",
  "__tests__/server/image.test.ts",
  "node_modules/zod/package.json",
  "dist/server/main.js",
  ".git/HEAD",
  "server/bundle-lock.mjs",
  "server/base-images.mjs",
])("a change of %s leaves the image's content alone", (path) => {
  expect(context.ignores(path)).toBe(true);
});

test("server/bundle-lock.json pins what package-lock.json pins (else: npm run lock:server)", () => {
  const folder = copyServer();
  symlinkSync(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
  execFileSync(process.execPath, ["server/bundle-lock.mjs"], { cwd: folder });
  const made = readFileSync(join(folder, "server/bundle-lock.json"), "utf8");
  expect(made).toBe(readFileSync(join(ROOT, "server/bundle-lock.json"), "utf8"));
});

test("server/bundle-lock.json names every package with its version and checksum", () => {
  const lock = JSON.parse(readFileSync(join(ROOT, "server/bundle-lock.json"), "utf8")) as {
    packages: Record<string, { version?: string; integrity?: string; dependencies?: Record<string, string> }>;
  };
  const { "": root, ...packages } = lock.packages;
  expect(Object.keys(root?.dependencies ?? {})).toStrictEqual([
    "@cyclonedx/cyclonedx-library",
    "@modelcontextprotocol/sdk",
    "esbuild",
    "zod",
  ]);
  expect(Object.values(packages).every(({ version, integrity }) => version && integrity?.startsWith("sha512-"))).toBe(
    true,
  );
});
