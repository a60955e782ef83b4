import {
  type InboundAuthorization,
  isSymbolicList,
  isSymbolicObject,
  parseJsonText,
  type Symbolic,
  type SymbolicObject,
  type System,
  type Text,
  Unknown,
} from "../../topology";
import type { Subject } from "../rule";

/** The policy of a gateway or a runtime, as far as it is shown. */
export interface ResourcePolicy {
  readonly address: string;
  readonly resource: { readonly address: string; readonly inbound: InboundAuthorization };
  readonly statements: readonly SymbolicObject[];
}

export function resourcePoliciesIn({ inventory, system }: Pick<Subject, "inventory" | "system">): ResourcePolicy[] {
  return inventory.instances.flatMap(({ type, address, arguments: block }) => {
    if (type !== "aws_bedrockagentcore_resource_policy") return [];
    const [policy, resource] = [block.text("policy"), resourceOf(block.text("resource_arn"), system)];
    const statements = policy === undefined ? undefined : statementsOf(policy);
    return resource && statements ? [{ address, resource, statements }] : [];
  });
}

/** Whether a statement allows something to every principal. */
export function letsEverybodyIn({ Effect: effect, Principal: principal }: SymbolicObject): boolean {
  if (effect !== "Allow" || principal === undefined) return false;
  return principal === "*" || (isSymbolicObject(principal) && listOf(principal["AWS"]).includes("*"));
}

function resourceOf(arn: Text | undefined, { gateways, runtimes }: System): ResourcePolicy["resource"] | undefined {
  const named = arn instanceof Unknown ? arn.references.map(({ address }) => address) : [];
  return [...gateways, ...runtimes].find(({ address }) => named.includes(address));
}

/** @returns undefined where some of them are not shown */
function statementsOf(policy: Text): readonly SymbolicObject[] | undefined {
  const document = parseJsonText(policy);
  if (document === undefined || !isSymbolicObject(document)) return undefined;
  const statements = listOf(document["Statement"]);
  const shown = statements.filter((statement) => isSymbolicObject(statement));
  return shown.length === statements.length ? shown : undefined;
}

function listOf(value: Symbolic | undefined): readonly Symbolic[] {
  if (value === undefined) return [];
  return isSymbolicList(value) ? value : [value];
}
