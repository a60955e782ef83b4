import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { CognitoClient } from "../../../cli/sign-in/cognito-client";
import { mintToken } from "../../../cli/sign-in/mint-token";
import { findFreePort } from "../../../emulator/cloud/processes/free-port";
import { EMULATOR_CREDENTIALS } from "../../../emulator/credentials";
import { postMcp, toolsList } from "../../support/callers";
import { examples, programOf, variables } from "../../examples/examples";
import { awsEnvironment } from "../../support/aws-clients";
import { Command } from "../../support/command";
import { describeWhen } from "../../support/skip";
import { discard, sampleProgram, synthesize } from "../../support/synthesize";
import { divideProviders } from "../../support/terraform/divided-providers";
import { AppliedAccount, NEED, realProviderAvailable, type Run } from "../../support/terraform/applied-account";
import { ADDED, GREETED, LISTED } from "../article-transcript";
import { articleSession, documents } from "../article-shell";

const done = (status: number, text: string) => [status, expect.stringContaining(text) as string];
const told = ({ status, output }: Run) => [status, output];

/** What `company.tf` makes, in place of what the example existing-pool says that there is. */
const COMPANY: Readonly<Record<string, string>> = {
  "cognito-idp.eu-central-1": "cognito-idp.us-east-1",
  "eu-central-1_AbCdEfGhI": "${var.company.people}",
  "1h57kf5cpq17m0eml12example": "${var.company.people_clients[0]}",
  "2h57kf5cpq17m0eml12example": "${var.company.people_clients[1]}",
  "us-east-1_JkLmNoPqR": "${var.company.services}",
  "arn:aws:iam::123456789012:policy/boundary": "${var.company.boundary}",
  "3h57kf5cpq17m0eml12example": "${var.company.gateway_client}",
};

function inCompany(stack: string): string {
  const text = Object.entries(COMPANY).reduce((all, [said, made]) => all.replaceAll(said, made), stack);
  const document = JSON.parse(text) as { variable: Record<string, object> };
  document.variable["company"] = {};
  return JSON.stringify(document);
}

/** Who calls the gateways of examples that take tokens of an issuer elsewhere, by its host and what they say. */
const ISSUED: Readonly<Record<string, readonly [issuer: string, claims: object]>> = {
  "another-identity-provider": ["example.eu.auth0.com", { aud: "https://gateway.example.com" }],
  entra: [
    "login.microsoftonline.com/72f988bf-0000-0000-0000-2d7cd011db47/v2.0",
    { aud: "11111111-0000-0000-0000-000000000000" },
  ],
};

/** Each fault that article.tf can have: what is refused then, and in which words. */
const FAULTS: readonly (readonly [fault: string, kind: string, words: RegExp])[] = [
  ["no image rights", "agent_runtime", /Access denied while validating ECR URI/],
  ["no trust", "gateway_target", /Gateway service is not authorized to assume the execution role/],
  ["no domain", "gateway_target", /Error parsing ClientCredentials response/],
  ["wrong scope", "gateway_target", /Error parsing ClientCredentials response/],
  ["wrong secret", "gateway_target", /Error parsing ClientCredentials response/],
  [
    "no token rights",
    "gateway_target",
    /is not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken on resource: \S+ because/,
  ],
];

describeWhen(realProviderAvailable, NEED, "terraform apply with the real AWS provider", () => {
  let account: AppliedAccount;
  let folder: string;
  /** The port of the server that stands for one outside of AWS. */
  let elsewhere: string;
  beforeAll(async () => {
    elsewhere = String(await findFreePort());
    const issuers = ["login.microsoftonline.com", "example.eu.auth0.com"].flatMap((host) => ["--issuer", host]);
    account = await AppliedAccount.start([...issuers, "--host", `mcp.example.com=http://127.0.0.1:${elsewhere}`]);
    folder = mkdtempSync(join(account.folder, "stack-"));
  }, 300_000);
  afterAll(() => account?.stop());

  /** The account without anything: its one station is whoever calls. */
  async function expectNothingLeft(): Promise<void> {
    const system = (await (await fetch(`${account.url}/_emulator/system`)).json()) as { stations: unknown[] };
    expect(system.stations).toHaveLength(1);
  }

  /** How the command shows who calls, where it does not sign in with a user of its own. */
  async function callerOf(name: string, outputs: Readonly<Record<string, string>>): Promise<string[]> {
    const [issuer, claims] = ISSUED[name] ?? [];
    if (issuer) {
      const token = await mintToken({ port: account.port, issuer, claims: JSON.stringify(claims) });
      return ["--token", token];
    }
    const { inbound_user_pool_id: UserPoolId, nightly_client_id: ClientId } = outputs;
    if (ClientId === undefined) return [];
    const cognito = new CognitoClient({ url: account.url, region: "us-east-1", credentials: EMULATOR_CREDENTIALS });
    const { UserPoolClient } = await cognito.call("DescribeUserPoolClient", { UserPoolId, ClientId });
    const { ClientSecret = "" } = UserPoolClient as { ClientSecret?: string };
    return ["--client-id", ClientId, "--client-secret", ClientSecret];
  }

  /** Lists the tools of a stack's gateway by the command, and calls one. @returns what it says */
  async function useGateway(name: string, outputs: Readonly<Record<string, string>>): Promise<string> {
    const file = join(folder, `${name.replace(/\W/g, "-")}.json`);
    const values = Object.entries(outputs).map(([output, value]) => [output, { value }]);
    writeFileSync(file, JSON.stringify(Object.fromEntries(values)));
    const access = ["--outputs", file, ...(await callerOf(name, outputs))];
    const run = async (...parameters: string[]): Promise<string> => {
      const { status, stdout, stderr } = await Command.ofCli([...parameters, ...access]).end();
      expect({ name, status, stderr }).toMatchObject({ name, status: 0 });
      return stdout;
    };
    const tools = (JSON.parse(await run("tools", "--json")) as { name: string }[]).map((tool) => tool.name);
    expect([name, tools]).toEqual([name, expect.arrayContaining([expect.stringContaining("___")])]);
    return run("call", tools.find((tool) => tool.endsWith("___add_numbers")) ?? "", '{"a": 5, "b": 3}');
  }

  /** Takes resources of the AgentCore provider out of the state and imports them again. */
  async function importAnew(): Promise<void> {
    const kind = (name: string) => `aws_bedrockagentcore_${name}`;
    const state = (await account.terraform(folder, "show", "-json")).output;
    const { values } = JSON.parse(state.slice(state.indexOf("{"))) as {
      values: { root_module: { resources: { address: string; values: Record<string, string> }[] } };
    };
    const known = new Map(values.root_module.resources.map(({ address, values: each }) => [address, each]));
    const id = (address: string, ...names: string[]) => names.map((name) => known.get(address)?.[name]).join(",");
    const ids = [
      [kind("gateway.main"), "gateway_id"],
      [kind("gateway_target.mcp_server"), "gateway_identifier", "target_id"],
      [kind("agent_runtime.mcp_server"), "agent_runtime_id"],
    ].map(([to = "", ...names]) => ({ to, id: id(to, ...names) }));
    await account.terraform(folder, "state", "rm", ...ids.map(({ to }) => to));
    const blocks = ids.map((block) => `import {\n  to = ${block.to}\n  id = "${block.id}"\n}\n`);
    writeFileSync(join(folder, "imports.tf"), blocks.join(""));
    // The versions that a gateway supports by itself are read with an import, and no configuration asks for them.
    expect(told(await account.terraform(folder, "apply", "-auto-approve"))).toEqual(
      done(0, "3 imported, 0 added, 1 changed, 0 destroyed"),
    );
  }

  test("the article: init, apply, its session to the letter, no change over a restart, a change, destroy", async () => {
    copyFileSync(join(__dirname, "article.tf"), join(folder, "main.tf"));
    divideProviders(folder);
    expect(await account.terraform(folder, "init")).toMatchObject({ status: 0 });
    const applied = await account.terraform(folder, "apply", "-auto-approve");
    expect(told(applied)).toEqual(done(0, "Apply complete! Resources: 16 added"));
    expect(applied.output).toContain(
      "m2m-auth-demo-mcp-server:latest is noted in the emulated repository; it is neither",
    );

    const output = (name: string) => `terraform output -raw ${name}`;
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", articleSession(output)], {
      cwd: folder,
      env: { ...account.environment, ...awsEnvironment(account.url) },
    });
    expect(documents(stdout).slice(-3)).toEqual([LISTED, ADDED, GREETED]);

    await account.restart();
    expect(told(await account.terraform(folder, "plan", "-detailed-exitcode"))).toEqual(done(0, "No changes."));
    const gateway = (await account.terraform(folder, "output", "-raw", "gateway_url")).output;
    expect(await postMcp(gateway, toolsList)).toMatchObject({ status: 401 });

    await importAnew();
    const change = ["-var", "gateway_description=changed"];
    expect(told(await account.terraform(folder, "apply", "-auto-approve", ...change))).toEqual(
      done(0, "0 added, 1 changed, 0 destroyed"),
    );
    expect(told(await account.terraform(folder, "plan", "-detailed-exitcode", ...change))).toEqual(
      done(0, "No changes."),
    );
    expect(told(await account.terraform(folder, "destroy", "-auto-approve"))).toEqual(done(0, "16 destroyed"));
    await expectNothingLeft();
  }, 300_000);

  test("applies that fail half-way say why in AWS's words, leave what AWS would, and heal by the next", async () => {
    const root = mkdtempSync(join(account.folder, "faults-"));
    const names = new Map(FAULTS.map(([fault]) => [fault, fault.replaceAll(" ", "-")]));
    mkdirSync(join(root, "article"));
    copyFileSync(join(__dirname, "article.tf"), join(root, "article", "main.tf"));
    divideProviders(join(root, "article"));
    const module: Record<string, object> = {};
    for (const [fault, name] of names) {
      module[name] = { source: "./article", project_name: name, fault: `\${var.is_faulty ? "${fault}" : "none"}` };
    }
    writeFileSync(join(root, "main.tf.json"), JSON.stringify({ variable: { is_faulty: { default: true } }, module }));
    divideProviders(root);
    expect(told(await account.terraform(root, "init"))).toEqual(done(0, "initialized"));
    const { status, output } = await account.terraform(root, "apply", "-auto-approve");
    const errors = output.split(/^.*Error: /m).slice(1);
    expect([status, errors.length]).toEqual([1, FAULTS.length]);
    for (const [fault, kind, words] of FAULTS) {
      const place = `module.${names.get(fault)}.aws_bedrockagentcore_${kind}.mcp_server,`;
      const error = errors.find((each) => each.includes(place))?.replace(/\s+/g, " ");
      expect([fault, error]).toEqual([fault, expect.stringMatching(words)]);
    }
    // What failed after its creation is there, as FAILED; what was refused is not.
    const { output: state } = await account.terraform(root, "state", "list");
    expect([...state.matchAll(/\.aws_bedrockagentcore_(agent_runtime|gateway_target)\./g)]).toHaveLength(5 + 5);

    const healing = ["-var", "is_faulty=false"];
    expect(told(await account.terraform(root, "apply", "-auto-approve", ...healing))).toEqual(
      done(0, "Apply complete!"),
    );
    expect(told(await account.terraform(root, "plan", "-detailed-exitcode", ...healing))).toEqual(
      done(0, "No changes."),
    );
    expect(told(await account.terraform(root, "destroy", "-auto-approve"))).toEqual(done(0, "Destroy complete!"));
    await expectNothingLeft();
  }, 400_000);

  test("a target whose server is down stays as FAILED, and is replaced once the server is up", async () => {
    const half = mkdtempSync(join(account.folder, "half-"));
    copyFileSync(join(__dirname, "article.tf"), join(half, "main.tf"));
    copyFileSync(join(__dirname, "elsewhere.tf"), join(half, "elsewhere.tf"));
    divideProviders(half);
    expect(await account.terraform(half, "init")).toMatchObject({ status: 0 });
    const failed = await account.terraform(half, "apply", "-auto-approve");
    const words = failed.output.replace(/\s+/g, " ");
    expect([failed.status, words]).toEqual([1, expect.stringMatching(/Error - Unable to connect to the MCP server/)]);
    const listed = (await account.terraform(half, "state", "list")).output.split("\n");
    expect(listed.filter((address) => address.startsWith("aws_bedrockagentcore_gateway_target."))).toHaveLength(2);

    const server = new Command(process.execPath, ["dist/server/main.js"], { HOST: "127.0.0.1", PORT: elsewhere });
    await server.says(/Listening/);
    const healed = await account.terraform(half, "apply", "-auto-approve");
    expect(told(healed)).toEqual(done(0, "1 added, 0 changed, 1 destroyed"));
    expect(told(await account.terraform(half, "plan", "-detailed-exitcode"))).toEqual(done(0, "No changes."));
    expect(told(await account.terraform(half, "destroy", "-auto-approve"))).toEqual(done(0, "Destroy complete!"));
    await server.kill();
    await expectNothingLeft();
  }, 300_000);

  test.each(["article", "iam-inbound"])(
    "the test of examples/%s deploys, calls a tool, and takes everything down",
    async (example) => {
      const stack = await synthesize(programOf(example));
      const folder = mkdtempSync(join(account.folder, "tested-"));
      copyFileSync(join(stack, "cdk.tf.json"), join(folder, "cdk.tf.json"));
      await discard(stack);
      cpSync(resolve(programOf(example), "../tests"), join(folder, "tests"), { recursive: true });
      divideProviders(folder);
      expect(await account.terraform(folder, "init")).toMatchObject({ status: 0 });
      expect(told(await account.terraform(folder, "test"))).toEqual(done(0, "Success! 2 passed, 0 failed."));
      await expectNothingLeft();
    },
    300_000,
  );

  test("main.ts and every example, as modules of one stack", async () => {
    const root = mkdtempSync(join(account.folder, "examples-"));
    const modules: Record<string, object> = { company: { source: "./company" } };
    const names = [sampleProgram, ...examples].filter((name) => name !== "article");
    const moduleOf = (name: string) => name.replace(/\W/g, "_");
    mkdirSync(join(root, "company"));
    copyFileSync(join(__dirname, "company.tf"), join(root, "company", "main.tf"));
    // The example article is as main.ts, under the same names.
    for (const name of names) {
      const stack = await synthesize(name === sampleProgram ? name : programOf(name));
      const module = moduleOf(name);
      const text = readFileSync(join(stack, "cdk.tf.json"), "utf8");
      const isCompany = name === "existing-pool";
      mkdirSync(join(root, module));
      writeFileSync(join(root, module, "cdk.tf.json"), isCompany ? inCompany(text) : text);
      await discard(stack);
      divideProviders(join(root, module));
      const company = {
        company: "${module.company}",
        gateway_client_secret: "${module.company.gateway_client_secret}",
      };
      modules[module] = { source: `./${module}`, ...variables[name], ...(isCompany && company) };
    }
    const output = Object.fromEntries(
      Object.keys(modules).map((module) => [module, { value: `\${module.${module}}`, sensitive: true }]),
    );
    writeFileSync(join(root, "main.tf.json"), JSON.stringify({ module: modules, output }));
    divideProviders(root);
    expect(told(await account.terraform(root, "init"))).toEqual(done(0, "initialized"));
    expect(told(await account.terraform(root, "apply", "-auto-approve"))).toEqual(done(0, "Apply complete!"));

    const outputs = (await account.terraform(root, "output", "-json")).output;
    const stacks = JSON.parse(outputs.slice(outputs.indexOf("{"))) as Record<string, { value: Record<string, string> }>;
    const { people, people_clients: clients } = stacks["company"]?.value ?? {};
    for (const name of names) {
      const company = { inbound_user_pool_id: people ?? "", inbound_client_id: clients?.[0] ?? "" };
      const own = { ...(name === "existing-pool" && company), ...stacks[moduleOf(name)]?.value };
      expect([name, await useGateway(name, own)]).toEqual([name, "8\n"]);
    }
    expect(told(await account.terraform(root, "plan", "-detailed-exitcode"))).toEqual(done(0, "No changes."));
    expect(told(await account.terraform(root, "destroy", "-auto-approve"))).toEqual(done(0, "Destroy complete!"));
    await expectNothingLeft();
  }, 500_000);
});
