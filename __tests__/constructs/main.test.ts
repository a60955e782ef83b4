import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compile } from "../support/compile";
import { temporaryFolder } from "../support/temporary-folder";

const repository = resolve(__dirname, "../..");
const folder = temporaryFolder();

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outdir: string;
}

/** Runs the sample app, unless told otherwise as `npm run synth` does. */
function synthesize(name: string, program = [require.resolve("tsx/cli"), "main.ts"]): Promise<Result> {
  const outdir = join(folder, name);
  const env = { PATH: process.env.PATH, HOME: folder, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: "1" };
  return new Promise((done) => {
    const child = execFile(process.execPath, program, { cwd: repository, env }, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? -1, stdout, stderr, outdir }),
    );
  });
}

/** The same in this process, where its packages are loaded already. */
function synthesizeHere(name: string, environment: NodeJS.ProcessEnv): Result {
  const outdir = join(folder, name);
  const before = { ...process.env };
  const [stderr, log, write] = [
    jest.spyOn(console, "error").mockImplementation(),
    jest.spyOn(console, "log").mockImplementation(),
    jest.spyOn(process.stdout, "write").mockReturnValue(true),
  ];
  try {
    Object.assign(process.env, { CDKTF_OUTDIR: outdir, ...environment });
    jest.isolateModules(() => jest.requireActual<object>("../../main"));
    const stdout = [...log.mock.calls, ...write.mock.calls].flat().join("\n");
    return { status: Number(process.exitCode ?? 0), stdout, stderr: stderr.mock.calls.flat().join("\n"), outdir };
  } finally {
    process.exitCode = undefined;
    process.env = before;
    jest.restoreAllMocks();
  }
}

const jsonOf = ({ outdir }: Result) => readFileSync(join(outdir, "stacks/m2m-auth-demo/cdk.tf.json"), "utf8");

describe("main.ts", () => {
  test("synthesizes the article's stack, to the same bytes each time, without a path of the machine", async () => {
    const program = [await compile("main.ts")];
    const [first, second] = await Promise.all([synthesize("first"), synthesize("second", program)]);
    expect(first).toMatchObject({ status: 0, stdout: "", stderr: "" });
    const json = jsonOf(first);
    expect(jsonOf(second)).toBe(json);
    expect(json).not.toContain(repository);
    expect(json).not.toContain(folder);
    expect(JSON.parse(json)).toMatchObject({
      provider: { aws: [{ region: "us-east-1" }] },
      resource: { aws_bedrockagentcore_gateway: { main: { name: "m2m-auth-demo-gateway" } } },
      terraform: { backend: { local: { path: "terraform.tfstate" } } },
    });
  });

  test("takes the project's name and the region from the environment", () => {
    const result = synthesizeHere("other", { PROJECT_NAME: "team-tools", AWS_REGION: "eu-central-1" });
    expect(result.status).toBe(0);
    expect(JSON.parse(jsonOf(result))).toMatchObject({
      provider: { aws: [{ region: "eu-central-1" }] },
      resource: { aws_bedrockagentcore_gateway: { main: { name: "team-tools-gateway" } } },
    });
  });

  test.each([
    ["PROJECT_NAME", "my_project", 'm2m-auth-demo/mcp: The project name "my_project" is not valid: use'],
    ["PROJECT_NAME", "", 'm2m-auth-demo/mcp: The project name "" is not valid: use'],
    ["AWS_REGION", "virginia", 'The region "virginia" is not the name of an AWS region'],
    ["AWS_REGION", "", 'The region "" is not the name of an AWS region'],
  ])("fails with one sentence for %s=%j", (variable, value, sentence) => {
    const { status, stdout, stderr, outdir } = synthesizeHere(`bad-${variable}-${value}`, { [variable]: value });
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(outdir, "stacks/m2m-auth-demo"))).toBe(false);
  });
});
