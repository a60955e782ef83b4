import { join, relative } from "node:path";
import { review, type Review } from "../../review";
import { inventoryOfStacks, readStacks } from "../../topology";
import { cdktfAgentcoreReading } from "../support/command-here";
import { temporaryFolder } from "../support/temporary-folder";
import { add, argumentsAt, type Change } from "./changes";
import {
  block,
  cleanStack,
  GATEWAY,
  GATEWAY_POLICY,
  GATEWAY_ROLE,
  type Json,
  RUNTIME,
  RUNTIME_POLICY,
  RUNTIME_ROLE,
  type Stack,
  TARGET,
} from "./clean-stack";
import { mistakes } from "./mistakes";

const STATE = "/state/terraform.identity.tfstate";
const COGNITO = /(?<![.\w])(aws_cognito_\w+\.\w+)\.(\w+)/g;

/** A stack in two, as CDKTF has them: what is of Cognito, and what reads of that by outputs which it calls sensitive. */
function inTwo(
  bend: Change = () => undefined,
  bendBoth: (identity: Stack, app: Stack) => void = () => undefined,
  path = STATE,
): string {
  const stack = cleanStack();
  bend(stack);
  const isOfCognito = ([type]: readonly [string, unknown]): boolean => type.startsWith("aws_cognito_");
  const resources = Object.entries(stack.resource);
  const output: Record<string, Json> = {};
  const others = { ...stack, resource: Object.fromEntries(resources.filter((each) => !isOfCognito(each))) };
  const reading = JSON.stringify(others).replace(COGNITO, (text: string, address: string, attribute: string) => {
    const name = `cross-stack-output-${address}-${attribute}`.replaceAll(".", "-");
    output[name] = { value: `\${${text}}`, sensitive: true };
    return `data.terraform_remote_state.identity.outputs.${name}`;
  });
  const app = JSON.parse(reading, (name, value: unknown) =>
    name === "depends_on" ? [value].flat().filter((each) => !String(each).startsWith("aws_cognito_")) : value,
  ) as Stack;
  const identity: Stack = { ...stack, resource: Object.fromEntries(resources.filter(isOfCognito)), output };
  bendBoth(identity, app);
  const stackOf = (name: string, dependencies: readonly string[]): object => ({
    name,
    dependencies,
    workingDirectory: `stacks/${name}`,
  });
  return temporaryFolder({
    "manifest.json": { stacks: { app: stackOf("app", ["identity"]), identity: stackOf("identity", []) } },
    "stacks/identity/cdk.tf.json": {
      terraform: { backend: { local: { path: STATE } } },
      ...identity,
    },
    "stacks/app/cdk.tf.json": {
      ...app,
      data: { ...app.data, terraform_remote_state: { identity: { backend: "local", config: { path } } } },
    },
  });
}

const reviewed = (folder: string): Review => review(inventoryOfStacks(readStacks(folder)));
const told = ({ findings }: Review): string[] => findings.map(({ rule, address }) => `${rule} ${address}`);

test("two stacks are reviewed as one system", () => {
  const { findings, unchecked } = reviewed(inTwo());
  expect({ findings, unchecked }).toEqual({ findings: [], unchecked: [] });
});

test.each(mistakes)("of two stacks, $title ($rule)", ({ rule, address, bend }) => {
  expect(told(reviewed(inTwo(bend)))).toContainEqual(
    expect.stringMatching(new RegExp(`^${rule} (app|identity)/${address}$`)),
  );
});

test("names of two stacks may be those of two accounts", () => {
  const twin = add("aws_iam_role.twin", { ...block(cleanStack(), GATEWAY_ROLE) });
  const folder = inTwo(twin, (identity, app) => {
    identity.resource["aws_iam_role"] = { twin: app.resource["aws_iam_role"]?.["twin"] ?? {} };
    delete app.resource["aws_iam_role"]?.["twin"];
  });
  expect(told(reviewed(folder))).toEqual([]);
});

test("two stacks that are alike, each of an account of its own, have what each has", () => {
  const alike = (bend: Change): Stack => {
    const stack = cleanStack();
    const name = (address: string) => `\${${address}.name}`;
    argumentsAt(GATEWAY_POLICY).set("role", name(GATEWAY_ROLE))(stack);
    argumentsAt(RUNTIME_POLICY).set("role", name(RUNTIME_ROLE))(stack);
    bend(stack);
    return stack;
  };
  const stackOf = (name: string): object => ({ name, dependencies: [], workingDirectory: `stacks/${name}` });
  const both = (bend: Change): string[] =>
    told(
      reviewed(
        temporaryFolder({
          "manifest.json": { stacks: { dev: stackOf("dev"), prod: stackOf("prod") } },
          "stacks/dev/cdk.tf.json": alike(() => undefined),
          "stacks/prod/cdk.tf.json": alike(bend),
        }),
      ),
    );
  expect(both(() => undefined)).toEqual([]);
  const pullsNothing = argumentsAt(RUNTIME_POLICY).set("policy", '{"Version":"2012-10-17","Statement":[]}');
  expect(new Set(both(pullsNothing))).toEqual(new Set([`runtime-role-permissions prod/${RUNTIME_ROLE}`]));
});

test("a state of another stack is not checked", () => {
  const { findings, unchecked } = reviewed(inTwo(undefined, undefined, "/state/terraform.other.tfstate"));
  expect(findings).toEqual([]);
  expect(unchecked).toContainEqual({
    address: `app/${GATEWAY}`,
    what: expect.any(String) as string,
    position: expect.any(Object) as object,
    reason: expect.stringContaining("data.terraform_remote_state.identity") as string,
  });
});

test.each([
  ["${module.roles.arn}", "app/module.roles.arn is of a module that is not shown"],
  ["${tonumber(local.role)}", `app/${GATEWAY} cannot evaluate .*: string cannot become a number$`],
])("what cannot be told of %s names it as all of the stack", (role, reason) => {
  const folder = inTwo(undefined, (_, app) => {
    Object.assign(app, { module: { roles: { source: "acme/roles/aws" } }, locals: { role: "gateway" } });
    Object.assign(block(app, GATEWAY), { role_arn: role });
  });
  expect(reviewed(folder).unchecked).toContainEqual(
    expect.objectContaining({ address: `app/${GATEWAY}`, reason: expect.stringMatching(`^${reason}`) as string }),
  );
});

test("the command reviews all stacks of a cdktf.out, with the files of each", async () => {
  const folder = inTwo(argumentsAt(RUNTIME).set("protocol_configuration.server_protocol", "HTTP"));
  const { status, stdout } = await cdktfAgentcoreReading("", "review", folder, "--format", "json");
  expect(status).toBe(1);
  const { findings } = JSON.parse(stdout) as { findings: { address: string; position: { file: string } }[] };
  expect(findings).toMatchObject([
    {
      address: `app/${TARGET}`,
      rule: "runtime-not-mcp",
      position: { file: relative(".", join(folder, "stacks/app/cdk.tf.json")) },
    },
  ]);
});
