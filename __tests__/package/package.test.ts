import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { testUnless } from "../support/skip";
import { freshProject, pack, type Packed, repository } from "./packed";
import { ATTW, installPackageTools, PUBLINT } from "./package-tools";

const run = promisify(execFile);

/** The rules of the project for what a release may weigh. */
const MAX_UNPACKED_SIZE = 2_000_000;

const judged = testUnless(installPackageTools());

describe("the packed tarball", () => {
  let folder: string;
  let packed: Packed;
  let project: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "packed-"));
    packed = await pack(folder);
    project = await freshProject(packed.path);
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(project, { recursive: true, force: true });
  });

  const node = async (...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const { stdout } = await run(process.execPath, args, { cwd: project, env });
    return stdout.trim();
  };
  const synthesized = (): string => readFileSync(join(project, "cdktf.out/stacks/consumer/cdk.tf.json"), "utf8");

  it("weighs less than 2 MB", () => {
    process.stderr.write(`Unpacked: ${packed.unpackedSize} bytes in ${packed.files.length} files\n`);
    expect(packed.unpackedSize).toBeLessThan(MAX_UNPACKED_SIZE);
  });

  it("holds what the image is built from, and nothing of the tests", () => {
    expect(packed.files).toEqual(
      expect.arrayContaining(["Dockerfile", ".dockerignore", "server/bundle-lock.json", "server/main.ts"]),
    );
    expect(packed.files.filter((file) => /^__tests__|^examples|^bench|tsbuildinfo$/.test(file))).toEqual([]);
  });

  it("is used from TypeScript", async () => {
    const compilerOptions = { module: "node16", strict: true, skipLibCheck: false, target: "ES2022", types: ["node"] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["stack.ts"] }));
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    await node(compiler, "-p", "tsconfig.json").catch(({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    });
    expect(await node("stack.js")).toBe("typescript true");
  }, 120_000);

  it("is used from an ES module, with the server as it comes", async () => {
    expect(await node("stack.mjs")).toBe("esm function add_numbers,greet_user,multiply_numbers");
    expect(synthesized()).toContain('"consumer-gateway"');
  });

  it("is used from CommonJS, and keeps its insides to itself", async () => {
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };
    expect(await node("stack.cjs")).toBe(`commonjs function function ${version} ERR_PACKAGE_PATH_NOT_EXPORTED`);
  });

  it("puts a build context into the stack that is whole", () => {
    const [, context = ""] = /"CONTEXT": "([^"]+)"/.exec(synthesized()) ?? [];
    const file = (name: string) => join(project, "cdktf.out/stacks/consumer", context, name);
    expect(
      ["Dockerfile", "server/bundle-lock.json", "server/bundle.mjs", "server/main.ts"].filter(
        (name) => !existsSync(file(name)),
      ),
    ).toEqual([]);
  });

  it("has a command that walks through the stack with the bundled server", async () => {
    const command = join("node_modules", "cdktf-agentcore", "dist/cli/main.js");
    const output = await node(command, "up", "cdktf.out", "--walk", "--once", "--port", "0");
    expect(output).toContain("add_numbers");
  }, 60_000);

  judged(
    "has no fault that publint or attw finds",
    async () => {
      const publint = await run(process.execPath, [PUBLINT, "--strict", join(project, "node_modules/cdktf-agentcore")]);
      expect(publint.stdout).toContain("All good!");
      // node10 knows no subpaths in exports; Node.js has not needed it since version 12.
      await run(process.execPath, [ATTW, packed.path, "--profile", "node16", "--no-emoji"]).catch(
        ({ stdout }: { stdout: string }) => {
          throw new Error(stdout);
        },
      );
    },
    120_000,
  );
});
