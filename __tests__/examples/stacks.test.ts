import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, review } from "../../review";
import { discard, synthesize } from "../support/synthesize";
import { firing } from "../docs/security/rules";
import { examples, programOf } from "./examples";
import { readInventory } from "../topology/reading";

interface Policy {
  readonly Statement: readonly { readonly Action: string | string[]; readonly Resource?: string | string[] }[];
}

interface Stack {
  readonly output?: Record<string, unknown>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

interface Wildcard {
  readonly role: string;
  readonly actions: string;
}

/** What AWS offers nothing narrower for, as the README explains. */
const named: readonly string[] = [
  "ecr:GetAuthorizationToken",
  "logs:CreateLogGroup,logs:DescribeLogStreams",
  "logs:DescribeLogGroups",
  "logs:CreateLogStream,logs:PutLogEvents",
];

/** Every resource with a `*` that a role of the stack may use. */
function wildcardsIn({ resource }: Stack): Wildcard[] {
  const policies = [
    ...Object.values(resource.aws_iam_role_policy ?? {}),
    ...Object.entries(resource.aws_iam_policy ?? {}).map(([name, { policy }]) => ({ policy, role: name })),
  ];
  return policies.flatMap(({ policy, role }) =>
    (JSON.parse(String(policy)) as Policy).Statement.flatMap(({ Action, Resource = [] }) =>
      [Resource]
        .flat()
        .filter((each) => each.includes("*"))
        .map(() => ({ role: String(role), actions: [Action].flat().join() })),
    ),
  );
}

/** A reference to a secret attribute or variable. */
const secret = /client_secret\b(?!_arn)|var\.\w*(secret|api_key)/;

/** Outputs, environment variables, commands and descriptions that hold a secret. */
function secretsShown({ output = {}, resource }: Stack): string[] {
  const resources = Object.values(resource).flatMap((elements) => Object.values(elements));
  const shown = [output, ...resources.map((each) => [each.environment_variables, each.provisioner, each.description])];
  return shown.map((each) => JSON.stringify(each)).filter((text) => secret.test(text));
}

describe.each(examples)("the example %s", (example) => {
  let stack: Stack;
  let findings: readonly Finding[];

  beforeAll(async () => {
    const folder = await synthesize(programOf(example));
    stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Stack;
    findings = review(readInventory(folder)).findings;
    await discard(folder);
  });

  test("has no finding but that several targets come on several pages", () => {
    expect(findings.filter(({ rule }) => rule !== "tools-paged")).toEqual([]);
  });

  test("breaks no rule of other tools that is met by default", () => {
    expect(firing(stack, "default")).toEqual([]);
  });

  test("gives its roles no wildcard but the named ones, and the gateway's none at all", () => {
    const wildcards = wildcardsIn(stack);
    expect(wildcards).not.toEqual([]);
    expect(wildcards.filter(({ actions }) => !named.includes(actions))).toEqual([]);
    expect(wildcards.filter(({ role }) => /gateway/i.test(role))).toEqual([]);
  });

  test("shows no secret in an output, an environment variable or a command", () => {
    expect(JSON.stringify(stack.resource)).toMatch(secret);
    expect(secretsShown(stack)).toEqual([]);
  });
});
