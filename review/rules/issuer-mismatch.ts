import { certainly, sole } from "../evidence/certainty";
import type { Issuer } from "../../topology";
import { sameIssuer } from "../evidence/authorizers";
import { eachOf, targets, type Rule } from "../rule";

export const issuerMismatch: Rule = {
  id: "issuer-mismatch",
  severity: "error",
  summary: "The credential provider of a target and the authorizer of its runtime have one issuer.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const issuer = outbound?.type === "OAUTH" ? sole(outbound.provider)?.issuer : undefined;
    const refusing = certainly(runtime, ({ authorizer }) => sameIssuer(issuer, authorizer?.issuer) === false);
    if (issuer === undefined || refusing === undefined) return undefined;
    return {
      message: `The target's tokens come from ${issuerName(issuer)}, but the runtime trusts ${issuerName(refusing.authorizer?.issuer)} only: 401.`,
      fix: "Give the credential provider and the runtime's authorizer the discovery_url of one user pool.",
    };
  }),
};

function issuerName(issuer: Issuer | undefined): string {
  const pool = issuer && sole(issuer.userPool);
  return pool?.address ?? (typeof issuer?.discoveryUrl === "string" ? issuer.discoveryUrl : "another issuer");
}
