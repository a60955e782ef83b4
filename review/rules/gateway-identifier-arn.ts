import { soleReference } from "../../topology";
import { eachOf, targets, type Rule } from "../rule";

export const gatewayIdentifierArn: Rule = {
  id: "gateway-identifier-arn",
  severity: "error",
  summary: "gateway_identifier is the gateway's id, not its ARN.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/47525",
  check: eachOf(targets, ({ gatewayIdentifier }) => {
    if (gatewayIdentifier === undefined) return undefined;
    const isArn =
      typeof gatewayIdentifier === "string"
        ? gatewayIdentifier.startsWith("arn:")
        : soleReference(gatewayIdentifier)?.attribute === "gateway_arn";
    if (!isArn) return undefined;
    return {
      message: "gateway_identifier is an ARN, and the service takes the id only.",
      fix: "Use the gateway's gateway_id.",
    };
  }),
};
