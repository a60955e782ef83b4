import { resourceReader } from "./reader";

export interface TerraformDataAttributes {
  readonly id: string;
}

export const terraformData = resourceReader({
  type: "terraform_data",
  kind: "terraformData",
  read: (args) => ({ input: args.value("input") }),
  assigned: ["id", "input", "output"],
  attributes: ({ input }, { id }: TerraformDataAttributes) => ({ id, input: input ?? null, output: input ?? null }),
});
