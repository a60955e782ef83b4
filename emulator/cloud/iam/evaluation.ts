import { entryOf, policyPattern, type PolicyPattern } from "../../../topology";
import { operatorNotEmulated } from "./errors";
import type { PolicyDocument, Statement } from "./policy-document";

/** Who asks for what; condition keys are compared without regard to case. */
export interface AccessRequest {
  readonly action: string;
  /** Left out in trust policies, which have no resource. */
  readonly resource?: string;
  /** The service principal, where a trust policy is evaluated. */
  readonly service?: string;
  /** The names of who asks, where the policy of a resource is evaluated; none for nobody in particular. */
  readonly principals?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
}

export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

/**
 * Whether the policies allow the request: an explicit deny wins, then any allow, otherwise it is denied.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policies: readonly PolicyDocument[], request: AccessRequest): Decision {
  let decision: Decision = "implicitDeny";
  for (const policy of policies) {
    const found = decide(policy, request);
    if (found === "explicitDeny") return found;
    if (found === "allowed") decision = found;
  }
  return decision;
}

/** By action, then by what else is asked. A document never changes, as a new policy is a new one. */
const remembered = new WeakMap<PolicyDocument, Map<string, Map<string, Decision>>>();
const MOST_REMEMBERED = 1_000;

/** Every call of a gateway asks the same of the same policies. */
function decide(policy: PolicyDocument, request: AccessRequest): Decision {
  const { action, resource = "", service, principals, context } = request;
  const rest =
    service === undefined && context === undefined
      ? resource
      : `${resource}\n${service}\n${principals?.join(" ")}\n${describe(context)}`;
  const decisions = entryOf(entryOf(remembered, policy, newMap<Map<string, Decision>>), action, newMap<Decision>);
  if (decisions.size >= MOST_REMEMBERED) decisions.clear();
  return entryOf(decisions, rest, () => decideAnew(policy, request));
}

function describe(context: AccessRequest["context"]): string {
  let description = "";
  for (const key in context) description += `${key}=${context[key]}\n`;
  return description;
}

function newMap<V>(): Map<string, V> {
  return new Map<string, V>();
}

function decideAnew(policy: PolicyDocument, request: AccessRequest): Decision {
  const effects = policy.Statement.filter((statement) => applies(statement, request)).map(
    (statement) => statement.Effect,
  );
  if (effects.includes("Deny")) return "explicitDeny";
  return effects.includes("Allow") ? "allowed" : "implicitDeny";
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    matchesPrincipal(statement, request) &&
    matchesEither(statement.Action, statement.NotAction, request.action.toLowerCase(), (pattern) =>
      pattern.toLowerCase(),
    ) &&
    (request.resource === undefined || matchesEither(statement.Resource, statement.NotResource, request.resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, request.context ?? {}))
  );
}

function matchesPrincipal(statement: Statement, { service, principals }: AccessRequest): boolean {
  if (statement.Principal === "*") return true;
  const named = statement.Principal?.["AWS"] ?? [];
  if (principals) return named.includes("*") || named.some((name) => principals.includes(name));
  if (service === undefined) return true;
  const services = statement.Principal?.["Service"] ?? [];
  return services.includes(service) || named.includes("*");
}

function matchesEither(
  wanted: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  value: string,
  normalize = (pattern: string) => pattern,
): boolean {
  const matches = (pattern: string) => matchesWildcard(normalize(pattern), value);
  if (wanted) return wanted.some(matches);
  return excluded !== undefined && !excluded.some(matches);
}

/** Policies are evaluated for every call, and their patterns stay the same. */
const expressions = new Map<string, PolicyPattern>();

/** `*` stands for any characters and `?` for one, as in IAM's StringLike and resource patterns. */
export function matchesWildcard(pattern: string, value: string): boolean {
  return entryOf(expressions, pattern, () => policyPattern(pattern)).test(value);
}

type Comparison = (expected: string, actual: string) => boolean;

const equal: Comparison = (expected, actual) => expected === actual;
const equalIgnoringCase: Comparison = (expected, actual) => expected.toLowerCase() === actual.toLowerCase();

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ["StringEquals", equal],
  ["StringEqualsIgnoreCase", equalIgnoringCase],
  ["StringLike", matchesWildcard],
  ["ArnEquals", matchesWildcard],
  ["ArnLike", matchesWildcard],
  ["Bool", equalIgnoringCase],
]);

/** Whether conditions with the operator can be evaluated. */
export function knowsOperator(operator: string): boolean {
  return comparisonOf(operator).compare !== undefined;
}

function comparisonOf(operator: string) {
  const optional = operator.endsWith("IfExists");
  const name = optional ? operator.slice(0, -"IfExists".length) : operator;
  const negated = /^(String|Arn)Not/.test(name);
  return { optional, negated, compare: COMPARISONS.get(negated ? name.replace("Not", "") : name) };
}

function holds(operator: string, keys: Record<string, string[]>, context: Readonly<Record<string, string>>): boolean {
  const { optional, negated, compare } = comparisonOf(operator);
  if (!compare) throw operatorNotEmulated(operator);
  const actual = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(keys).every(([key, expected]) => {
    const value = actual.get(key.toLowerCase());
    if (value === undefined) return optional || negated;
    return expected.some((candidate) => compare(candidate, value)) !== negated;
  });
}
