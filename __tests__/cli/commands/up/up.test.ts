import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import {
  articleStack,
  bentDocument,
  bentResources,
  bentStack,
  type TerraformJson,
} from "../../../support/article-stack";
import { Command, REPOSITORY, startUp } from "../../../support/command";
import { cdktfAgentcore } from "../../../support/command-here";
import { missing, testUnless } from "../../../support/skip";
import { temporaryFolder } from "../../../support/temporary-folder";
import { allowGateway, policyOf } from "../../../support/policies";

const DATA_SOURCES = `${REPOSITORY}/__tests__/support/existing/data-sources.tf`;
const SHOUT = `node ${REPOSITORY}/__tests__/support/mcp-servers/shout.mjs`;

async function folderWith(files: Record<string, string> = {}): Promise<string> {
  const folder = temporaryFolder();
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

function oneSentence(part: string): unknown {
  return expect.stringMatching(new RegExp(`^cdktf-agentcore: [^\\n]*${part}[^\\n]*\\.\\n$`));
}

type Resources = TerraformJson["resource"];

/** A target of the article's gateway, with the credential of the article's own. */
function addTarget(resources: Resources, name: string, mcp: object): void {
  const targets = resources["aws_bedrockagentcore_gateway_target"] ?? {};
  targets[name] = { ...targets["mcp_server"], name: `${name}-target`, target_configuration: [{ mcp: [mcp] }] };
}

/** A Lambda function that the article's gateway may invoke, and its target. */
function addFunction(resources: Resources, name: string): void {
  (resources["aws_lambda_function"] ??= {})[name] = {
    function_name: name,
    role: "${aws_iam_role.gateway.arn}",
    handler: "index.handler",
  };
  addFunctionTarget(resources, name, `\${aws_lambda_function.${name}.arn}`);
}

function addFunctionTarget(resources: Resources, name: string, arn: string): void {
  const tool = { name: "get_order", description: "Looks an order up", input_schema: [{ type: "object" }] };
  addTarget(resources, name, { lambda: [{ lambda_arn: arn, tool_schema: [{ inline_payload: [tool] }] }] });
  Object.assign(resources["aws_bedrockagentcore_gateway_target"]?.[name] ?? {}, {
    credential_provider_configuration: [{ gateway_iam_role: [{}] }],
    depends_on: [allowGateway(resources, `invoke_${name}`, "lambda:InvokeFunction", arn)],
  });
}

function addOutsideTarget(resources: Resources): void {
  addTarget(resources, "outside", { mcp_server: [{ endpoint: "https://MCP.example.com/mcp" }] });
}

const POOL = (argument: string) => `resource "aws_cognito_user_pool" "users" {
  name = "users"
  ${argument} = "people"
}`;

test("up says which arguments a later release of the provider may have", async () => {
  const folder = await folderWith({ "main.tf": POOL("hologram") });
  const { status, stdout } = await cdktfAgentcore("up", folder, "--once", "--port", "0");
  expect(stdout).toMatch(/\n\nRunning at http:\/\/127\.0\.0\.1:\d+\n$/);
  expect([status, stdout.replace(/\s+/g, " ")]).toEqual([
    0,
    expect.stringMatching(/^! aws_cognito_user_pool.users: hologram is no argument or block .* take it out, or see/),
  ]);
});

describe("up, given what it cannot use", () => {
  const unknownKind = (json: string) =>
    json.replace("aws_cognito_user_pool_client.m2m.client_secret", "aws_kms_external_key.m2m.key_id");
  const declared = (json: string) =>
    json.replace('"resource": {', '"resource": { "aws_kms_external_key": { "m2m": {} },');

  test.each<[string, () => string | Promise<string>, string]>([
    ["no file", () => "/nonexistent/cdktf.out", "/nonexistent/cdktf.out does not exist"],
    ["an empty folder", () => folderWith(), "holds no \\*.tf or \\*.tf.json file"],
    ["no JSON", () => folderWith({ "cdk.tf.json": "{ resource" }), "is not JSON: it goes wrong at line 1, column 3"],
    ["JSON that is no configuration", () => folderWith({ "cdk.tf.json": "[]" }), "is not a Terraform configuration"],
    ["broken HCL", () => folderWith({ "main.tf": "resource {" }), "main.tf:1"],
    [
      "a variable without a value",
      () =>
        folderWith({
          "cdk.tf.json": JSON.stringify({
            variable: { pool: { type: "string" } },
            resource: { aws_cognito_user_pool: { first: { name: "first" }, second: { name: "${var.pool}" } } },
          }),
        }),
      "var.pool has no default; give it a value with -var pool=VALUE, with TF_VAR_pool in the environment, or in a terraform.tfvars",
    ],
    [
      "a misspelt argument, which Terraform refuses",
      () => folderWith({ "main.tf": POOL("deletion_protecton") }),
      "main.tf:1: aws_cognito_user_pool.users: deletion_protecton is no argument or block .*: write deletion_protection",
    ],
    [
      "a dangling reference",
      () =>
        bentStack((json) => json.replaceAll("aws_cognito_user_pool_client.m2m.", "aws_cognito_user_pool_client.lost.")),
      "refers to aws_cognito_user_pool_client.lost, which is not declared",
    ],
    [
      "a resource kind that is not known, where its value is needed",
      () => bentStack((json) => declared(unknownKind(json))),
      "needs a value of aws_kms_external_key.m2m, but the kind aws_kms_external_key is not supported",
    ],
  ])("fails with 2 and one sentence for %s", async (_, path, sentence) => {
    const { status, stderr } = await cdktfAgentcore("up", await path(), "--once", "--port", "0");
    expect([status, stderr]).toEqual([2, oneSentence(sentence)]);
  });

  test.each([
    ["an unknown command", ["down"], "There is no command 'down'"],
    [
      "an unknown option",
      ["up", "--bogus"],
      "There is no option '--bogus': --help after the command names all of them",
    ],
    ["an option without its value", ["up", "--port"], "'--port <value>' argument missing"],
    [
      "a port that looks like an option",
      ["up", "--port", "-1"],
      "A value that begins with a dash has to be written --port=VALUE",
    ],
    ["a port out of range", ["up", "--port", "65536"], "The port '65536' is none"],
    ["a port that is no number", ["output", "--port", "http"], "The port 'http' is none"],
    ["a clock setting that is none", ["up", "--clock", "noon"], "The clock setting 'noon' is neither a moment"],
    ["an end that never comes", ["up", "--once", "--watch"], "--once ends after the walk and --watch never does"],
    ["two paths", ["up", "one", "two"], "Name one path, not 2"],
    [
      "a runtime's server without a name",
      ["up", "--runtime", "node server.js"],
      "--runtime takes NAME=VALUE, not 'node server.js'",
    ],
    [
      "a Lambda function's file that is not there",
      ["up", "--lambda", "orders=missing.py#handler"],
      "--lambda: missing.py is no file: name the module and its handler",
    ],
    [
      "an answer without an address",
      ["up", "--data", '{"arn": 1}'],
      `--data takes ADDRESS=JSON, for example 'data.aws_iam_role.mcp={"arn": "…"}', not '{"arn": 1}'`,
    ],
    [
      "an answer in a file that is not there",
      ["up", "--data", "data.aws_iam_role.gateway=@missing.json"],
      "--data names the file missing.json, which cannot be read: ENOENT",
    ],
    [
      "an answer of a data source that the stack lacks",
      ["up", DATA_SOURCES, "--data", "data.aws_iam_role.none={}"],
      "--data names data.aws_iam_role.none, which is no data source or made-up resource of the stack: there are data.aws_cognito_user_pools.people, ",
    ],
    ["an empty server command", ["up", "--server", " "], "--server needs a command"],
    [
      "an address of elsewhere",
      ["up", "--listen", "10.0.0.1"],
      "--listen takes 127.0.0.1, 0.0.0.0 or ::, not '10.0.0.1'",
    ],
    [
      "a host name with a port",
      ["up", "--allow-host", "emulator:4700"],
      "--allow-host takes a host's name without a port",
    ],
    ["two outputs", ["output", "one", "two"], "Name one output, not 2"],
    ["-raw without a name", ["output", "-raw"], "-raw needs the name of an output"],
    ["-raw with -json", ["output", "-raw", "-json", "url"], "-raw and -json exclude each other"],
  ])("fails with 2 and one sentence for %s", async (_, parameters, sentence) => {
    const { status, stdout, stderr } = await cdktfAgentcore(...parameters);
    expect([status, stdout, stderr]).toEqual([2, "", oneSentence(sentence)]);
  });
});

describe("up", () => {
  test("tells what stands in for what exists, and takes what a data source is said to answer", async () => {
    const answers = await folderWith({ "role.json": '{"arn": "arn:aws:iam::123456789012:role/team/gateway"}' });
    const answer = `data.aws_iam_role.gateway=@${answers}/role.json`;
    const { status, stdout } = await cdktfAgentcore("up", DATA_SOURCES, "--once", "--port", "0", "--data", answer);
    const said = stdout.replace(/\n {2}/g, " ");
    expect([status, said]).toEqual([
      0,
      expect.stringContaining("! Nothing is looked up for data.aws_iam_role.runtime, and a stand-in answers: say what"),
    ]);
    expect(said).not.toContain("data.aws_iam_role.gateway");
    expect(said).toContain(
      "! The role gateway is none of the stack's: it is taken for one that exists, that AgentCore",
    );
  });

  test("walks a stack without outputs, by what the emulator knows of its gateway", async () => {
    const folder = await bentStack((json) => json.replaceAll(/"(inbound_user_pool_id|gateway_url)"/g, '"my_$1_here"'));
    const { status, stdout } = await cdktfAgentcore("up", folder, "--once", "--walk", "--port", "0");
    expect([status, stdout]).toEqual([0, expect.stringContaining("___greet_user")]);
  });

  test("walks a server without the article's tools by the first tool that it has", async () => {
    const folder = await articleStack();
    const { status, stdout } = await cdktfAgentcore("up", folder, "--once", "--walk", "--port", "0", "--server", SHOUT);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/___shout", "arguments": \{ "text": "text" \}.*"TEXT"/s),
    ]);
  });

  test("fails with 1, the resource's address and AWS's reason when the deployment fails", async () => {
    const folder = await bentResources((resources) => {
      Object.assign(resources["aws_iam_role_policy"]?.["gateway_identity"] ?? {}, {
        policy: policyOf(),
      });
    });
    const { status, stderr } = await cdktfAgentcore("up", folder, "--once", "--port", "0");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^cdktf-agentcore: aws_bedrockagentcore_gateway_target.mcp_server failed: .*is not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken.*$/m,
    );
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test("fails with 1 and says why where the MCP server does not start", async () => {
    const { status, stderr } = await cdktfAgentcore(
      "up",
      await articleStack(),
      "--once",
      "--port",
      "0",
      "--server",
      "node -e process.exit(3)",
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^server \| The MCP server 'node -e process.exit\(3\)' ended with exit code 3$/m);
  });

  test("takes the values of variables from the environment, as terraform does", async () => {
    const folder = await folderWith({
      "cdk.tf.json": JSON.stringify({
        variable: { pool: { type: "string" } },
        output: { name: { value: "${var.pool}" } },
      }),
    });
    const variables = jest.replaceProperty(process, "env", { ...process.env, TF_VAR_pool: "customers" });
    const { port } = await startUp(folder);
    variables.restore();
    expect((await cdktfAgentcore("output", "-raw", "name", "--port", port)).stdout).toBe("customers");
  });

  test("starts another MCP server with --server", async () => {
    const { command, port } = await startUp(await articleStack(), "--server", SHOUT);
    expect(command.stdout).toContain("m2m-auth-demo-mcp-target, 1 tool\n");
    expect((await cdktfAgentcore("call", "shout", '{"text": "hey"}', "--port", port)).stdout).toBe("HEY\n");
    const hostile = JSON.stringify({ text: "\u001b]0;title\u0007\u009b2J\u202e" });
    const called = await Promise.all(
      [[], ["--json"]].map((options) => cdktfAgentcore("call", "shout", hostile, "--port", port, ...options)),
    );
    for (const { stdout } of called) expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  });
});

describe("up, where the system refuses it something", () => {
  const stack = `${REPOSITORY}/__tests__/support/existing/by-value.tf`;
  const inShell = (line: string) =>
    new Command("bash", [
      "-c",
      `${line} ${process.execPath} dist/cli/main.js up ${stack} --once --port "$0"`,
      "80",
    ]).end();
  const AS_NOBODY = "setpriv --reuid 65534 --clear-groups --inh-caps=-all";

  const unless = testUnless(process.getuid?.() === 0 ? missing("setpriv") : "it takes root to be somebody else");
  unless("says in one sentence that it may not listen on a port", async () => {
    expect(await inShell(AS_NOBODY)).toMatchObject({
      status: 2,
      stderr: oneSentence("Port 80 cannot be listened on .EACCES."),
    });
  });

  test("says in one sentence that too many files are open, and where a server is what fails, that", async () => {
    const { status, stderr } = await inShell("ulimit -n 22;");
    expect(status).toBe(1);
    expect(stderr).toMatch(/EMFILE|The system lets no more files be open: raise the limit/);
    expect(stderr).toMatch(/\ncdktf-agentcore: [^\n]+\n$|^cdktf-agentcore: [^\n]+\n$/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("up, on a stack with more than is supported", () => {
  const connector = { connector: [{ source: [{ connector_id: "orders" }] }] };
  const s3 = [{ uri: "s3://schemas/orders.json" }];
  const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:orders";
  const document = (requestBody: object) => [
    {
      payload: JSON.stringify({
        openapi: "3.0.0",
        servers: [{ url: "https://api.example.com" }],
        paths: { "/a": { post: { operationId: "a", requestBody } } },
        components: {
          schemas: { Tree: { type: "object", properties: { up: { $ref: "#/components/schemas/Tree" } } } },
        },
      }),
    },
  ];
  const tree = { content: { "application/json": { schema: { $ref: "#/components/schemas/Tree" } } } };
  const xml = { content: { "application/xml": {} } };
  const KINDS: readonly [name: string, mcp: object, reason: string][] = [
    ["lambda-s3", { lambda: [{ lambda_arn: LAMBDA, tool_schema: [{ s3 }] }] }, "its bucket is none of the account's"],
    ["api-s3", { open_api_schema: [{ s3 }] }, "its bucket is none of the account's"],
    ["api-xml", { open_api_schema: [{ inline_payload: document(xml) }] }, "application/xml is not emulated"],
    ["api-tree", { open_api_schema: [{ inline_payload: document(tree) }] }, "the schema is a part of itself"],
    [
      "server-s3",
      { mcp_server: [{ endpoint: "https://mcp.example.com/mcp", mcp_tool_schema: [{ s3 }] }] },
      "its bucket is none of the account's",
    ],
  ];

  test("ends with a sentence that says how to leave it out", async () => {
    const folder = await bentResources((resources) => addTarget(resources, "orders", connector));
    const { status, stderr } = await cdktfAgentcore("up", folder, "--once", "--port", "0");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /target\.orders failed: .* Targets of the kind connector are not emulated; --skip-unsupported leaves it out\.\n$/,
    );
  });

  test("leaves out a target of each kind, and the rest answers", async () => {
    const folder = await bentResources((resources) => {
      for (const [name, mcp] of KINDS) addTarget(resources, name, mcp);
    });
    const { command, port, url } = await startUp(folder, "--skip-unsupported");
    const system = await (await fetch(`${url}/_emulator/system`)).text();
    const { stdout, stderr } = await cdktfAgentcore("tools", "--port", port);
    expect(stdout).toContain("___add_numbers");
    for (const [name, , reason] of KINDS) {
      expect(command.stdout).toContain(`✗ aws_bedrockagentcore_gateway_target.${name} is left out: `);
      expect(stderr.split("\n").find((line) => line.startsWith(`The target ${name}-target is left out: `))).toContain(
        reason,
      );
      expect(system).toContain(`${name}-target: FAILED, 0 tools`);
    }
    expect((await cdktfAgentcore("call", "add_numbers", '{"a": 5, "b": 3}', "--port", port)).stdout).toBe("8\n");
    const unknown = await cdktfAgentcore("call", "lambda-s3-target___nothing", "{}", "--port", port);
    expect(unknown.stderr).toContain("nothing");
    expect(unknown.stderr).not.toContain("fault of cdktf-agentcore");
    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  });

  test("leaves it out when it is told so, and the rest answers", async () => {
    const folder = await bentDocument(({ output, resource }) => {
      addTarget(resource, "orders", connector);
      const targets = resource["aws_bedrockagentcore_gateway_target"] ?? {};
      const passing = { credential_provider_configuration: [{ mutual_tls: [{}] }], name: "passing" };
      targets["passing"] = { ...targets["mcp_server"], ...passing };
      const gateway = resource["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
      const [authorizer] = gateway["authorizer_configuration"] as { custom_jwt_authorizer: object[] }[];
      Object.assign(authorizer?.custom_jwt_authorizer[0] ?? {}, { private_endpoint: [{}] });
      resource["aws_kms_external_key"] = { key: {} };
      output["key"] = { value: "${aws_kms_external_key.key.arn}" };
    });
    const { command, port, url } = await startUp(folder, "--skip-unsupported");
    const said = command.stdout.replace(/\n +/g, " ");
    for (const line of [
      "! aws_bedrockagentcore_gateway.main: the argument authorizer_configuration.custom_jwt_authorizer.private_endpoint is not supported, and is left out.",
      "! output.key is left out: it needs a value of aws_kms_external_key.key, but the kind aws_kms_external_key is not supported.",
      "✗ aws_bedrockagentcore_gateway_target.orders is left out: Targets of the kind connector are not emulated.",
      "✗ aws_bedrockagentcore_gateway_target.passing is left out: the argument credential_provider_configuration.mutual_tls is a",
      ", and left 2 out",
      "target orders-target, left out why       Targets of the kind connector are not emulated.",
    ]) {
      expect(said).toContain(line);
    }
    expect(await cdktfAgentcore("tools", "--port", port)).toMatchObject({
      stdout: expect.stringContaining("___add_numbers") as string,
      stderr: expect.stringMatching(
        /^The target orders-target is left out: Targets of the kind connector are not emulated\.\nThe target passing is left out: the argument .*mutual_tls is a way of authorization that is not supported\.\n$/,
      ) as string,
    });
    expect((await cdktfAgentcore("call", "add_numbers", '{"a": 5, "b": 3}', "--port", port)).stdout).toBe("8\n");
    expect(await (await fetch(`${url}/_emulator/system`)).text()).toContain("orders-target: FAILED, 0 tools");
    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  });
});

describe("up, on a stack of several targets", () => {
  test("says which handlers and servers are without use, where names are made at the apply", async () => {
    const folder = await bentResources((resources) => {
      resources["random_id"] = { suffix: { byte_length: 4 } };
      addFunction(resources, "orders");
      for (const fn of Object.values(resources["aws_lambda_function"] ?? {})) {
        fn["function_name"] = "orders-${random_id.suffix.hex}";
      }
      for (const runtime of Object.values(resources["aws_bedrockagentcore_agent_runtime"] ?? {})) {
        runtime["agent_runtime_name"] = "tools_${random_id.suffix.hex}";
      }
    });
    const handler = `orders=${REPOSITORY}/__tests__/support/servers/lambda-tools.js#handler`;
    const { stdout, status } = await cdktfAgentcore(
      ...["up", folder, "--once", "--port", "0", "--lambda", handler, "--runtime", `tools=${SHOUT}`],
    );
    expect(stdout).toMatch(/^ {2}without use: --lambda orders, --runtime tools\n {4}why +the stack has none/m);
    expect(status).toBe(0);
  });

  test("starts the servers of single runtimes and the handlers of Lambda functions that it is told", async () => {
    const folder = await bentResources((resources) => {
      addTarget(resources, "second", {
        mcp_server: [
          {
            endpoint:
              "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.second.agent_runtime_arn)}/invocations",
          },
        ],
      });
      const runtimes = resources["aws_bedrockagentcore_agent_runtime"] ?? {};
      runtimes["second"] = { ...runtimes["mcp_server"], agent_runtime_name: "second_server" };
      addFunctionTarget(resources, "orders", "arn:aws:lambda:us-east-1:123456789012:function:orders");
      addFunction(resources, "returns");
    });
    const handlers = `orders=${REPOSITORY}/__tests__/support/servers/lambda-tools.js#handler`;
    const { command, port } = await startUp(folder, "--runtime", `second_server=${SHOUT}`, "--lambda", handlers);
    expect(command.stdout).not.toContain("without use");
    expect(command.stdout).toMatch(
      /^! The function orders is none of the stack's: it is taken for one that exists\.$/m,
    );
    expect(command.stdout).toMatch(
      /^ {2}without code: returns\n {4}why +their calls fail until --lambda NAME=FILE#EXPORT/m,
    );
    const call = async (...parameters: string[]) =>
      (await cdktfAgentcore("call", ...parameters, "--port", port)).stdout;
    expect(await call("shout", '{"text": "hey"}')).toBe("HEY\n");
    expect(await call("add_numbers", '{"a": 5, "b": 3}')).toBe("8\n");
    expect(await call("orders-target___get_order", '{"orderId": "42"}')).toContain("42");
    command.interrupt();
    expect(await command.end()).toMatchObject({ status: 0 });
  });

  test("fails with 2 and one sentence for a host that is to stand on another machine", async () => {
    const folder = await bentResources(addOutsideTarget);
    const { status, stderr } = await cdktfAgentcore(
      "up",
      folder,
      "--port",
      "0",
      "--host",
      "mcp.example.com=https://example.com",
    );
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^cdktf-agentcore: The host mcp\.example\.com cannot be mapped .*\n$/),
    ]);
  });

  test.each([
    [
      "--runtime",
      "other=node x.js",
      "--runtime names 'other', which is not in the stack: its runtimes are m2m_auth_demo_mcp_server",
    ],
    [
      "--lambda",
      `order=${REPOSITORY}/__tests__/support/servers/lambda-tools.js#handler`,
      "--lambda names 'order', which is not in the stack: its Lambda functions are orders",
    ],
    [
      "--host",
      "example.com=http://127.0.0.1:9",
      "--host names 'example.com', which is not in the stack: its hosts outside of AWS are mcp.example.com",
    ],
  ])("fails with 2 and the names that there are for %s %s", async (option, value, sentence) => {
    const folder = await bentResources((resources) => {
      addOutsideTarget(resources);
      addFunction(resources, "orders");
    });
    const { status, stderr } = await cdktfAgentcore("up", folder, "--port", "0", option, value);
    expect([status, stderr]).toEqual([2, `cdktf-agentcore: ${sentence}.\n`]);
  });

  test("fails with 2 for a host of a stack that calls none outside of AWS", async () => {
    const { status, stderr } = await cdktfAgentcore(
      "up",
      await articleStack(),
      "--port",
      "0",
      "--host",
      "a.example=http://127.0.0.1:9",
    );
    expect([status, stderr]).toEqual([
      2,
      oneSentence("--host names 'a.example', which is not in the stack: it has no hosts outside of AWS"),
    ]);
  });
});

describe("up --clock", () => {
  test("starts the emulator's clock at another time, with tokens of that time that the gateway accepts", async () => {
    const { command, port } = await startUp(await articleStack(), "--clock", "2031-05-01T12:00:00Z");
    const token = (await cdktfAgentcore("token", "--port", port)).stdout;
    const { iat } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { iat: number };
    expect(new Date(iat * 1000).toISOString()).toMatch(/^2031-05-01T12:/);
    expect(await cdktfAgentcore("tools", "--port", port)).toMatchObject({ status: 0 });
    command.interrupt();
    await command.end();
  });
});

describe("help", () => {
  test.each([[[]], [["help"]], [["--help"]]])("tells of every command for %j", async (parameters) => {
    const { status, stdout } = await cdktfAgentcore(...parameters);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Usage: .*^ {2}up .*^ {2}output /ms)]);
  });

  test.each([
    ["output", "--help"],
    ["help", "output"],
    ["help", "terraform"],
  ])("tells of one command for %s %s", async (...parameters) => {
    const { status, stdout } = await cdktfAgentcore(...parameters);
    const name = parameters.find((parameter) => !parameter.includes("help"));
    expect([status, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^Usage: .*\n\n {2}${name} `))]);
    expect(stdout).not.toContain("  up ");
  });

  test("tells the version", async () => {
    expect(await cdktfAgentcore("--version")).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  });
});
