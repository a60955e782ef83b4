import { localAddress, type Reference, referencesIn, referenceText } from "../../topology";
import type { Rule } from "../rule";
import { isSecret } from "../evidence/secrets";

export const secretInOutput: Rule = {
  id: "secret-in-output",
  severity: "warning",
  summary: "Outputs show no secrets.",
  source: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
  *check({ inventory }) {
    for (const { address, value, sensitive } of inventory.outputs) {
      const secret = referencesIn(value).find((reference) => isSecret(reference) && !isParameter(reference));
      if (secret === undefined || sensitive) continue;
      yield {
        address,
        message: `The output shows ${referenceText(secret)} to everybody who reads the apply's log.`,
        fix: "Remove the output, or set sensitive = true.",
      };
    }
  },
};

/** Terraform shows the value of a parameter only where somebody has called it nonsensitive: most are no secrets. */
function isParameter({ address }: Reference): boolean {
  return /^(data\.)?aws_ssm_parameter\./.test(localAddress(address));
}
