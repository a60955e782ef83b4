import { inShort, PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { Rule } from "../rule";

export const iamServiceMissing: Rule = {
  id: "iam-service-missing",
  severity: "error",
  summary: "IAM authorization towards an MCP server names the service to sign for.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/48177",
  *check({ system }) {
    for (const { address, kind, outbound } of system.targets) {
      if (kind !== "mcp_server" || outbound?.type !== "GATEWAY_IAM_ROLE" || outbound.service !== undefined) continue;
      yield {
        address,
        message:
          'gateway_iam_role names no service, which AWS refuses for MCP servers: "IamCredentialProvider is required".',
        fix: `Set service = "bedrock-agentcore" in gateway_iam_role, which needs AWS provider ${inShort(PROVIDER_RELEASES.iamService)} or newer.`,
      };
    }
  },
};
