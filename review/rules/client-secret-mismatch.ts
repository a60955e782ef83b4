import { type Block, isSymbolicObject, sameText, soleReference, type Text, type UserPoolClient } from "../../topology";
import { sole } from "../evidence/certainty";
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
      const other = client && secret && otherOwner(secret, client);
      if (client === undefined || other === undefined) continue;
      yield {
        address,
        message: `The client id is that of ${client.address}, and the secret that of ${other}: the token endpoint answers invalid_client.`,
        fix: `Use ${client.address}.client_secret.`,
      };
    }
  },
};

/** Whose secret it is, where it is not the client's. */
function otherOwner(secret: Text, { address, instance }: UserPoolClient): string | undefined {
  const reference = soleReference(secret);
  if (reference?.attribute === "client_secret") return reference.address === address ? undefined : reference.address;
  const own = instance.arguments.text("client_secret");
  return own !== undefined && sameText(own, secret) === false ? "another client" : undefined;
}

function secretOf(block: Block): Text | undefined {
  const config = block.optionalBlock("oauth2_provider_config");
  const values = config === undefined || !isSymbolicObject(config.values) ? {} : config.values;
  const vendor = Object.keys(values)
    .filter((name) => name.endsWith("_oauth2_provider_config"))
    .flatMap((name) => config?.optionalBlock(name) ?? [])[0];
  return vendor?.text("client_secret") ?? vendor?.text("client_secret_wo");
}
