import { isSymbolicList, isSymbolicObject, type Symbolic } from "../../topology";
import type { Rule } from "../rule";

/** Arguments of credential providers that hold secrets. */
const SECRETS = new Set(["client_secret", "client_secret_wo", "api_key", "api_key_wo"]);

export const secretLiteral: Rule = {
  id: "secret-literal",
  severity: "warning",
  summary: "No secret of a credential provider is written into the configuration.",
  source: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
  *check({ inventory }) {
    for (const { address, type, written } of inventory.instances) {
      if (!/^aws_bedrockagentcore_(oauth2|api_key)_credential_provider$/.test(type)) continue;
      for (const name of literalSecrets(written.values)) {
        yield {
          address,
          message: `${name} is written into the configuration, where everybody reads it who may read the code.`,
          fix: "Take it from the client, from Secrets Manager or from a sensitive variable.",
        };
      }
    }
  },
};

/** The value itself is never shown. */
function literalSecrets(value: Symbolic): string[] {
  if (isSymbolicList(value)) return value.flatMap(literalSecrets);
  if (!isSymbolicObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    SECRETS.has(name)
      ? typeof inner === "string" && inner !== "" && !inner.includes("${")
        ? [name]
        : []
      : literalSecrets(inner),
  );
}
