import { describeText } from "../../topology";
import { eachOf, gateways, type Rule } from "../rule";

export const authorizerUnused: Rule = {
  id: "authorizer-unused",
  severity: "warning",
  summary: "A gateway with a custom JWT authorizer has the authorizer type CUSTOM_JWT.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-create-api.html",
  check: eachOf(gateways, ({ inbound, instance }) => {
    const { arguments: block } = instance;
    const jwt = block.block("authorizer_configuration").optionalBlock("custom_jwt_authorizer");
    if (inbound === undefined || inbound === "JWT" || jwt === undefined) return undefined;
    return {
      message: `The authorizer type is ${describeText(block.text("authorizer_type") ?? "left out")}, and there is a custom_jwt_authorizer, which AWS describes for the type CUSTOM_JWT alone.`,
      fix: "Leave authorizer_configuration out, or use the type CUSTOM_JWT where callers have tokens.",
    };
  }),
};
