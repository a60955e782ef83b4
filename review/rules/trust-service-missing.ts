import type { Rule } from "../rule";
import { agentCoreStatements, trustedRoles } from "../trust";

export const trustServiceMissing: Rule = {
  id: "trust-service-missing",
  severity: "error",
  summary: "The role of a runtime or a gateway can be assumed by AgentCore.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
  *check({ system }) {
    for (const { role, user } of trustedRoles(system)) {
      if (agentCoreStatements(role)?.length !== 0) continue;
      yield {
        address: role.address,
        message: `The trust policy does not name bedrock-agentcore.amazonaws.com, so ${user.address} cannot assume the role.`,
        fix: 'Allow sts:AssumeRole to Principal { Service = "bedrock-agentcore.amazonaws.com" }.',
      };
    }
  },
};
