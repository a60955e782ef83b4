import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { cdktfAgentcoreReading } from "../support/command-here";
import { cleanStack, block, INBOUND_POOL, TARGET } from "./clean-stack";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = resolve(__dirname, "../../dist/cli/main.js");

/** Runs the command as a user does, without any credentials and without terraform on the PATH. */
function commandAsProcess(
  parameters: readonly string[],
  input: string | Buffer = "",
  { cwd = resolve(__dirname, "../.."), preload }: { readonly cwd?: string; readonly preload?: string } = {},
): Promise<Result> {
  return new Promise((done, fail) => {
    const env = { PATH: "/nonexistent", HOME: folder };
    const before = preload === undefined ? [] : ["--require", preload];
    const child = spawn(process.execPath, [...before, main, "review", ...parameters], { env, cwd });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => undefined);
    child.on("error", fail);
    child.on("close", (status) =>
      done({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.end(input);
  });
}

/** The same in this process. */
async function command(parameters: readonly string[], input: string | Buffer = ""): Promise<Result> {
  const env = jest.replaceProperty(process, "env", { PATH: "/nonexistent", HOME: folder });
  try {
    return await cdktfAgentcoreReading(input, "review", ...parameters);
  } finally {
    env.restore();
  }
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const clean = JSON.stringify(cleanStack());
const broken = ((): string => {
  const stack = cleanStack();
  delete block(stack, TARGET)["credential_provider_configuration"];
  return JSON.stringify(stack);
})();
const open = ((): string => {
  const stack = cleanStack();
  delete block(stack, INBOUND_POOL)["admin_create_user_config"];
  return JSON.stringify(stack);
})();

/** A module that is not there. */
const hidden = JSON.stringify({ ...cleanStack(), module: { tools: { source: "./tools" } } });

describe("the command", () => {
  test("ends with 0 when nothing is wrong, and shows no colour to a pipe", async () => {
    const { status, stdout, stderr } = await commandAsProcess([file("clean.tf.json", clean)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Who calls whom\n[^]*\n0 errors, 0 warnings, 0 info\n$/);
  });

  test("ends with 1 when something will fail, and reads standard input", async () => {
    const { status, stdout } = await commandAsProcess(["-", "--format", "json"], broken);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ rule: "outbound-authorization-missing", severity: "error", address: TARGET }],
    });
  });

  test("ends with 0 for warnings, which a file acknowledges", async () => {
    const path = file("open.tf.json", open);
    expect(await command([path])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 errors, 1 warning") as string,
    });
    const acknowledgements = file(
      "accepted.json",
      JSON.stringify({ acknowledgements: [{ rule: "self-sign-up", address: INBOUND_POOL, reason: "A demo." }] }),
    );
    expect(await command([path, "--acknowledgements", acknowledgements])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 errors, 0 warnings, 0 info, 1 acknowledged") as string,
    });
  });

  test("says of an unrelated plan that there is nothing to review", async () => {
    const plan = {
      format_version: "1.2",
      planned_values: { root_module: {} },
      configuration: {},
    };
    expect(await command(["-"], JSON.stringify(plan))).toEqual({
      status: 0,
      stderr: "",
      stdout: "There is nothing of AgentCore among the 0 resources: nothing to review.\n",
    });
  });
});

const accepted = { rule: "self-sign-up", address: INBOUND_POOL, reason: "A demo." };

test.each<[string, readonly string[], string, number]>([
  ["a warning, by itself", [], open, 0],
  ["a warning, with --fail-on warning", ["--fail-on", "warning"], open, 1],
  ["an error, with --fail-on never", ["--fail-on", "never"], broken, 0],
  ["a warning whose rule is skipped", ["--fail-on", "warning", "--skip", "gateway-open,self-sign-up"], open, 0],
  ["a warning of another rule than the only ones", ["--fail-on", "warning", "--only", "gateway-open"], open, 0],
  ["an error of the only rule", ["--only", "gateway-open", "--only", "outbound-authorization-missing"], broken, 1],
  ["nothing, with --strict", ["--strict"], clean, 0],
  ["what cannot be checked, by itself", [], hidden, 0],
  ["what cannot be checked, with --strict", ["--strict"], hidden, 1],
])("%s: the exit status follows", async (_, parameters, input, status) => {
  const { status: ended, stderr } = await command(["-", ...parameters], input);
  expect({ ended, stderr }).toEqual({ ended: status, stderr: "" });
});

describe("a baseline", () => {
  test("takes findings that are known out of the count, errors among them, and says which are gone", async () => {
    const baseline = join(folder, "baseline.json");
    expect(await command(["-", "--write-baseline", baseline], broken)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 errors, 0 warnings, 0 info, 1 in the baseline") as string,
    });
    expect(await command(["-", "--baseline", baseline], broken)).toMatchObject({ status: 0 });
    const later = await command(["-", "--baseline", baseline, "--fail-on", "warning"], open);
    expect(later).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/warning .* self-sign-up[^]*info .* baseline-unused/) as string,
    });
  });
});

describe("a configuration file", () => {
  const own = mkdtempSync(join(folder, "config-"));
  const config = (content: object): string => {
    const path = join(own, "cdktf-agentcore.json");
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  test("is found where the command is called, and what the command line says outweighs it", async () => {
    config({ failOn: "warning", skip: ["self-sign-up"] });
    expect(await commandAsProcess(["-"], open, { cwd: own })).toMatchObject({ status: 0 });
    expect(await commandAsProcess(["-", "--skip", "gateway-open"], open, { cwd: own })).toMatchObject({ status: 1 });
    config({ failOn: "warning", acknowledgements: [accepted] });
    expect(await commandAsProcess(["-"], open, { cwd: own })).toMatchObject({ status: 0 });
  });

  test.each<[object, RegExp]>([
    [{ skip: ["no-such-rule"] }, /There is no rule 'no-such-rule'/],
    [{ failOn: "info" }, /failOn cannot be 'info': use error, warning or never/],
    [{ strict: "yes" }, /strict has to be true or false/],
    [{ ignore: [] }, /has a setting 'ignore', which there is not/],
    [{ acknowledgements: [{ rule: "x" }] }, /acknowledgements has to be a list of/],
    [{ baseline: "none.json" }, /none\.json cannot be read: ENOENT/],
  ])("%j is told in one sentence", async (content, message) => {
    const { status, stderr } = await command(["-", "--config", config(content)], clean);
    expect({ status, told: message.test(stderr), lines: stderr.split("\n").length }).toEqual({
      status: 2,
      told: true,
      lines: 2,
    });
  });
});

describe("reports into files", () => {
  test("are written as a whole beside what is printed", async () => {
    const [sarif, junit] = [join(folder, "r.sarif"), join(folder, "r.xml")];
    const { status } = await command(["-", "--report", `sarif=${sarif}`, "--report", `junit=${junit}`], broken);
    expect(status).toBe(1);
    expect(JSON.parse(readFileSync(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(readFileSync(junit, "utf8")).toMatch(/<failure [^]*<\/testsuites>\n$/);
  });

  test("that cannot be written end with one sentence and 2, and leave nothing", async () => {
    const path = join(folder, "none", "r.sarif");
    expect(await command(["-", "--report", `sarif=${path}`], clean)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^cdktf-agentcore: .*r\.sarif cannot be written: ENOENT[^\n]*\n$/) as string,
    });
    expect(existsSync(path)).toBe(false);
  });
});

test("a fault of the program is one sentence with 3, and quotes nothing of what was read", async () => {
  const preload = file(
    "fault.cjs",
    'JSON.parse = () => { throw new TypeError("correct horse battery staple\\n::error::"); };',
  );
  const { status, stdout, stderr } = await commandAsProcess(["-"], clean, { preload });
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(
    /^cdktf-agentcore: This is a fault of cdktf-agentcore \S+ \(TypeError at [^\n]*please report it[^\n]*\n$/,
  );
  expect(stderr).not.toContain("horse");
});

test("messages obey nothing that stands in a name", async () => {
  const { status, stderr } = await command([join(folder, "a\n::error::b\u001b[2J")]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^cdktf-agentcore: [^\n]*a\\u000a::error::b\\u001b\[2J does not exist[^\n]*\n$/);
});

describe("unusable input fails with one sentence and 2:", () => {
  const plan = readFileSync(join(__dirname, "article/plan.json"), "utf8");

  test.each<[string, readonly string[], string | Buffer, RegExp]>([
    ["a file that does not exist", [join(folder, "none.json")], "", /none\.json does not exist/],
    ["an unknown format", ["-", "--format", "xml"], clean, /There is no format 'xml'/],
    ["two files", ["a", "b"], "", /Name one file or folder, not 2/],
    ["nothing", ["-"], "", /standard input is not a Terraform configuration: it is empty/],
    [
      "a truncated plan",
      ["-"],
      plan.slice(0, plan.length / 2),
      /standard input is not JSON: it goes wrong at line 1, column \d+/,
    ],
    ["a list", ["-"], "[]", /it holds no JSON object/],
    [
      "a plan of a later format",
      ["-"],
      '{"format_version":"2.0","planned_values":{}}',
      /is a plan of format 2\.0; format 1 is read/,
    ],
    ["a binary plan", ["-"], Buffer.from("PK\u0003\u0004plan"), /binary form; make a plan with .*terraform show -json/],
    [
      "the log of a plan",
      ["-"],
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{}',
      /the log of "terraform plan -json"/,
    ],
    ["a state file", ["-"], '{"version":4,"terraform_version":"1.11.4","lineage":"x"}', /a state file; make a plan/],
    ["a plan without values", ["-"], '{"format_version":"1.2","resource_changes":[]}', /it has no planned_values/],
    ["a plan without a format", ["-"], '{"planned_values":{}}', /it names no format_version/],
    [
      "a plan whose format is a number",
      ["-"],
      '{"format_version":1.2,"planned_values":{}}',
      /it names no format_version/,
    ],
    ["the state of nothing", ["-"], '{"format_version":"1.0"}', /it has no planned_values/],
    ["nesting without end", ["-"], "[".repeat(1_000_000), /nests more than 150 levels deep/],
    ["a nested object without end", ["-"], '{"a":'.repeat(100_000), /nests more than 150 levels deep/],
    [
      "acknowledgements that are none",
      ["-", "--acknowledgements", join(folder, "clean.tf.json")],
      clean,
      /holds no acknowledgements/,
    ],
  ])("%s", async (_, parameters, input, message) => {
    const { status, stdout, stderr } = await command(parameters, input);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^cdktf-agentcore: [^\n]+\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("a plan of 200 MB, as a file and as standard input", async () => {
    const path = join(folder, "huge.json");
    const chunk = Buffer.alloc(1024 * 1024, " ");
    const descriptor = openSync(path, "w");
    for (let megabyte = 0; megabyte < 200; megabyte++) writeSync(descriptor, chunk);
    closeSync(descriptor);
    expect(await commandAsProcess([path])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/has 209715200 bytes, more than the 134217728 that are read/) as string,
    });
    expect(await commandAsProcess(["-"], readFileSync(path))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/more than the 134217728 bytes/) as string,
    });
  });
});

test("hostile names and shapes are read as what they are", async () => {
  const hostile = {
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [
          {
            type: "aws_bedrockagentcore_gateway",
            name: "__proto__",
            address: "aws_bedrockagentcore_gateway.__proto__",
            mode: "managed",
            values: { name: {}, authorizer_configuration: 3 },
          },
          { type: "constructor", name: "toString", address: "constructor.toString", values: [] },
          {
            type: "aws_bedrockagentcore_gateway_target",
            name: "x",
            address: "aws_bedrockagentcore_gateway_target.x",
            values: { target_configuration: [[["deep"]]] },
          },
        ],
        child_modules: [{ address: "module.__proto__", resources: [] }],
      },
    },
    resource_changes: [{ address: "aws_bedrockagentcore_gateway.__proto__", change: { after_unknown: [true] } }, 3],
    configuration: {
      root_module: {
        resources: [
          {
            type: "aws_bedrockagentcore_gateway",
            name: "__proto__",
            expressions: { __proto__: { references: ["a.b", 3] } },
          },
        ],
        module_calls: { __proto__: 1, constructor: {} },
      },
    },
    variables: [],
  };
  const text = JSON.stringify(hostile).replace(
    '"expressions":{}',
    '"expressions":{"__proto__":{"references":["__proto__.constructor"]}}',
  );
  const { status, stderr, stdout } = await command(["-", "--format", "json"], text);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    hops: [{ gateway: "aws_bedrockagentcore_gateway.__proto__" }, { target: "aws_bedrockagentcore_gateway_target.x" }],
  });
});
