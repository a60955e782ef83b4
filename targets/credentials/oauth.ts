import { MAX_CUSTOM_PARAMETERS, RETURN_URL, TARGET_SCOPES } from "../../aws/agentcore/limits";
import { GRANT_TYPES, oauthCredential } from "../../aws/agentcore/outbound-matrix";
import type { Known, Readable, ValueTypes } from "../readable";
import { credentialKind, nameOfArn, PROVIDER_ARN } from "./credential-kind";

export interface OAuthSettings<V extends ValueTypes = Known> {
  readonly providerArn: V["text"];
  readonly scopes: V["texts"];
  /** Client credentials when left out. */
  readonly grantType?: V["text"];
  /** Further members of the token request. */
  readonly customParameters?: V["map"];
  /** Where users come back to after they consented, in the grant of authorization codes. */
  readonly defaultReturnUrl?: V["text"];
}

/** What a person reads of each grant's token. */
const TOKENS: Readonly<Record<string, string>> = {
  CLIENT_CREDENTIALS: "an M2M token",
  AUTHORIZATION_CODE: "the user's own token",
  TOKEN_EXCHANGE: "an exchanged token",
};

/** An access token of an OAuth credential provider, by whatever grant. */
export const oauth = credentialKind<OAuthSettings>({
  block: "oauth",
  member: "oauthCredentialProvider",
  isConfigured: true,
  label: ({ grantType }) =>
    grantType === undefined || grantType === "CLIENT_CREDENTIALS" ? "M2M token" : "user's token",
  members: ({ structure, text, name, oneOf, list, map, optional }) =>
    structure({
      providerArn: text(Infinity, PROVIDER_ARN),
      scopes: list(text(TARGET_SCOPES.length, undefined, 1), TARGET_SCOPES.count),
      customParameters: optional(map(text(256, undefined, 1), text(2048, undefined, 1), MAX_CUSTOM_PARAMETERS)),
      grantType: optional(oneOf(GRANT_TYPES)),
      defaultReturnUrl: optional(name(RETURN_URL)),
    }),
  read: <V extends ValueTypes>(block: Readable<V>): OAuthSettings<V> => ({
    providerArn: block.text("provider_arn"),
    scopes: block.optionalTexts("scopes") ?? [],
    grantType: block.optionalText("grant_type"),
    customParameters: block.optionalTextMap("custom_parameters"),
    defaultReturnUrl: block.optionalText("default_return_url"),
  }),
  column: ({ grantType }) => oauthCredential(grantType),
  describe: ({ providerArn, scopes, grantType = "CLIENT_CREDENTIALS" }) =>
    `${TOKENS[grantType]} of ${nameOfArn(providerArn)}, scopes ${scopes.join(" ")}`,
});
