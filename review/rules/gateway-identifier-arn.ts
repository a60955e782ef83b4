import { soleReference } from "../../topology";
import type { Rule } from "../rule";

export const gatewayIdentifierArn: Rule = {
  id: "gateway-identifier-arn",
  severity: "error",
  summary: "gateway_identifier is the gateway's id, not its ARN.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/47525",
  *check({ system }) {
    for (const { address, gatewayIdentifier } of system.targets) {
      if (gatewayIdentifier === undefined) continue;
      const isArn =
        typeof gatewayIdentifier === "string"
          ? gatewayIdentifier.startsWith("arn:")
          : soleReference(gatewayIdentifier)?.attribute === "gateway_arn";
      if (!isArn) continue;
      yield {
        address,
        message: "gateway_identifier is an ARN, and the service takes the id only.",
        fix: "Use the gateway's gateway_id.",
      };
    }
  },
};
