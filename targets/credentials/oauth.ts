import { MAX_CUSTOM_PARAMETERS, TARGET_SCOPES } from "../../aws/agentcore/limits";
import { GRANT_TYPES, oauthCredential } from "../../aws/agentcore/outbound-matrix";
import { credentialKind, nameOfArn, PROVIDER_ARN } from "./credential-kind";

export interface OAuthSettings {
  readonly providerArn: string;
  readonly scopes: readonly string[];
  /** Client credentials when left out. */
  readonly grantType?: string;
  /** Further members of the token request. */
  readonly customParameters?: Readonly<Record<string, string>>;
}

/** An access token of an OAuth credential provider, by whatever grant. */
export const oauth = credentialKind<OAuthSettings>({
  block: "oauth",
  member: "oauthCredentialProvider",
  isConfigured: true,
  label: "M2M token",
  members: ({ structure, text, oneOf, list, map, optional, notEmulated }) =>
    structure({
      providerArn: text(Infinity, PROVIDER_ARN),
      scopes: list(text(TARGET_SCOPES.length, undefined, 1), TARGET_SCOPES.count),
      customParameters: optional(map(text(256, undefined, 1), text(2048, undefined, 1), MAX_CUSTOM_PARAMETERS)),
      grantType: optional(oneOf(GRANT_TYPES)),
      defaultReturnUrl: notEmulated,
    }),
  read: (block) => ({
    providerArn: block.text("provider_arn"),
    scopes: block.texts("scopes"),
    grantType: block.optionalText("grant_type"),
    customParameters: block.optionalTextMap("custom_parameters"),
  }),
  column: ({ grantType }) => oauthCredential(grantType),
  describe: ({ providerArn, scopes }) => `an M2M token of ${nameOfArn(providerArn)}, scopes ${scopes.join(" ")}`,
});
