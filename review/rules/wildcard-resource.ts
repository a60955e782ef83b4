import { describeText, type Statement } from "../../topology";
import { exactResources, kindOf, needsWildcard, splitArn } from "../exact-resources";
import { roleUses, type RoleUse } from "../role-users";
import type { Report, Rule } from "../rule";

export const wildcardResource: Rule = {
  id: "wildcard-resource",
  severity: "warning",
  summary: "The policies of runtimes and gateways name the resources that they reach.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  *check({ system }) {
    for (const use of roleUses(system)) {
      for (const statement of use.role.policies.flatMap(({ statements }) => statements ?? [])) {
        if (statement.effect === "Allow") yield* broadResources(statement, use);
      }
    }
  },
};

function* broadResources(statement: Statement, use: RoleUse): Generator<Report> {
  const actions = statement.actions
    .map(describeText)
    .filter((action) => !needsWildcard(action) && !action.includes("*"));
  for (const resource of statement.resources) {
    const { prefix, resource: pattern } = splitArn(resource);
    if (!/[*?]/.test(pattern) || actions.length === 0 || isOwnLogs(pattern)) continue;
    const exact = exactFor(actions, use, pattern, prefix);
    yield {
      address: statement.address,
      message: `The role reaches ${describeText(resource)} with ${actions.join(", ")}.`,
      fix: exact.length > 0 ? `Name ${exact.join(", and ")} instead.` : "Name the resources that it needs instead.",
    };
  }
}

/** Streams are made by the service, below the log groups of AgentCore. */
function isOwnLogs(pattern: string): boolean {
  return /^log-group:\/aws\/bedrock-agentcore\/[^*?]/.test(pattern) || pattern === "log-group:/aws/bedrock-agentcore/*";
}

function exactFor(actions: readonly string[], use: RoleUse, pattern: string, prefix: string): string[] {
  const all = actions.flatMap((action) => exactResources(action, use));
  const alike = pattern === "*" ? all : all.filter(({ kind }) => kind === kindOf(pattern));
  return [...new Set(alike.map((resource) => resource.describe(prefix)))];
}
