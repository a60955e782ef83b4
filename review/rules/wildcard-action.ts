import { describeText } from "../../topology";
import { ownStatements, roleUses } from "../roles/role-users";
import type { Rule } from "../rule";

export const wildcardAction: Rule = {
  id: "wildcard-action",
  severity: "warning",
  summary: "The policies of runtimes and gateways name their actions.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  *check({ system }) {
    for (const { role } of roleUses(system)) {
      for (const { address, effect, actions, notActions } of ownStatements(role)) {
        const broad = actions.map(describeText).filter((action) => action.includes("*"));
        if (effect !== "Allow" || (broad.length === 0 && notActions.length === 0)) continue;
        yield {
          address,
          message:
            broad.length === 0
              ? "The policy allows everything but the actions of NotAction."
              : `The policy allows the actions ${broad.join(", ")}.`,
          fix: broad.length > 0 && broad.every(isOfOtherService) ? "Name the actions that it needs." : OF_A_GATEWAY,
        };
      }
    }
  },
};

const OF_A_GATEWAY =
  "Name the actions: GetWorkloadAccessToken, GetResourceOauth2Token and secretsmanager:GetSecretValue are all that a gateway with OAuth targets needs.";

function isOfOtherService(action: string): boolean {
  return !/^(?:\*|bedrock-agentcore:|secretsmanager:)/.test(action);
}
