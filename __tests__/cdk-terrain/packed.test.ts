import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { freshProject, ownPackages, pack, readmeProgram, repository, STOCK_COMPILER_OPTIONS } from "../package/packed";
import { quickCompiler } from "../package/package-tools";
import { makesStacks } from "../package/stacks";
import { cdkTerrain, installCdkTerrain } from "../support/cdk-terrain";
import { installPackages, packagesFolder } from "../support/installed-packages";
import { installNode, nodeProgram, type NodeVersion } from "../support/node-versions";
import { testUnless } from "../support/skip";

const run = promisify(execFile);
const TOOL = "cdktn-cli";

/** The program of another Node.js. */
function nodeOf(version: NodeVersion): string {
  const missing = installNode(version);
  if (missing !== undefined) throw new Error(missing);
  return nodeProgram(version);
}

const available = testUnless(installCdkTerrain());

describe("the packed tarball in a project of CDK Terrain", () => {
  let project: string;

  beforeAll(async () => {
    const { path } = await pack();
    const own = (name: string) => [name, join(cdkTerrain, name)] as const;
    project = await freshProject(path, {
      ...ownPackages("@types/node", "undici-types"),
      ...Object.fromEntries(["cdktn", "constructs", "@cdktn/provider-aws"].map(own)),
    });
    const compilerOptions = { ...STOCK_COMPILER_OPTIONS, outDir: "out" };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts", "guide.ts"] }));
    const guide = readFileSync(join(repository, "docs/cdk-terrain.md"), "utf8");
    writeFileSync(join(project, "guide.ts"), /```ts\n([^]*?)```/.exec(guide)?.[1] ?? "");
    writeFileSync(
      join(project, "main.ts"),
      readmeProgram()
        .replace(/"@?cdktf(?=["/])/g, (name) => name.replace("cdktf", "cdktn"))
        .replace('"cdktf-agentcore"', '"cdktf-agentcore/cdktn"'),
    );
  }, 300_000);

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const node = async (program: string, args: readonly string[], context = {}): Promise<string> => {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1", CDKTF_CONTEXT_JSON: JSON.stringify(context) };
    const { stdout } = await run(program, args, { cwd: project, env });
    return stdout;
  };
  const failure = (...args: readonly string[]) =>
    node(process.execPath, args).then(
      () => "",
      ({ stderr }: { stderr: string }) => /^\w*Error: (.*)$/m.exec(stderr)?.[1] ?? stderr,
    );
  const synthesized = (): string => readFileSync(join(project, "cdktf.out/stacks/demo/cdk.tf.json"), "utf8");

  available(
    "type-checks the programs of the README and the guide, and synthesizes the first to the same bytes with Node.js 20, 22 and 24",
    async () => {
      await node(process.execPath, [...quickCompiler(), "-p", "."]).catch(({ stdout }: { stdout: string }) => {
        throw new Error(stdout);
      });
      await node(process.execPath, ["out/main.js"]);
      const expected = synthesized();
      expect(JSON.parse(expected)).toMatchObject({
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "6.66.0" } } },
      });
      for (const version of ["22", "24"] as const) {
        const program = nodeOf(version);
        rmSync(join(project, "cdktf.out"), { recursive: true });
        await node(program, ["out/main.js"]);
        expect(synthesized()).toBe(expected);
      }
    },
    300_000,
  );

  available(
    "makes the same stacks as CDKTF, with Node.js 22",
    async () => {
      await makesStacks("cdktn", project, nodeOf("22"));
    },
    120_000,
  );

  available("synthesizes the program of the guide", async () => {
    await node(process.execPath, ["out/guide.js"]);
    const { resource } = JSON.parse(readFileSync(join(project, "cdktf.out/stacks/terrain/cdk.tf.json"), "utf8")) as {
      resource: Record<string, Record<string, { allowed_oauth_flows?: readonly string[] }>>;
    };
    const flows = Object.values(resource.aws_cognito_user_pool_client ?? {}).map((each) => each.allowed_oauth_flows);
    expect(flows).toEqual(expect.arrayContaining([["code"], ["client_credentials"]]));
  });

  testUnless(installCdkTerrain() ?? installPackages(TOOL, { "cdktn-cli": "0.24.0" }))(
    "is synthesized by cdktn on Node.js 22",
    async () => {
      const program = nodeOf("22");
      const configuration = {
        language: "typescript",
        app: "node out/main.js",
        projectId: "demo",
        sendCrashReports: "false",
      };
      writeFileSync(join(project, "cdktf.json"), JSON.stringify({ ...configuration, context: {} }));
      rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
      await node(program, [join(packagesFolder(TOOL), "cdktn-cli/bundle/bin/cdktn.js"), "synth"]);
      expect(synthesized()).toContain("aws_bedrockagentcore_gateway");
    },
    300_000,
  );

  available("says in one sentence what to install for CDKTF, and what to import instead", async () => {
    expect(await failure("-e", 'require("cdktf-agentcore")')).toBe(
      '"cdktf-agentcore" needs packages that are missing or too old: npm install cdktf@0.21 @cdktf/provider-aws@21 ' +
        'constructs@10; with CDK Terrain (cdktn), import from "cdktf-agentcore/cdktn" instead.',
    );
  });

  available("says in one sentence which targetVersions a write-only argument needs", async () => {
    const program = `
      const { App, TerraformStack, TerraformVariable } = require("cdktn");
      const { AwsProvider } = require("@cdktn/provider-aws/lib/provider");
      const { ApiKeyCredentialProvider } = require("cdktf-agentcore/cdktn");
      const app = new App();
      const stack = new TerraformStack(app, "keys");
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      const apiKey = new TerraformVariable(stack, "key", { sensitive: true }).stringValue;
      new ApiKeyCredentialProvider(stack, "key-provider", { apiKey });
      app.synth();`;
    expect(await failure("-e", program)).toBe(
      "keys: An API key that stays out of the state (a write-only argument) needs Terraform 1.11 or newer, and the " +
        'project does not say that it has that: set "targetVersions": { "terraform": ">=1.11.0" } in cdktf.json, or ' +
        "as context of the App.",
    );
    const context = { targetVersions: { terraform: ">=1.11.0" } };
    await node(process.execPath, ["-e", program], context);
  });
});
