import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PROVIDERS, type ProviderName } from "./provider-process";

/** Which provider has a block; undefined for the real one. */
export type Division = (keyword: string, type: string) => ProviderName | undefined;

/** The kinds that the provider 5.100.0 lacks, or has in another form than later ones, are the AgentCore provider's. */
export const agentCoreApart: Division = (_, type) =>
  /^aws_bedrockagentcore_|^aws_(region|cloudwatch_log_delivery_destination)$/.test(type) ? "agentcore" : undefined;

/** Writes the override file by which the blocks of a folder are divided among providers. */
export function divideProviders(folder: string, providerOf = agentCoreApart): void {
  const kinds = { resource: {} as Kinds, data: {} as Kinds };
  const needed: Partial<Record<ProviderName, object>> = {};
  for (const [, keyword = "", type = "", name = ""] of declarations(folder)) {
    const provider = providerOf(keyword, type);
    if (provider === undefined) continue;
    needed[provider] = { source: PROVIDERS[provider] };
    const blocks = (kinds[keyword as keyof typeof kinds][type] ??= {});
    blocks[name] = { provider };
  }
  const override = {
    terraform: {
      backend: { local: { path: "terraform.tfstate" } },
      required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" }, ...needed },
    },
    ...Object.fromEntries(Object.entries(kinds).filter(([, types]) => Object.keys(types).length > 0)),
  };
  writeFileSync(join(folder, "divided_override.tf.json"), JSON.stringify(override));
}

type Kinds = Record<string, Record<string, object>>;

function declarations(folder: string): (readonly (string | undefined)[])[] {
  return readdirSync(folder).flatMap((file) => {
    const text = /\.tf(\.json)?$/.test(file) ? readFileSync(join(folder, file), "utf8") : "";
    if (!file.endsWith(".json")) return [...text.matchAll(/^(resource|data) "(\w+)" "(\w+)"/gm)];
    const content = JSON.parse(text || "{}") as Partial<Record<string, Kinds>>;
    return ["resource", "data"].flatMap((keyword) =>
      Object.entries(content[keyword] ?? {}).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => ["", keyword, type, name]),
      ),
    );
  });
}
