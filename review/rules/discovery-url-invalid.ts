import { issuerUrl } from "../../aws/cognito/endpoints";
import {
  AUTHORIZER_DOCUMENTS,
  discoveryPath,
  OPENID_DISCOVERY_PATH,
  PROVIDER_DOCUMENTS,
} from "../../aws/agentcore/discovery";
import { describeText, type Part, type Text } from "../../topology";
import { namedIssuers } from "../discovery-urls";
import type { Rule } from "../rule";

export const discoveryUrlInvalid: Rule = {
  id: "discovery-url-invalid",
  severity: "error",
  summary: `A discovery URL begins with https:// and ends in ${OPENID_DISCOVERY_PATH}.`,
  source: "botocore bedrock-agentcore-control 2023-06-05, CustomJWTAuthorizerConfiguration: discoveryUrl",
  *check({ system }) {
    for (const { address, kind, issuer } of namedIssuers(system)) {
      const documents = kind === "authorizer" ? AUTHORIZER_DOCUMENTS : PROVIDER_DOCUMENTS;
      const { discoveryUrl } = issuer;
      const isRight =
        startsRight(discoveryUrl) && documents.some((document) => endsWith(discoveryUrl, discoveryPath(document)));
      if (isRight) continue;
      yield {
        address,
        message: `The discovery URL ${describeText(discoveryUrl)} names no discovery document.`,
        fix: `Use ${issuerUrl("<region>", "<user pool id>")}${OPENID_DISCOVERY_PATH}, or your issuer's.`,
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
