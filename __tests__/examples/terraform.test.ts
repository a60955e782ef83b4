import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "../support/skip";
import { discard, synthesize } from "../support/synthesize";
import { Terraform } from "../support/terraform/terraform";
import { examples, programOf, variables } from "./examples";

const localBackend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

describeWithTerraform("terraform on the examples", () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start();
  });

  test.each(examples)("validates, applies, plans no change and destroys %s", async (example) => {
    const folder = await synthesize(programOf(example));
    try {
      const values = variables[example] ?? {};
      writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(values));
      // CDKTF's own backend would put the state into the folder of the tests.
      writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(localBackend));
      await terraform.init(folder);
      expect(await terraform.validate(folder)).toEqual([]);
      const { resource_changes: planned } = await terraform.plan(folder);
      expect(planned.filter(({ change }) => change.actions.join() === "create")).not.toEqual([]);

      const applied = (await terraform.applyPlan(folder)).map(({ address }) => address);
      expect(applied).toContainEqual(expect.stringMatching(/^aws_bedrockagentcore_gateway_target\./));
      expect(await terraform.output(folder)).toMatchObject({
        [example === "lambda-and-openapi" ? "mcp_gateway_url" : "gateway_url"]: expect.stringMatching(
          /^https:\/\/.*\/mcp$/,
        ) as string,
      });
      expect(await terraform.planDetailed(folder)).toBe(0);

      const state = readFileSync(join(folder, "terraform.tfstate"), "utf8");
      const secrets = Object.entries(values).filter(([name]) => !name.endsWith("_id"));
      expect(secrets.filter(([, value]) => state.includes(value))).toEqual([]);

      const destroyed = (await terraform.destroy(folder)).map(({ address }) => address);
      expect(destroyed.sort()).toEqual([...applied].sort());
    } finally {
      await discard(folder);
    }
  });
});
