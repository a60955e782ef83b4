import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { review, type Review } from "../../review";
import { inventoryOf, parseDocument, readDocument } from "../../topology";
import { temporaryFolder } from "../support/temporary-folder";
import { block, cleanStack, INBOUND_POOL, type Stack, TARGET } from "./clean-stack";
import { mistakes } from "./mistakes";
import { print, reviewOf } from "./reports";
import { readInventory } from "../topology/reading";

const articlePlan = join(__dirname, "article/plan.json");

const selfSignUp = (stack: Stack): void => void delete block(stack, INBOUND_POOL)["admin_create_user_config"];
const accepted = { rule: "self-sign-up", address: INBOUND_POOL, reason: "A demo." };
const withoutWait = (stack: Stack): void => void delete block(stack, TARGET)["depends_on"];

describe("the text", () => {
  test("begins with who calls whom, with issuer, client, scopes and role of each hop", () => {
    expect(
      print("text", review(readInventory(articlePlan)))
        .split("\n")
        .slice(0, 7),
    ).toEqual([
      "Who calls whom",
      "",
      "  caller  JWT of aws_cognito_user_pool.inbound, client aws_cognito_user_pool_client.inbound",
      "  └─▶ gateway aws_bedrockagentcore_gateway.main, role aws_iam_role.gateway",
      "      target aws_bedrockagentcore_gateway_target.mcp_server  JWT of aws_cognito_user_pool.outbound, client aws_cognito_user_pool_client.m2m, scopes mcp-server/tools.execute mcp-server/tools.read mcp-server/tools.write",
      "      └─▶ runtime aws_bedrockagentcore_agent_runtime.mcp_server, role aws_iam_role.agent_runtime",
      "          accepts JWT of aws_cognito_user_pool.outbound, client aws_cognito_user_pool_client.m2m",
    ]);
  });

  test("tells what each role may do", () => {
    const text = print("text", review(readInventory(articlePlan)));
    expect(text).toContain("  aws_iam_role.gateway\n    bedrock-agentcore:InvokeGateway\n        *\n");
  });

  test("tells findings worst first, and counts them", () => {
    const text = print(
      "text",
      reviewOf((stack) => {
        selfSignUp(stack);
        delete block(stack, TARGET)["credential_provider_configuration"];
      }),
    );
    expect(
      text.indexOf("error aws_bedrockagentcore_gateway_target.tools outbound-authorization-missing"),
    ).toBeGreaterThan(0);
    expect(text.indexOf("warning aws_cognito_user_pool.people self-sign-up")).toBeGreaterThan(
      text.indexOf("outbound-authorization-missing"),
    );
    expect(text).toMatch(/\n1 error, 1 warning, 0 info\n$/);
  });

  test("says of a configuration without AgentCore that there is nothing to review", () => {
    const other = inventoryOf(
      parseDocument(
        "other.tf.json",
        Buffer.from(JSON.stringify({ resource: { aws_s3_bucket: { one: {}, two: {} } } })),
      ),
    );
    expect(print("text", review(other))).toBe(
      "There is nothing of AgentCore among the 2 resources: nothing to review.\n",
    );
  });

  test("names the blocks of AgentCore that have no instance, also in modules that have none", () => {
    const folder = temporaryFolder({
      "main.tf": `variable "image" {
        default = ""
      }
      resource "aws_bedrockagentcore_agent_runtime" "demo" {
        count = var.image == "" ? 0 : 1
      }
      module "gateways" {
        source   = "./gateway"
        for_each = {}
      }`,
      "gateway/main.tf": 'resource "aws_bedrockagentcore_gateway" "demo" {}\nresource "aws_s3_bucket" "demo" {}\n',
    });
    expect(print("text", review(inventoryOf(readDocument(folder))))).toBe(
      "There is nothing of AgentCore among the 0 resources: nothing to review, as the values that are given make no instance of aws_bedrockagentcore_agent_runtime.demo, module.gateways.aws_bedrockagentcore_gateway.demo.\n",
    );
  });
});

describe("JSON", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../docs/review.schema.json"), "utf8")) as object;
  const validate = new Ajv({ allErrors: true }).compile(schema);

  test.each([
    ["the article's plan", () => review(readInventory(articlePlan))],
    ["a stack with an acknowledged warning", () => reviewOf(selfSignUp, { acknowledgements: [accepted] })],
    [
      "a stack with every mistake that fits beside others",
      () => reviewOf((stack) => mistakes.slice(0, 1).forEach(({ bend }) => bend(stack))),
    ],
    ["no AgentCore at all", () => review(inventoryOf(parseDocument("other.tf.json", Buffer.from("{}"))))],
  ])("fits the documented schema for %s", (_, make) => {
    validate(JSON.parse(print("json", make())));
    expect(validate.errors).toBeNull();
  });

  test("fails the schema when a finding lacks a member", () => {
    const document = JSON.parse(print("json", reviewOf(selfSignUp))) as { findings: { fix?: string }[] };
    delete document.findings[0]?.fix;
    expect(validate(document)).toBe(false);
  });
});

describe("SARIF", () => {
  const log = JSON.parse(
    print(
      "sarif",
      reviewOf((stack) => [selfSignUp, withoutWait].forEach((bend) => bend(stack)), { acknowledgements: [accepted] }),
    ),
  ) as Log;
  const [run] = log.runs;

  test("is one run of version 2.1.0 whose results name declared rules", () => {
    expect(log).toMatchObject({ version: "2.1.0", $schema: "https://json.schemastore.org/sarif-2.1.0.json" });
    const ids = run?.tool.driver.rules?.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(ids[ruleIndex ?? -1]).toBe(ruleId);
  });

  test("places results in the file, whose name is a URI, and at the resource", () => {
    expect(run?.results?.map(({ locations }) => locations)).toEqual([
      [
        {
          physicalLocation: { artifactLocation: { uri: "my%20stack.tf.json" }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: TARGET, kind: "resource" }],
        },
      ],
      [expect.objectContaining({ logicalLocations: [{ fullyQualifiedName: INBOUND_POOL, kind: "resource" }] })],
    ]);
  });

  test("shows acknowledged warnings as suppressed, with the reason", () => {
    expect(run?.results?.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions])).toEqual([
      ["target-before-policy", "warning", undefined],
      ["self-sign-up", "warning", [{ kind: "external", justification: "A demo." }]],
    ]);
  });
});

describe("reports that are larger than pages take", () => {
  const one = reviewOf(selfSignUp);
  const many = (count: number, address: string): Review => ({
    ...one,
    findings: Array.from({ length: count }, (_, index) =>
      one.findings.map((finding) => ({ ...finding, address: `${address}${index}` })),
    ).flat(),
  });

  test("SARIF has the worst 25,000 results, and says how many it lacks", () => {
    const [run] = (JSON.parse(print("sarif", many(25_002, "a"))) as Log).runs;
    expect(run?.results).toHaveLength(25_000);
    expect(run?.invocations?.[0]?.toolExecutionNotifications).toEqual([
      { descriptor: { id: "left-out" }, level: "warning", message: { text: "2 more results are left out." } },
    ]);
  });

  test.each([
    [60, "a", "```mermaid"],
    [500, "a".repeat(1_500), "and 480 more, which the other formats name."],
    [10, "<".repeat(20_000), "and 10 more, which the other formats name."],
  ])("Markdown of %d findings fits a comment of a pull request", (count, address, text) => {
    const markdown = print("markdown", many(count, address));
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain(`${count} warnings`);
    expect(markdown).toContain(text);
  });
});

describe("Mermaid", () => {
  const lines = print("mermaid", reviewOf(selfSignUp)).trimEnd().split("\n");

  test("is a flowchart of declared nodes, edges between them and styles of them", () => {
    expect(lines[0]).toBe("flowchart LR");
    const nodes = lines.flatMap((line) => /^ {2}(n\d+)\["[^"[\]]+"\]$/.exec(line)?.[1] ?? []);
    const edges = lines.flatMap((line) => {
      const match = /^ {2}(n\d+) (?:-->|-\.->)\|"[^"|]+"\| (n\d+)$/.exec(line);
      return match ? [[match[1], match[2]]] : [];
    });
    const styles = lines.flatMap((line) => /^ {2}style (n\d+) fill:#\w+,stroke:#\w+$/.exec(line)?.[1] ?? []);
    expect(1 + nodes.length + edges.length + styles.length).toBe(lines.length);
    for (const id of [...edges.flat(), ...styles]) expect(nodes).toContain(id);
  });

  test("shows the hops with their authorization", () => {
    const chart = lines.join("\n");
    for (const part of [
      "caller",
      "gateway aws_bedrockagentcore_gateway.main",
      "JWT of aws_cognito_user_pool.machines",
      "token for aws_cognito_user_pool_client.machine, scopes tools/execute",
    ]) {
      expect(chart).toContain(part);
    }
  });

  test("keeps quotes and brackets of addresses out of its syntax", () => {
    const stack = cleanStack();
    Object.assign(block(stack, "aws_bedrockagentcore_gateway.main"), { for_each: { 'a"]': "x" } });
    const chart = print(
      "mermaid",
      review(inventoryOf(parseDocument("stack.tf.json", Buffer.from(JSON.stringify(stack))))),
    );
    expect(chart).not.toMatch(/gateway\.main\["/);
    expect(chart).toContain("#34;");
  });
});
