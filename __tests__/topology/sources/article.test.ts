import { join } from "node:path";
import { readDocument, type ReadingOptions, topologyOf } from "../../../topology";
import { articleStack } from "../../support/article-stack";
import { deploy } from "../fake-account";

const FOLDER = join(__dirname, "../../review/article");
const PLAN = join(FOLDER, "plan.json");

function deployed(path: string, options: ReadingOptions = {}): ReturnType<typeof deploy> {
  return deploy(topologyOf(readDocument(path, options)));
}

/** JSON in texts is compared by what it says, and lists, which are sets in a plan, in whatever order. */
function told(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("{")) return told(JSON.parse(value));
  if (Array.isArray(value))
    return value.map(told).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, told(member)]));
}

function compared({ declarations }: ReturnType<typeof deploy>): [address: string, told: unknown][] {
  return Object.entries(declarations).map(([address, declaration]): [string, unknown] => [address, told(declaration)]);
}

/** What the article and the sample stack have in common; the stack's policies and trust are narrower. */
const THE_HOP = [
  "aws_bedrockagentcore_gateway_target.mcp_server",
  "aws_bedrockagentcore_oauth2_credential_provider.m2m",
  "aws_cognito_resource_server.mcp",
];

describe("the article's system deploys alike, whatever it is read from", () => {
  const hcl = deployed(FOLDER);
  const inHcl = new Map(compared(hcl));

  test.each(compared(deployed(PLAN, { source: FOLDER })))("plan with its source: %s", (address, declaration) =>
    expect(declaration).toEqual(inHcl.get(address)),
  );

  test.each(compared(deployed(PLAN)).filter(([address]) => address !== "aws_iam_role_policy.agent_runtime"))(
    "plan alone: %s",
    (address, declaration) => expect(declaration).toEqual(inHcl.get(address)),
  );

  test("with the same resources and outputs each time", () => {
    for (const other of [deployed(PLAN), deployed(PLAN, { source: FOLDER })]) {
      expect(Object.keys(other.declarations).sort()).toEqual([...inHcl.keys()].sort());
      expect(other.outputs).toEqual(hcl.outputs);
    }
  });

  test("and the sample stack has the same hop and outputs", async () => {
    const stack = deployed(await articleStack());
    const inStack = new Map(compared(stack));
    for (const address of THE_HOP) expect(inStack.get(address)).toMatchObject(inHcl.get(address) as object);
    expect(stack.outputs).toMatchObject(hcl.outputs);
  });
});
