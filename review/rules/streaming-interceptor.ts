import { shown } from "../evidence/certainty";
import { eachOf, gateways, type Rule } from "../rule";

export const streamingInterceptor: Rule = {
  id: "streaming-interceptor",
  severity: "warning",
  summary: "A gateway with an interceptor of answers does not stream, or the interceptor expects streams.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors-types.html",
  check: eachOf(gateways, ({ instance, responseStreaming }) => {
    const intercepts = instance.arguments
      .blocks("interceptor_configuration")
      .some((interceptor) => shown(interceptor.optionalTexts("interception_points")).includes("RESPONSE"));
    if (responseStreaming !== true || !intercepts) return undefined;
    return {
      message:
        "The gateway streams, so that its interceptor of answers is invoked once for each event with an id, and only the first time with a status and headers.",
      fix: "See that the function looks at isStreamingResponse, or take streaming_configuration out.",
    };
  }),
};
