import { type Block, isSymbolicObject, soleReference, type Text } from "../../topology";
import { sole } from "../certainty";
import type { Rule } from "../rule";

export const clientSecretMismatch: Rule = {
  id: "client-secret-mismatch",
  severity: "error",
  summary: "A credential provider has the id and the secret of one client.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
  *check({ system }) {
    for (const { address, instance, client: clients } of system.credentialProviders) {
      const client = sole(clients);
      const secret = secretOf(instance.arguments);
      const reference = secret === undefined ? undefined : soleReference(secret);
      if (client === undefined || reference?.attribute !== "client_secret" || reference.address === client.address)
        continue;
      yield {
        address,
        message: `The client id is that of ${client.address}, and the secret that of ${reference.address}: the token endpoint answers invalid_client.`,
        fix: `Use ${client.address}.client_secret.`,
      };
    }
  },
};

function secretOf(block: Block): Text | undefined {
  const config = block.block("oauth2_provider_config");
  const values = config === undefined || !isSymbolicObject(config.values) ? {} : config.values;
  const vendor = Object.keys(values)
    .filter((name) => name.endsWith("_oauth2_provider_config"))
    .flatMap((name) => config?.block(name) ?? [])[0];
  return vendor?.text("client_secret") ?? vendor?.text("client_secret_wo");
}
