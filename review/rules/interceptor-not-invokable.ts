import { refusedNeeds } from "../roles/gateway-needs";
import { eachOf, type Rule } from "../rule";

export const interceptorNotInvokable: Rule = {
  id: "interceptor-not-invokable",
  severity: "error",
  summary: "A gateway's role may invoke the functions that intercept its calls.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors.html",
  check: eachOf(refusedNeeds("interceptor"), ({ gateway, action, needed }) => ({
    message: `The role of ${gateway.address} may not ${action} on ${needed.what}, which intercepts the gateway's calls: each fails.`,
    fix: `Allow ${action} on ${needed.exact}.`,
  })),
};
