import type { Gateway, Runtime, TextList } from "../../topology";
import { sameIssuer } from "../evidence/authorizers";
import { certainly, holds, isEmptyList, shown, sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const passedTokenRefused: Rule = {
  id: "passed-token-refused",
  severity: "error",
  summary: "A runtime to which a gateway passes its callers' tokens on takes those that the gateway takes.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-http-runtime.html",
  check: eachOf(targets, ({ outbound, gateway, runtime }) => {
    if (outbound?.type !== "JWT_PASSTHROUGH") return undefined;
    const owner = sole(gateway);
    const [first] = runtime;
    const reason = first && reasonAgainst(first, owner);
    if (!reason || !certainly(runtime, (each) => reasonAgainst(each, owner) === reason)) return undefined;
    return {
      message: `The target passes the tokens of its callers on to ${first.address}, which ${reason}.`,
      fix: "Give the runtime the custom_jwt_authorizer of the gateway: one discovery_url, and clients and audiences in common.",
    };
  }),
};

function reasonAgainst({ inbound, authorizer }: Runtime, gateway: Gateway | undefined): string | undefined {
  if (inbound === "IAM") return 'accepts SigV4 only: 403 "Authorization method mismatch"';
  const admitting = gateway?.authorizer;
  if (gateway?.inbound !== "JWT" || !admitting || !authorizer) return undefined;
  if (sameIssuer(admitting.issuer, authorizer.issuer) === false) return "trusts another issuer: 401";
  if (areApart(admitting.allowedClients, authorizer.allowedClients)) return "allows none of the gateway's clients: 401";
  if (areApart(admitting.allowedAudience, authorizer.allowedAudience)) return "allows none of its audiences: 401";
  return undefined;
}

/** Whether two lists have certainly nothing in common. */
function areApart(one: TextList | undefined, other: TextList | undefined): boolean {
  const texts = shown(one);
  if (other === undefined || isEmptyList(other) || texts.length === 0) return false;
  return texts.every((text) => holds(other, text) === false);
}
