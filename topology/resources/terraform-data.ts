import type { ResourceReader } from "./reader";

export const terraformData: ResourceReader<"terraformData"> = {
  type: "terraform_data",
  kind: "terraformData",
  read: (args) => ({ input: args.value("input") }),
  assigned: ["id", "input", "output"],
  attributes: ({ input }, { id }) => ({ id, input: input ?? null, output: input ?? null }),
};
