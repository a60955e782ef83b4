import { TOOL_NAME_SEPARATOR } from "../../aws/agentcore/names";
import { entryOf } from "../../topology";
import { OPEN, policiesIn } from "../evidence/policies";
import type { Fault, Rule, Subject } from "../rule";
import { describedTools } from "../evidence/tool-names";

const ACTION = /\bAgentCore::Action::"((?:[^"\\]|\\.)*)"/g;

export const policyToolUnknown: Rule = {
  id: "policy-tool-unknown",
  severity: "error",
  summary: "A policy is about tools that a target has.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-schema-constraints.html",
  *check(subject) {
    const targets = targetsByName(subject);
    if (targets === undefined) return;
    for (const { address, statement = "" } of policiesIn(subject)) {
      const actions = new Set([...statement.matchAll(ACTION)].map(([, name = ""]) => name));
      for (const action of actions) {
        const fault = faultOf(action, targets);
        if (fault !== undefined) yield { address, ...fault };
      }
    }
  },
};

type Targets = ReadonlyMap<string, readonly string[]>;

/** The tools of each target that are told, by its name; undefined where there are none or a name is not shown. */
function targetsByName({ system }: Subject): Targets | undefined {
  const tools = new Map<string, string[]>();
  for (const target of system.targets) {
    if (typeof target.name !== "string") return undefined;
    entryOf(tools, target.name, () => []).push(...describedTools(target));
  }
  return tools.size === 0 ? undefined : tools;
}

function faultOf(action: string, targets: Targets): Fault | undefined {
  if (action.includes(OPEN)) return undefined;
  const [name, tools] = [...targets].find(([target]) => action.startsWith(`${target}${TOOL_NAME_SEPARATOR}`)) ?? [];
  if (name === undefined || tools === undefined) {
    const known = [...targets.keys()].map((target) => `${target}${TOOL_NAME_SEPARATOR}TOOL`).join(", ");
    return {
      message: `The policy names the tool "${action}", which no target has: the service refuses the policy, or it never applies.`,
      fix: `Name tools as the gateway shows them: ${known}.`,
    };
  }
  const tool = action.slice(name.length + TOOL_NAME_SEPARATOR.length);
  if (tools.length === 0 || tools.includes(tool)) return undefined;
  return {
    message: `The policy names the tool "${action}", and the target ${name} has none of that name: the service refuses the policy, or it never applies.`,
    fix: `Name one of ${tools.join(", ")}.`,
  };
}
