import { ASK_POLICY_ENGINE } from "../../aws/agentcore/actions";
import { describeText, type Inventory, type Statement, type Text } from "../../topology";
import { exactResources, kindOf, needsWildcard, splitArn } from "../roles/exact-resources";
import { regionOf } from "../evidence/regions";
import { ownStatements, roleUses, type RoleUse } from "../roles/role-users";
import type { Report, Rule } from "../rule";

export const wildcardResource: Rule = {
  id: "wildcard-resource",
  severity: "warning",
  summary: "The policies of runtimes and gateways name the resources that they reach.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  *check({ system, inventory }) {
    for (const use of roleUses(system)) {
      for (const statement of ownStatements(use.role)) {
        if (statement.effect === "Allow") yield* broadResources(statement, use, regionFor(use, inventory));
      }
    }
  },
};

/** Of the gateway or runtime that has the role. */
function regionFor({ gateways, runtimes }: RoleUse, inventory: Inventory): string | undefined {
  const [user] = [...gateways, ...runtimes];
  return user && regionOf(user.instance, inventory);
}

function* broadResources(statement: Statement, use: RoleUse, region: string | undefined): Generator<Report> {
  const actions = statement.actions
    .map(describeText)
    .filter((action) => !needsWildcard(action) && !action.includes("*"));
  for (const resource of statement.resources) {
    const { prefix, resource: pattern } = splitArn(resource);
    if (!/[*?]/.test(pattern) || actions.length === 0 || isOwnLogs(pattern) || isNewGateway(pattern, actions)) continue;
    if (isInsideOne(resource)) continue;
    const exact = exactFor(actions, use, { pattern, prefix, region });
    yield {
      address: statement.address,
      message: `The role reaches ${describeText(resource)} with ${actions.join(", ")}.`,
      fix: exact.length > 0 ? `Name ${exact.join(", and ")} instead.` : "Name the resources that it needs instead.",
    };
  }
}

/** Streams are made by the service, below the log groups of AgentCore. */
function isOwnLogs(pattern: string): boolean {
  return /^log-group:\/aws\/(vendedlogs\/)?bedrock-agentcore\/([^*?]|\*$)/.test(pattern);
}

/** A role may ask its policy engine before the gateway is created, which decides how the gateway's id ends. */
function isNewGateway(pattern: string, actions: readonly string[]): boolean {
  return /^gateway\/[^*?]+-\*$/.test(pattern) && actions.every((action) => ASK_POLICY_ENGINE.includes(action));
}

/** Names of one resource in ARNs, each up to what lies inside of it, such as versions of a function. */
const ONE_RESOURCE: ReadonlyMap<string, RegExp> = new Map([
  ["bedrock-agentcore", /^(runtime|gateway)\/[^*?/]+\//],
  ["dynamodb", /^table\/[^*?/]+\//],
  ["execute-api", /^[^*?/]+\//],
  ["lambda", /^function:[^*?:]+:/],
  ["logs", /^log-group:[^*?:]+:/],
  ["s3", /^[^*?/]+\//],
  // How Secrets Manager ends the ARN of a name, which nobody knows before: its guide writes six question marks.
  ["secretsmanager", /^secret:[^*?]+-\?{6}$/],
]);

/** The endpoints of a runtime, the objects of a bucket, the streams of a log group: whatever is part of one resource. */
function isInsideOne(resource: Text): boolean {
  const { prefix, resource: pattern } = splitArn(resource);
  const [, , service = ""] = prefix.split(":");
  const [own, inside] = typeof resource === "string" ? [] : (resource.parts ?? []);
  const isNamed = typeof own === "object" && /(^|_)arn$/.test(own.reference.attribute);
  return (
    (isNamed && typeof inside === "string" && /^[/:]/.test(inside)) ||
    (ONE_RESOURCE.get(service)?.test(pattern) ?? false)
  );
}

interface Broad {
  readonly pattern: string;
  readonly prefix: string;
  readonly region: string | undefined;
}

function exactFor(actions: readonly string[], use: RoleUse, { pattern, prefix, region }: Broad): string[] {
  const all = actions.flatMap((action) => exactResources(action, use));
  const alike = pattern === "*" ? all : all.filter(({ kind }) => kind === kindOf(pattern));
  return [...new Set(alike.map((resource) => resource.describe(prefix, region)))];
}
