import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";
import { eachOf, type Rule } from "../rule";
import { agentCoreStatements, trustedRoles } from "../roles/trust";

export const trustServiceMissing: Rule = {
  id: "trust-service-missing",
  severity: "error",
  summary: "The role of a runtime or a gateway can be assumed by AgentCore.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
  check: eachOf(trustedRoles, ({ role, user }) => {
    if (agentCoreStatements(role)?.length !== 0) return undefined;
    return {
      message: `The trust policy does not name ${SERVICE_PRINCIPAL}, so ${user.address} cannot assume the role.`,
      fix: `Allow sts:AssumeRole to Principal { Service = "${SERVICE_PRINCIPAL}" }.`,
    };
  }),
};
