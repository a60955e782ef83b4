import { DISCOVERY_DOCUMENTS, discoveryPath, OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { issuerUrl } from "../../aws/cognito/endpoints";
import { describeText, localAddress, matchText, type Part, type Text } from "../../topology";
import { namedIssuers } from "../evidence/discovery-urls";
import { eachOf, type Rule } from "../rule";

const COGNITO = /^https:\/\/(issuer-)?cognito-idp\./;
const OPENID_ONLY = ["openid-configuration"] as const;

export const discoveryUrlInvalid: Rule = {
  id: "discovery-url-invalid",
  severity: "error",
  summary: `A discovery URL begins with https:// and ends in ${DISCOVERY_DOCUMENTS.map(discoveryPath).join(" or ")}.`,
  source: "botocore bedrock-agentcore-control 2023-06-05, CustomJWTAuthorizerConfiguration: discoveryUrl",
  check: eachOf(namedIssuers, ({ issuer }) => {
    const { discoveryUrl } = issuer;
    // Cognito has no document of RFC 8414.
    const documents = matchText(discoveryUrl, COGNITO) === undefined ? DISCOVERY_DOCUMENTS : OPENID_ONLY;
    const isRight =
      startsRight(discoveryUrl) && documents.some((document) => endsWith(discoveryUrl, discoveryPath(document)));
    if (isRight) return undefined;
    return {
      message: `The discovery URL "${describeText(discoveryUrl)}" names no discovery document.`,
      fix: `Use ${issuerUrl("<region>", "<user pool id>")}${OPENID_DISCOVERY_PATH}, or your issuer's.`,
    };
  }),
};

function partsOf(text: Text): readonly Part[] {
  return typeof text === "string" ? [text] : (text.parts ?? []);
}

/** What a placeholder holds is not known, so only known text at the beginning can be wrong. */
function startsRight(text: Text): boolean {
  const [first] = partsOf(text);
  return typeof first !== "string" || first.startsWith("https://");
}

/** What a user pool has is known to be no such path. */
function endsWith(text: Text, suffix: string): boolean {
  if (typeof text === "string") return text.endsWith(suffix);
  const last = partsOf(text).at(-1);
  if (last === undefined) return true;
  if (typeof last === "string") return last.endsWith(suffix) || suffix.endsWith(last);
  return !/^(data\.)?aws_cognito_user_pool\./.test(localAddress(last.reference.address));
}
