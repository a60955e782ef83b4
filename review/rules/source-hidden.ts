import type { Rule } from "../rule";

export const sourceHidden: Rule = {
  id: "source-hidden",
  severity: "info",
  summary: "Everything that is declared is shown.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format",
  *check({ inventory }) {
    for (const { address, reason } of inventory.hidden) {
      yield { address, message: `Not everything was reviewed: ${reason}.`, fix: "Review the whole plan of the configuration." };
    }
  },
};
