import { TopologyError } from "../../../topology";
import { deploy, ENVIRONMENT } from "../fake-account";
import { Dice, places } from "../junk";
import { ARTICLE, keptPlan, TOOLS, planTopology } from "./documents";

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  "",
  "x",
  "${",
  "module.x",
  "local.x",
  "aws_iam_role.gateway",
  [],
  [[]],
  [null],
  {},
  { references: ["aws_iam_role.gateway.arn"] },
  { references: ["module.tool", "each.key"] },
  { references: ["data.x", "module.", "a.b.c[", "x"] },
  { references: [] },
  { constant_value: "${aws_iam_role.gateway.arn}", references: ["aws_iam_role.gateway"] },
];

/** The error of a plan; undefined when it is deployed. Anything but a TopologyError is thrown on. */
function errorOf(plan: object): TopologyError | undefined {
  try {
    const topology = planTopology(plan);
    if (topology.region === ENVIRONMENT.region) deploy(topology);
    return undefined;
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
}

test.each([
  ["the article", ARTICLE, "plan"],
  ["the article, deployed", ARTICLE, "deployed"],
  ["modules", TOOLS, "plan"],
] as const)("junk in the place of any part of a plan of %s gives a TopologyError or a topology", (_, folder, name) => {
  const text = JSON.stringify(keptPlan(folder, name)).replaceAll("eu-central-1", ENVIRONMENT.region);
  const codes = new Set<string>();
  for (let seed = 0; seed < 80; seed++) {
    const plan = JSON.parse(text) as object;
    const dice = new Dice(seed);
    const all = places(plan);
    for (let mutations = 5 + dice.below(20); mutations >= 0; mutations--) {
      const [container, key] = dice.pick(all);
      const target = container as Record<string, unknown>;
      if (dice.below(3) === 0) delete target[key];
      else target[key] = dice.pick(JUNK);
    }
    const error = errorOf(plan);
    if (error) codes.add(error.code);
    expect(error?.message ?? "").not.toMatch(/\n|undefined|\[object/);
  }
  expect(codes.size).toBeGreaterThan(1);
});
