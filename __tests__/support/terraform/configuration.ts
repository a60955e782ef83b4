import { writeFile } from "node:fs/promises";
import { join } from "node:path";

type Block = Readonly<Record<string, unknown>>;

/** A configuration in Terraform's JSON syntax; `provider` is the block of the AWS provider. */
export interface Configuration {
  readonly provider?: Block;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
}

/** Writes the configuration into the folder, in place of an earlier one; what terraform has stored there stays. */
export async function writeConfiguration(folder: string, { provider, ...blocks }: Configuration): Promise<void> {
  const configuration = {
    terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    provider: { aws: { region: "us-east-1", ...provider } },
    ...blocks,
  };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration, null, 2));
}
