import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Block = Readonly<Record<string, unknown>>;

/** A configuration in Terraform's JSON syntax; `provider` is the block of the AWS provider. */
export interface Configuration {
  readonly provider?: Block;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
}

/** Writes a configuration of AWS resources into a new folder. */
export async function writeConfiguration(configuration: Configuration): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tf-configuration-"));
  await rewriteConfiguration(folder, configuration);
  return folder;
}

/** Replaces the configuration in the folder, whose state stays. */
export async function rewriteConfiguration(folder: string, { provider, ...blocks }: Configuration): Promise<void> {
  const configuration = {
    terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    provider: { aws: { region: "us-east-1", ...provider } },
    ...blocks,
  };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration, null, 2));
}
