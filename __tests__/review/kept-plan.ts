import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Terraform } from "../support/terraform/terraform";

/** Takes away what differs between two plans of one configuration: the time, and the order of these attributes. */
function comparable(plan: object): object {
  return { ...plan, timestamp: undefined, relevant_attributes: undefined };
}

/**
 * Plans a folder anew, to be compared with the `plan.json` in it, and plans it once more after an apply.
 * UPDATE_FIXTURES=1 writes `plan.json`, after a change of the configuration beside it, and `deployed.json` where there
 * is one, the plan after the apply, in which ids are others each time.
 */
export async function plansOf(
  folder: string,
): Promise<{ readonly planned: object; readonly kept: object; readonly afterApply: object }> {
  const terraform = await Terraform.start();
  const copy = await terraform.newFolder();
  cpSync(folder, copy, { recursive: true });
  await terraform.init(copy);
  const planned = JSON.parse(JSON.stringify(comparable(await terraform.plan(copy)))) as object;
  const file = join(folder, "plan.json");
  const isUpdate = process.env["UPDATE_FIXTURES"] !== undefined;
  if (isUpdate) writeFileSync(file, `${JSON.stringify(planned)}\n`);
  await terraform.apply(copy);
  const afterApply = await terraform.plan(copy);
  const deployedFile = join(folder, "deployed.json");
  if (isUpdate && existsSync(deployedFile)) writeFileSync(deployedFile, `${JSON.stringify(comparable(afterApply))}\n`);
  return { planned, kept: JSON.parse(readFileSync(file, "utf8")) as object, afterApply };
}
