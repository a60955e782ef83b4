import { type Gateway, type Runtime, sameText, type Text, type TextList, Unknown } from "../../topology";
import { sameIssuer } from "../authorizers";
import { certainly, sole } from "../certainty";
import type { Rule } from "../rule";

export const passedTokenRefused: Rule = {
  id: "passed-token-refused",
  severity: "error",
  summary: "A runtime to which a gateway passes its callers' tokens on takes those that the gateway takes.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-http-runtime.html",
  *check({ system }) {
    for (const { address, outbound, gateway, runtime } of system.targets) {
      if (outbound?.type !== "JWT_PASSTHROUGH") continue;
      const owner = sole(gateway);
      const [first] = runtime;
      const reason = first && reasonAgainst(first, owner);
      if (!reason || !certainly(runtime, (each) => reasonAgainst(each, owner) === reason)) continue;
      yield {
        address,
        message: `The target passes the tokens of its callers on to ${first.address}, which ${reason}.`,
        fix: "Give the runtime the custom_jwt_authorizer of the gateway: one discovery_url, and clients and audiences in common.",
      };
    }
  },
};

function reasonAgainst({ inbound, authorizer }: Runtime, gateway: Gateway | undefined): string | undefined {
  if (inbound === "IAM") return 'accepts SigV4 only: 403 "Authorization method mismatch"';
  const shown = gateway?.authorizer;
  if (gateway?.inbound !== "JWT" || !shown || !authorizer) return undefined;
  if (shown.issuer && authorizer.issuer && sameIssuer(shown.issuer, authorizer.issuer) === false) {
    return "trusts another issuer: 401";
  }
  if (areApart(shown.allowedClients, authorizer.allowedClients)) return "allows none of the gateway's clients: 401";
  if (areApart(shown.allowedAudience, authorizer.allowedAudience)) return "allows none of its audiences: 401";
  return undefined;
}

/** Whether two lists have certainly nothing in common. */
function areApart(one: TextList | undefined, other: TextList | undefined): boolean {
  if (!one || !other || one instanceof Unknown || other instanceof Unknown) return false;
  const differs = (text: Text): boolean => other.every((each) => sameText(text, each) === false);
  return one.length > 0 && other.length > 0 && one.every(differs);
}
