import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { review } from "../../review";
import { readInventory } from "../../topology";
import { describeWithTerraform } from "../support/skip";
import { Terraform } from "../support/terraform/terraform";

const examples = resolve(__dirname, "../../examples");
const localBackend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

/** The stand-in provider has the schema of the bindings with which the tests run. */
describeWithTerraform("terraform with the schema of the bindings", () => {
  let terraform: Terraform;
  let outdir: string;
  beforeAll(async () => {
    terraform = await Terraform.start();
    outdir = mkdtempSync(join(tmpdir(), "callers-"));
    process.env.CDKTF_OUTDIR = outdir;
  });
  afterAll(async () => {
    await terraform.stop();
    rmSync(outdir, { recursive: true });
    delete process.env.CDKTF_OUTDIR;
  });

  it.each([
    ["people by code and PKCE beside two machines", "people-and-machines", 3],
    ["callers of an issuer like Entra", "entra", 0],
  ])("plans and applies a gateway of %s, without a finding", async (_, example, clients) => {
    jest.isolateModules(() => jest.requireActual<object>(join(examples, example, "main.ts")));
    const folder = join(outdir, "stacks", example);
    writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(localBackend));
    writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify({ gateway_client_secret: "not-a-secret" }));
    const { findings } = review(readInventory(folder));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);

    await terraform.init(folder);
    expect(await terraform.validate(folder)).toEqual([]);
    const { resource_changes: planned } = await terraform.plan(folder);
    const created = planned.filter(({ change }) => change.actions.join() === "create").map(({ address }) => address);
    expect(created).toContainEqual(expect.stringMatching(/^aws_bedrockagentcore_gateway_target\./));
    // That of the gateway itself is in the pool of machines.
    const ofCallers = created.filter((address) => /^aws_cognito_user_pool_client\.(?!machines)/.test(address));
    expect(ofCallers).toHaveLength(clients);
    await terraform.apply(folder);
    expect(await terraform.planDetailed(folder)).toBe(0);
  });
});
