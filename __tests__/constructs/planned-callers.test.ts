import { cpSync, readdirSync, renameSync, writeFileSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../review";
import { examples, programOf, variables } from "../examples/examples";
import { describeWithTerraform } from "../support/skip";
import { Terraform } from "../support/terraform/terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { readInventory } from "../topology/reading";

const localBackend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

let outdir: string;
beforeAll(() => {
  outdir = temporaryFolder();
  process.env.CDKTF_OUTDIR = outdir;
});
afterAll(() => {
  delete process.env.CDKTF_OUTDIR;
});

/** The folder of an example's stack, whose program runs here, with the bindings of these tests. */
function synthesized(example: string): string {
  jest.isolateModules(() => jest.requireActual<object>(programOf(example)));
  const [stack = ""] = readdirSync(join(outdir, "stacks"));
  const folder = mkdtempSync(join(outdir, "stack-"));
  renameSync(join(outdir, "stacks", stack), folder);
  return folder;
}

test.each(examples)("the example %s synthesizes, with a review that finds no error", (example) => {
  const { findings } = review(readInventory(synthesized(example)));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

/** The stand-in provider has the schema of the bindings with which the tests run. */
describeWithTerraform("terraform with the schema of the bindings", () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start();
  });

  test.each([
    ["people by code and PKCE beside two machines", "people-and-machines", 3],
    ["callers of an issuer like Entra", "entra", 0],
  ])("plans and applies a gateway of %s", async (_, example, clients) => {
    const folder = await terraform.newFolder();
    cpSync(synthesized(example), folder, { recursive: true });
    writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(localBackend));
    writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(variables[example] ?? {}));
    await terraform.init(folder);
    expect(await terraform.validate(folder)).toEqual([]);
    const { resource_changes: planned } = await terraform.plan(folder);
    const created = planned.filter(({ change }) => change.actions.join() === "create").map(({ address }) => address);
    expect(created).toContainEqual(expect.stringMatching(/^aws_bedrockagentcore_gateway_target\./));
    // That of the gateway itself is in the pool of machines.
    const ofCallers = created.filter((address) => /^aws_cognito_user_pool_client\.(?!machines)/.test(address));
    expect(ofCallers).toHaveLength(clients);
    await terraform.applyPlan(folder);
    expect(await terraform.planDetailed(folder)).toBe(0);
  });
});
