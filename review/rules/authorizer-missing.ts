import { eachOf, gateways, type Rule } from "../rule";

export const authorizerMissing: Rule = {
  id: "authorizer-missing",
  severity: "error",
  summary: "A gateway of the authorizer type CUSTOM_JWT has its authorizer.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html",
  check: eachOf(gateways, ({ inbound, authorizer, instance }) => {
    if (inbound !== "JWT" || authorizer !== undefined) return undefined;
    if (instance.arguments.isOpen("authorizer_configuration")) return undefined;
    return {
      message:
        "The authorizer type is CUSTOM_JWT, and there is no custom_jwt_authorizer: the service refuses the gateway.",
      fix: "Add authorizer_configuration { custom_jwt_authorizer { … } }, or use the type AWS_IAM.",
    };
  }),
};
