import { agentCoreArn, generatedId } from "./account";
import { hasLength, hasSize, isArn, isBetween, isOneOf, matches } from "../validation/rules";
import { type ResourceFacts, text } from "./facts";

const name = matches("name", /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/);

function namedId(kind: string, resource: Parameters<ResourceFacts["assigned"]>[0]): string {
  return `${text(resource, "name")}-${generatedId(`${kind} ${text(resource, "name")}`, 10)}`;
}

/** `aws_bedrockagentcore_memory`. */
export const memory: ResourceFacts = {
  validate: [
    isBetween("event_expiry_duration", 7, 365),
    hasLength("description", 1, 4096),
    isArn("encryption_key_arn", "memory_execution_role_arn"),
  ],
  create: [name],
  replacedBy: ["name", "encryption_key_arn"],
  assigned: (resource, account) => {
    const id = namedId("memory", resource);
    return { id, arn: agentCoreArn(account, `memory/${id}`) };
  },
};

/** `aws_bedrockagentcore_memory_strategy`. */
export const memoryStrategy: ResourceFacts = {
  validate: [isOneOf("type", ["SEMANTIC", "SUMMARIZATION", "USER_PREFERENCE", "CUSTOM"])],
  create: [name],
  replacedBy: ["name", "memory_id", "type"],
  assigned: (resource) => ({ memory_strategy_id: namedId("strategy", resource) }),
};

/** `aws_bedrockagentcore_browser`. */
export const browser: ResourceFacts = {
  validate: [hasSize("network_configuration", 1, 1), isOneOf("network_configuration.network_mode", ["PUBLIC", "VPC"])],
  create: [name],
  replacedBy: ["name", "description", "execution_role_arn", "network_configuration.network_mode"],
  assigned: (resource, account) => {
    const id = namedId("browser", resource);
    return { browser_id: id, browser_arn: agentCoreArn(account, `browser-custom/${id}`) };
  },
};

/** `aws_bedrockagentcore_code_interpreter`. */
export const codeInterpreter: ResourceFacts = {
  validate: [
    hasSize("network_configuration", 1, 1),
    isOneOf("network_configuration.network_mode", ["PUBLIC", "SANDBOX", "VPC"]),
  ],
  create: [name],
  replacedBy: ["name", "description", "execution_role_arn", "network_configuration.network_mode"],
  assigned: (resource, account) => {
    const id = namedId("interpreter", resource);
    return {
      code_interpreter_id: id,
      code_interpreter_arn: agentCoreArn(account, `code-interpreter-custom/${id}`),
    };
  },
};
