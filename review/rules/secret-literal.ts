import { isSymbolicList, isSymbolicObject, type Symbolic } from "../../topology";
import { eachOf, instances, type Rule } from "../rule";
import { isSecretArgument } from "../evidence/secrets";

export const secretLiteral: Rule = {
  id: "secret-literal",
  severity: "warning",
  summary: "No secret of a credential provider is written into the configuration.",
  source: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
  check: eachOf(instances, function* ({ type, written, arguments: block }) {
    if (!/^aws_bedrockagentcore_(oauth2|api_key)_credential_provider$/.test(type)) return;
    for (const name of literalSecrets(written.values, block.values)) {
      yield {
        message: `${name} is written into the configuration, where everybody reads it who may read the code.`,
        fix: "Take it from the client, from Secrets Manager or from a sensitive variable.",
      };
    }
  }),
};

/** The value itself is never shown. */
function literalSecrets(written: Symbolic, evaluated: Symbolic | undefined): string[] {
  if (isSymbolicList(written)) {
    const items = evaluated !== undefined && isSymbolicList(evaluated) ? evaluated : [evaluated];
    return written.flatMap((item, index) => literalSecrets(item, items[index]));
  }
  if (!isSymbolicObject(written)) return [];
  const own = evaluated !== undefined && isSymbolicObject(evaluated) ? evaluated : {};
  return Object.entries(written).flatMap(([name, inner]) => {
    const value = Object.hasOwn(own, name) ? own[name] : undefined;
    if (!isSecretArgument(name)) return literalSecrets(inner, value);
    return isLiteral(inner, value) ? [name] : [];
  });
}

/** Written where it is used, or in a local value. */
function isLiteral(written: Symbolic, evaluated: Symbolic | undefined): boolean {
  if (typeof written !== "string" || written === "") return false;
  if (!written.includes("${")) return true;
  return /^\$\{local\.[\w.]+\}$/.test(written) && typeof evaluated === "string";
}
