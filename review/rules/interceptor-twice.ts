import { INTERCEPTION_POINTS } from "../../aws/agentcore/values";
import { eachOf, gateways, type Rule } from "../rule";

export const interceptorTwice: Rule = {
  id: "interceptor-twice",
  severity: "error",
  summary: "A gateway has one interceptor of requests and one of answers at most.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors.html",
  check: eachOf(gateways, ({ instance }) => {
    const points = instance.arguments
      .blocks("interceptor_configuration")
      .flatMap((interceptor) => interceptor.optionalTexts("interception_points") ?? []);
    const twice = INTERCEPTION_POINTS.find((point) => points.filter((other) => other === point).length > 1);
    if (twice === undefined) return undefined;
    return {
      message: `Two interceptors have the interception point ${twice}, and the service takes one.`,
      fix: `Take ${twice} out of interception_points of one of them, or let one function do the work of both.`,
    };
  }),
};
