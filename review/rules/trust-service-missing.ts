import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";
import type { Rule } from "../rule";
import { agentCoreStatements, trustedRoles } from "../roles/trust";

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
        message: `The trust policy does not name ${SERVICE_PRINCIPAL}, so ${user.address} cannot assume the role.`,
        fix: `Allow sts:AssumeRole to Principal { Service = "${SERVICE_PRINCIPAL}" }.`,
      };
    }
  },
};
