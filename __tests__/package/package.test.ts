import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync, mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expectExcerpt } from "../support/excerpts";
import { missing, testUnless } from "../support/skip";
import { commitWithHook, npmCache, npxFolder, runAction } from "./ci";
import { linkCommand, testsOfGuide } from "./guide";
import {
  addedPackages,
  freshProject,
  ownPackages,
  pack,
  type Packed,
  readmeProgram,
  repository,
  STOCK_COMPILER_OPTIONS,
} from "./packed";
import { makesStacks } from "./stacks";
import {
  ATTW,
  compilerOf,
  installCompilers,
  installPackageTools,
  installVitest,
  PUBLINT,
  quickCompiler,
  TS_NODE,
  VITEST,
} from "./package-tools";
import { temporaryFolder } from "../support/temporary-folder";

const run = promisify(execFile);

/** The rules of the project for what a release may weigh. */
const MAX_UNPACKED_SIZE = 2_600_000;
const MAX_ADDED_PACKAGES = 25;

const STRICT = { ...STOCK_COMPILER_OPTIONS, module: "NodeNext", skipLibCheck: false };

const judged = testUnless(installPackageTools());
const compiled = testUnless(installCompilers());
const testedByVitest = testUnless(installVitest());
const testedByPytest = testUnless(missing("pytest"));

describe("the packed tarball", () => {
  let folder: string;
  let packed: Packed;
  let project: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    packed = await pack();
    const used = ["@types/node", "cdktf", "constructs", "jest", "typescript", "undici-types"];
    project = await freshProject(packed.path, ownPackages("@cdktf/provider-aws", "@modelcontextprotocol/sdk", ...used));
  }, 300_000);

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const node = async (...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const { stdout } = await run(process.execPath, args, { cwd: project, env });
    return stdout.trim();
  };
  const compile = async (
    compiler: readonly string[],
    compilerOptions: object,
    { files = ["stack.ts"], options = [] as readonly string[] } = {},
  ): Promise<void> => {
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    await node(...compiler, "-p", "tsconfig.json", ...options).catch(({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    });
  };
  const file = (path: string): string => readFileSync(join(project, "node_modules/cdktf-agentcore", path), "utf8");
  const synthesized = (): string => readFileSync(join(project, "cdktf.out/stacks/consumer/cdk.tf.json"), "utf8");

  test("weighs at most 2.6 MB and brings at most 25 packages along", () => {
    process.stderr.write(`Unpacked: ${packed.unpackedSize} bytes in ${packed.files.length} files\n`);
    expect(packed.unpackedSize).toBeLessThanOrEqual(MAX_UNPACKED_SIZE);
    expect(addedPackages().length).toBeLessThanOrEqual(MAX_ADDED_PACKAGES);
  });

  test("has the licences of what its programs hold, and maps to sources that it has", () => {
    expect(file("dist/THIRD-PARTY-NOTICES.txt")).toMatch(
      /@modelcontextprotocol\/sdk [\d.]+ \(MIT\)[^]*zod [\d.]+ \(MIT\)/,
    );
    const maps = packed.files.filter((path) => /^dist\/server\/.*\.d\.ts\.map$/.test(path));
    expect(maps).toEqual(expect.arrayContaining(["dist/server/index.d.ts.map"]));
    const sources = maps.flatMap((path) =>
      (JSON.parse(file(path)) as { sources: string[] }).sources.map((source) => join(dirname(path), source)),
    );
    const isBundled = (path: string) => /node_modules|^(topology|review)\//.test(path);
    expect(sources.filter((path) => !isBundled(path) && !packed.files.includes(path))).toEqual([]);
  });

  test("has a manifest that does nothing when it is installed", () => {
    const { scripts } = JSON.parse(file("package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
  });

  test("holds what the image is built from, and nothing of the tests", () => {
    expect(packed.files).toEqual(
      expect.arrayContaining(["Dockerfile", ".dockerignore", "server/bundle-lock.json", "server/main.ts"]),
    );
    expect(packed.files.filter((file) => /^__tests__|^examples|^bench|tsbuildinfo$/.test(file))).toEqual([]);
  });

  // The SDK's declarations name types of browsers.
  const WITH_BROWSERS = { ...STRICT, lib: ["ES2022", "DOM"] };

  test("is used from TypeScript whose compiler looks into the declarations", async () => {
    const files = ["stack.ts", "system.ts"];
    await compile([join(__dirname, "check-declarations.mjs")], WITH_BROWSERS, { files });
    expect(await node("stack.js")).toBe("typescript true");
  }, 300_000);

  test("is used from TypeScript whose compiler looks into those of all packages", async () => {
    const files = ["stack.ts", "system.ts"];
    await compile(quickCompiler(), WITH_BROWSERS, { files, options: ["--noEmit", "--skipDefaultLibCheck"] });
  }, 300_000);

  compiled(
    "is used without the types of browsers by a program of constructs",
    () => compile(compilerOf("7.0"), STRICT, { options: ["--noEmit"] }),
    120_000,
  );

  compiled.each(["5.4", "6.0", "7.0"] as const)(
    "is used from TypeScript %s with the options that cdktf init writes",
    (version) => {
      const files = ["stack.ts", "system.ts"];
      return compile(compilerOf(version), STOCK_COMPILER_OPTIONS, { files, options: ["--noEmit"] });
    },
    120_000,
  );

  compiled(
    "runs the README's program through ts-node and tsx, to the same bytes",
    async () => {
      const stack = async (...command: readonly string[]) => {
        await node(...command);
        return readFileSync(join(project, "cdktf.out/stacks/demo/cdk.tf.json"), "utf8");
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: STOCK_COMPILER_OPTIONS }));
      writeFileSync(join(project, "main.ts"), readmeProgram());
      const expected = await stack(TS_NODE, "main.ts");
      expect(expected).toContain("aws_bedrockagentcore_gateway");
      expect(await stack(require.resolve("tsx/cli"), "main.ts")).toBe(expected);
    },
    120_000,
  );

  test("is used from an ES module, with the server as it comes", async () => {
    expect(await node("stack.mjs")).toBe("esm function add_numbers,greet_user,multiply_numbers");
    expect(synthesized()).toContain('"demo-gateway"');
  });

  test("is used from CommonJS, and keeps its insides to itself", async () => {
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };
    expect(await node("stack.cjs")).toBe(`commonjs function function ${version} ERR_PACKAGE_PATH_NOT_EXPORTED`);
  });

  test("makes stacks of existing pools, VPCs, two systems in either order, Okta, archives and policies", async () => {
    await makesStacks("cdktf", project, process.execPath);
  }, 60_000);

  test("puts a build context into the stack that is whole", () => {
    const [, context = ""] = /"CONTEXT": "([^"]+)"/.exec(synthesized()) ?? [];
    const path = (name: string) => join(project, "cdktf.out/stacks/consumer", context, name);
    expect(
      ["Dockerfile", "server/bundle-lock.json", "server/bundle.mjs", "server/main.ts"].filter(
        (name) => !existsSync(path(name)),
      ),
    ).toEqual([]);
  });

  test("has a command that walks through the stack with the bundled server", async () => {
    const command = join("node_modules", "cdktf-agentcore", "dist/cli/main.js");
    const output = await node(command, "up", "cdktf.out", "--walk", "--once", "--port", "0");
    expect(output).toContain("add_numbers");
  }, 60_000);

  /** Runs a program of a test runner in the folder, and shows what it writes where it fails. */
  const runTests = async (folder: string, ...command: readonly [string, ...string[]]): Promise<string> => {
    const [program, ...args] = command;
    const { stdout, stderr } = await run(program, args, { cwd: folder }).catch(
      (ended: Record<"stdout" | "stderr", string>) => {
        throw new Error(ended.stdout + ended.stderr);
      },
    );
    return stdout + stderr;
  };

  test("boots a stack in a test of Jest, as the guide shows, and ends with it", async () => {
    const tests = testsOfGuide(project, "jest", ["sum.test.js", "jest.config.js"]);
    const jest = require.resolve("jest/bin/jest");
    expect(await runTests(tests, process.execPath, jest, "--ci", "--testTimeout=60000")).toContain("1 passed, 1 total");
  }, 60_000);

  testedByVitest(
    "boots eight stacks at once in tests of Vitest",
    async () => {
      const files = ["greet.test.mjs", "vitest.config.mjs"];
      const tests = testsOfGuide(project, "vitest", files);
      // Four in each of two processes.
      const example = readFileSync(join(tests, "greet.test.mjs"), "utf8");
      const four = example.replace(/^test\([^]*/m, (one) => one.repeat(4));
      for (const name of ["greet.test.mjs", "greet-again.test.mjs"]) writeFileSync(join(tests, name), four);
      const options = ["--no-color", "--maxWorkers=2", "--sequence.concurrent", "--testTimeout=60000"];
      const told = await runTests(tests, process.execPath, VITEST, "run", ...options);
      expect(told).toMatch(/Tests +8 passed/);
    },
    120_000,
  );

  testedByPytest(
    "boots a stack for pytest by its command",
    async () => {
      const tests = testsOfGuide(project, "pytest", ["conftest.py", "test_sum.py"]);
      linkCommand(project, tests);
      const pytest = spawn("pytest", ["-q", "-p", "no:cacheprovider"], { cwd: tests, detached: true });
      let told = "";
      pytest.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
      await once(pytest, "close");
      expect(told).toContain("1 passed");
      // Nothing is left of its group.
      expect(() => process.kill(-(pytest.pid ?? NaN), 0)).toThrow("ESRCH");
    },
    120_000,
  );

  const NAMES_ITS_ENDPOINT = `resource "aws_bedrockagentcore_gateway_target" "tools" {
  name               = "tools"
  gateway_identifier = "g-0123456789"
  target_configuration {
    mcp {
      mcp_server { endpoint = "http://tools.example.com/mcp" }
    }
  }
}
`;
  const repositoryOf = (hcl: string): string => {
    const workspace = mkdtempSync(join(folder, "workspace-"));
    writeFileSync(join(workspace, "main.tf"), hcl);
    return workspace;
  };

  test("reviews a repository as an action of GitHub, with a summary, SARIF and the exit status", () => {
    const workspace = repositoryOf(NAMES_ITS_ENDPOINT);
    const inputs = { package: packed.path, arguments: "--skip=gateway-open\n--skip=self-sign-up" };
    const { status, log, summary, outputs } = runAction(workspace, inputs);
    expect({ status, log }).toEqual({ status: 1, log: expect.stringContaining("endpoint-not-https") as string });
    expect(log).not.toMatch(/^\s*::/m);
    const [shown = ""] = summary.split("\n#### ");
    expectExcerpt("docs/review.md", "action", `\`\`\`markdown\n${shown.trimEnd()}\n\`\`\``);
    expect(outputs).toBe("status=1\nsarif-file=cdktf-agentcore.sarif\n");
    const sarif = JSON.parse(readFileSync(join(workspace, "cdktf-agentcore.sarif"), "utf8")) as {
      runs: { results: { locations: object[] }[] }[];
    };
    expect(sarif.runs[0]?.results[0]?.locations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: "main.tf" }, region: { startLine: 1 } },
    });
  }, 120_000);

  test("runs with npx where there is no project of Node.js, without CDKTF", async () => {
    const workspace = repositoryOf(NAMES_ITS_ENDPOINT);
    const args = ["--yes", "--prefer-offline", "--package", packed.path, "cdktf-agentcore", "review", "."];
    const cache = npmCache();
    const env = { ...process.env, npm_config_cache: cache };
    const { status, stdout } = spawnSync("npx", args, { cwd: workspace, env, encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining("main.tf:1\n") as string });
    const installed = npxFolder(cache);
    expect(existsSync(join(installed, "node_modules/cdktf-agentcore"))).toBe(true);
    expect(existsSync(join(installed, "node_modules/cdktf"))).toBe(false);

    // As the hook of pre-commit, which puts the command on the PATH.
    const bin = join(installed, "node_modules/.bin");
    const refused = commitWithHook(workspace, bin);
    expect(refused.status).toBe(1);
    const [, told = ""] = (refused.stdout + refused.stderr).split(/(?=Findings\n)/);
    expectExcerpt("docs/review.md", "hook", `\`\`\`console\n$ git commit -qm Change\n${told.trimEnd()}\n\`\`\``);
    writeFileSync(join(workspace, "main.tf"), NAMES_ITS_ENDPOINT.replace("http:", "https:"));
    expect(commitWithHook(workspace, bin).status).toBe(0);
  }, 120_000);

  judged(
    "has no fault that publint or attw finds",
    async () => {
      const publint = await run(process.execPath, [PUBLINT, packed.path, "--strict"]);
      expect(publint.stdout).toContain("All good!");
      await run(process.execPath, [ATTW, packed.path, "--no-emoji"]).catch(({ stdout }: { stdout: string }) => {
        throw new Error(stdout);
      });
    },
    120_000,
  );
});
