import { readFileSync } from "node:fs";
import { join } from "node:path";
import { discard, synthesize } from "../support/synthesize";
import { examples, programOf } from "./examples";

interface Policy {
  readonly Statement: readonly { readonly Action: string | string[]; readonly Resource?: string | string[] }[];
}

interface Wildcard {
  readonly role: string;
  readonly actions: string;
  readonly resource: string;
}

/** What AWS offers nothing narrower for, as the README explains. */
const named: readonly Pick<Wildcard, "actions">[] = [
  { actions: "ecr:GetAuthorizationToken" },
  { actions: "logs:CreateLogGroup,logs:DescribeLogStreams" },
  { actions: "logs:DescribeLogGroups" },
  { actions: "logs:CreateLogStream,logs:PutLogEvents" },
];

/** Every resource with a `*` that a role of the stack may use. */
function wildcardsIn(folder: string): Wildcard[] {
  const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
    resource: Record<string, Record<string, { policy?: string; role?: string }> | undefined>;
  };
  const policies = [
    ...Object.values(resource.aws_iam_role_policy ?? {}),
    ...Object.entries(resource.aws_iam_policy ?? {}).map(([name, { policy }]) => ({ policy, role: name })),
  ];
  return policies.flatMap(({ policy = "{}", role = "" }) =>
    (JSON.parse(policy) as Policy).Statement.flatMap(({ Action, Resource = [] }) =>
      [Resource]
        .flat()
        .filter((each) => each.includes("*"))
        .map((each) => ({ role, actions: [Action].flat().join(), resource: each })),
    ),
  );
}

describe("the roles of the examples", () => {
  const found: Record<string, readonly Wildcard[]> = {};

  beforeAll(async () => {
    for (const example of examples) {
      const folder = await synthesize(programOf(example));
      found[example] = wildcardsIn(folder);
      await discard(folder);
    }
  });

  afterAll(() => {
    const isGateway = ({ role }: Wildcard) => /gateway/i.test(role);
    const lines = Object.entries(found).map(([example, wildcards]) => {
      const gateway = wildcards.filter(isGateway).length;
      return `${example.padEnd(28)}gateway role ${gateway}, other roles ${wildcards.length - gateway}`;
    });
    process.stderr.write(`Resources with a wildcard:\n  ${lines.join("\n  ")}\n`);
  });

  it.each(examples)("of %s have no wildcard but the named ones", (example) => {
    expect(found[example]).toBeDefined();
    const unnamed = found[example]?.filter(({ actions }) => !named.some((exception) => exception.actions === actions));
    expect(unnamed).toEqual([]);
  });

  it.each(examples)("of %s leave the gateway's role none at all", (example) => {
    expect(found[example]?.filter(({ role }) => /gateway/i.test(role))).toEqual([]);
  });
});
