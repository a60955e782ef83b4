import { execFile, spawn } from "node:child_process";
import { readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { freshProject, ownPackages, pack, type Packed, repository } from "./packed";

const run = promisify(execFile);

describe("the sources in the packed tarball", () => {
  let packed: Packed;
  let project: string;

  beforeAll(async () => {
    packed = await pack();
    const used = ["@types/node", "cdktf", "constructs", "typescript", "undici-types"];
    project = realpathSync(await freshProject(packed.path, ownPackages("@cdktf/provider-aws", ...used)));
  }, 300_000);

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const own = (path: string): string => join(project, "node_modules/cdktf-agentcore", path);

  test("are all that its maps name", () => {
    const maps = packed.files.filter((path) => path.endsWith(".map"));
    const sources = maps.flatMap((path) => {
      const map = JSON.parse(readFileSync(own(path), "utf8")) as { readonly sources: readonly string[] };
      return map.sources.map((source) => join(dirname(path), source));
    });
    expect(maps).toEqual(expect.arrayContaining(["dist/constructs/library.js.map", "dist/constructs/index.d.ts.map"]));
    expect(sources.filter((path) => !packed.files.includes(path))).toEqual([]);
  });

  test("are where Node.js says that an error was thrown", async () => {
    writeFileSync(
      join(project, "fault.js"),
      `const { App, TerraformStack } = require("cdktf");
      const { OAuth2CredentialProvider, Runtime } = require("cdktf-agentcore");
      const stack = new TerraformStack(new App(), "stack");
      for (const fault of [
        () => new Runtime(stack, "x", { runtimeName: "9", agentRuntimeArtifact: Object.create({ bind() { throw new Error("own"); } }) }),
        () => new OAuth2CredentialProvider(stack, "y", {}, Object.create({ get problems() { throw new Error("own"); } })),
      ]) try { fault(); } catch ({ stack }) { console.log(stack); }`,
    );
    const { stdout } = await run(process.execPath, ["--enable-source-maps", "fault.js"], { cwd: project });
    const frames = [...stdout.matchAll(/^ +at (?:new )?([\w.]+).*\((.*\/constructs\/[^:]+\.ts):(\d+):(\d+)\)$/gm)];
    const told = frames.map(([, name, file = "", line, column]) => {
      const text = readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "";
      return { name, file: file.replace(own(""), ""), text: text.slice(Number(column) - 1) };
    });
    expect(told).toEqual([
      {
        name: "Runtime",
        file: "/constructs/runtime/runtime.ts",
        text: expect.stringContaining("agentRuntimeArtifact.bind(") as string,
      },
      {
        name: "OAuth2CredentialProvider",
        file: "/constructs/identity/oauth2-credential-provider.ts",
        text: expect.stringContaining(".problems") as string,
      },
    ]);
    expect(stdout).not.toContain("library.js");
  });

  test("are where an editor goes from what a program imports", async () => {
    const files = { constructs: "cdktf-agentcore", cdktn: "cdktf-agentcore/cdktn", server: "cdktf-agentcore/server" };
    const requests = Object.entries(files).flatMap(([file, entry]) => {
      const names = exportsOf(own(`dist/${file === "server" ? "server" : "constructs"}/index.d.ts`));
      const path = join(project, `${file}.ts`);
      writeFileSync(path, `import type {\n${names.map((name) => `${name},\n`).join("")}} from "${entry}";\n`);
      return names.map((name, index) => ({ name, file: path, line: index + 2, offset: 1 }));
    });
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { module: "NodeNext", strict: true, types: [] }, files: [] }),
    );
    const definitions = await definitionsOf(requests);
    const wrong = requests.filter(({ name }, index) => {
      const { file = "", line = 0 } = definitions[index] ?? {};
      const text = file.endsWith(".d.ts") ? "" : (readFileSync(file, "utf8").split("\n")[line - 1] ?? "");
      return !new RegExp(`\\b(class|interface|type|const|function) ${name}\\b`).test(text);
    });
    expect(requests.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  }, 120_000);
});

/** Names that an index of declarations exports. */
function exportsOf(path: string): string[] {
  const lists = [...readFileSync(path, "utf8").matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
  return lists.flatMap(([, list = ""]) =>
    list
      .split(",")
      .map((each) => each.trim().replace(/^type |^\w+ as /g, ""))
      .filter(Boolean),
  );
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

/** Where TypeScript's server, which editors ask, finds what stands at each place. */
async function definitionsOf(places: readonly Place[]): Promise<({ file: string; line: number } | undefined)[]> {
  const server = spawn(process.execPath, [
    join(repository, "node_modules/typescript/lib/tsserver.js"),
    "--disableAutomaticTypingAcquisition",
  ]);
  const send = (seq: number, command: string, args: object): void => {
    server.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
  };
  [...new Set(places.map(({ file }) => file))].forEach((file) => send(0, "open", { file }));
  places.forEach((place, index) => send(index + 1, "definition", place));
  const found: ({ file: string; line: number } | undefined)[] = [];
  for await (const text of createInterface({ input: server.stdout })) {
    if (!text.startsWith("{")) continue;
    const answer = JSON.parse(text) as Answer;
    if (answer.command !== "definition") continue;
    const [first] = answer.body ?? [];
    found[answer.request_seq - 1] = first && { file: first.file, line: first.start.line };
    if (answer.request_seq === places.length) break;
  }
  server.kill();
  return found;
}

interface Answer {
  readonly command?: string;
  readonly request_seq: number;
  readonly body?: readonly { readonly file: string; readonly start: { readonly line: number } }[];
}
