import { POLICY } from "../../aws/agentcore/limits";
import { type Instance, type Inventory, type Reference, type Text, Unknown } from "../../topology";
import { textsAt } from "./arguments";
import type { Subject } from "../rule";

/** A policy of a policy engine, as far as it is read. */
export interface CedarPolicy {
  readonly address: string;
  readonly engine: Text | undefined;
  /** With `OPEN` in place of what only Terraform knows; undefined where the text is not shown. */
  readonly statement: string | undefined;
  /** The gateways whose ARNs stand in the text. */
  readonly gateways: readonly Reference[];
}

/** Stands for what only Terraform knows: no name has it. */
export const OPEN = "\u0000";

const ENGINE = "aws_bedrockagentcore_policy_engine";

export function policiesIn({ inventory }: Subject): CedarPolicy[] {
  return inventory.instances
    .filter(({ type }) => type === "aws_bedrockagentcore_policy")
    .map(({ address, arguments: policy }) => {
      const [statement] = textsAt(policy, "definition.cedar.statement");
      return {
        address,
        engine: policy.text("policy_engine_id"),
        statement: statement === undefined ? undefined : shownText(statement),
        gateways: statement instanceof Unknown ? gatewaysIn(statement) : [],
      };
    });
}

/** The policy engine that a text names; undefined for one that is not shown. */
export function engineOf(named: Text | undefined, { instances }: Inventory): Instance | undefined {
  if (named === undefined) return undefined;
  const addresses = named instanceof Unknown ? named.references.map(({ address }) => address) : [];
  return instances.find(
    ({ type, address, arguments: engine }) =>
      type === ENGINE &&
      (addresses.includes(address) ||
        ["policy_engine_arn", "policy_engine_id"].some(
          (name) => typeof named === "string" && engine.text(name) === named,
        )),
  );
}

function shownText(text: Text): string | undefined {
  if (!(text instanceof Unknown)) return text;
  return text.parts?.map((part) => (typeof part === "string" ? part : OPEN)).join("");
}

function gatewaysIn({ parts = [] }: Unknown): Reference[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const isNamed = typeof before === "string" && before.endsWith('AgentCore::Gateway::"');
    return isNamed && typeof part === "object" ? [part.reference] : [];
  });
}

export interface PolicyHead {
  readonly effect: string;
  /** What stands in its brackets, such as `action == AgentCore::Action::"tools___search"`. */
  readonly scope: readonly string[];
  /** `when`, `unless`, or text that is not shown. */
  readonly hasConditions: boolean;
}

const BEFORE_EFFECT = /\s+|\/\/[^\n]*|@\w+|\("[^"\\]*(?:\\.[^"\\]*)*"\)/y;
/** What of an effect or an annotation may stand before what only Terraform knows. */
const BEFORE_OPEN = /\(\s*|@?\w*\s*/y;
const EFFECT = /(permit|forbid)\s*\(/y;
/** A text, a comment, a bracket, a comma, or what stands between them. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n]*|[^"/,()[\]{}]+|[^]/y;

/**
 * Reads how a policy begins, after comments and annotations such as `@id("refunds")`; undefined for what begins otherwise,
 * and "open" where what only Terraform knows stands there, but for the inside of a text.
 * @see https://docs.cedarpolicy.com/policies/syntax-grammar.html
 */
export function policyHead(statement: string): PolicyHead | "open" | undefined {
  const text = statement.slice(0, POLICY.statementLength.longest);
  const start = endOf(text, BEFORE_EFFECT);
  EFFECT.lastIndex = start;
  const [, effect] = EFFECT.exec(text) ?? [];
  if (effect === undefined) return isOpenAt(text, start) ? "open" : undefined;
  const scope = [""];
  TOKEN.lastIndex = EFFECT.lastIndex;
  for (let depth = 1; depth > 0;) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    if (/^[^"/]/.test(token) && token.includes(OPEN)) return "open";
    if ("([{".includes(token)) depth++;
    if (")]}".includes(token)) depth--;
    if (token === "," && depth === 1) scope.push("");
    else if (depth > 0 && !token.startsWith("//")) scope.push((scope.pop() ?? "") + token);
  }
  const rest = text
    .slice(TOKEN.lastIndex)
    .replace(/\/\/[^\n]*/g, "")
    .trimStart();
  const hasConditions = rest.startsWith(OPEN) || /^(when|unless)\b/.test(rest);
  return { effect, scope: scope.map((part) => part.trim()), hasConditions };
}

function isOpenAt(text: string, start: number): boolean {
  BEFORE_OPEN.lastIndex = start;
  BEFORE_OPEN.test(text);
  return text[BEFORE_OPEN.lastIndex] === OPEN;
}

/** Where the last of the tokens ends that a text begins with. */
function endOf(text: string, token: RegExp): number {
  let end = 0;
  for (token.lastIndex = 0; token.test(text);) end = token.lastIndex;
  return end;
}
