import { describeText, type Part, type Text } from "../../topology";
import { namedIssuers } from "../discovery-urls";
import type { Rule } from "../rule";

export const discoveryUrlInvalid: Rule = {
  id: "discovery-url-invalid",
  severity: "error",
  summary: "A discovery URL begins with https:// and ends in /.well-known/openid-configuration.",
  source: "botocore bedrock-agentcore-control 2023-06-05, CustomJWTAuthorizerConfiguration: discoveryUrl",
  *check({ system }) {
    for (const { address, kind, issuer } of namedIssuers(system)) {
      const suffixes =
        kind === "authorizer" ? ["openid-configuration"] : ["openid-configuration", "oauth-authorization-server"];
      const { discoveryUrl } = issuer;
      const isRight =
        startsRight(discoveryUrl) && suffixes.some((suffix) => endsWith(discoveryUrl, `/.well-known/${suffix}`));
      if (isRight) continue;
      yield {
        address,
        message: `The discovery URL ${describeText(discoveryUrl)} names no discovery document.`,
        fix: "Use https://cognito-idp.<region>.amazonaws.com/<user pool id>/.well-known/openid-configuration, or your issuer's.",
      };
    }
  },
};

function partsOf(text: Text): readonly Part[] {
  return typeof text === "string" ? [text] : (text.parts ?? []);
}

/** What a placeholder holds is not known, so only known text at the beginning can be wrong. */
function startsRight(text: Text): boolean {
  const [first] = partsOf(text);
  return typeof first !== "string" || first.startsWith("https://");
}

/** The id of a user pool is known to be no path. */
function endsWith(text: Text, suffix: string): boolean {
  if (typeof text === "string") return text.endsWith(suffix);
  const last = partsOf(text).at(-1);
  if (last === undefined) return true;
  if (typeof last === "string") return last.endsWith(suffix) || suffix.endsWith(last);
  return !(last.reference.attribute === "id" && /(^|\.)aws_cognito_user_pool\./.test(last.reference.address));
}
