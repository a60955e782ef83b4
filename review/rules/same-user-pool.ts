import { sole } from "../evidence/certainty";
import { eachOf, gateways, type Rule } from "../rule";

export const sameUserPool: Rule = {
  id: "same-user-pool",
  severity: "warning",
  summary: "The gateway's callers and the gateway itself get their tokens from different user pools.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",
  check: eachOf(gateways, (gateway) => {
    const inbound = sole(gateway.authorizer?.issuer?.userPool ?? []);
    const target = gateway.targets.find(
      ({ outbound }) => outbound?.type === "OAUTH" && sole(sole(outbound.provider)?.issuer?.userPool ?? []) === inbound,
    );
    if (inbound === undefined || target === undefined) return undefined;
    return {
      message: `Callers and ${target.address} get their tokens from the same ${inbound.address}: a mistake in one list of clients lets a caller past the gateway.`,
      fix: "Give the machines a user pool of their own.",
    };
  }),
};
