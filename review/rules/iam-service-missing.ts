import { inShort, PROVIDER_RELEASES } from "../../aws/provider-releases";
import { eachOf, targets, type Rule } from "../rule";

export const iamServiceMissing: Rule = {
  id: "iam-service-missing",
  severity: "error",
  summary: "IAM authorization towards an MCP server names the service to sign for.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/48177",
  check: eachOf(targets, ({ kind, outbound }) => {
    if (kind !== "mcp_server" || outbound?.type !== "GATEWAY_IAM_ROLE" || outbound.service !== undefined) {
      return undefined;
    }
    return {
      message:
        'gateway_iam_role names no service, which AWS refuses for MCP servers: "IamCredentialProvider is required".',
      fix: `Set service = "bedrock-agentcore" in gateway_iam_role, which needs AWS provider ${inShort(PROVIDER_RELEASES.iamService)} or newer.`,
    };
  }),
};
