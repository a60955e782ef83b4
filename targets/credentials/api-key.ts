import { MAX_API_KEY_TEXT } from "../../aws/agentcore/limits";
import { credentialKind, nameOfArn, PROVIDER_ARN } from "./credential-kind";

export interface ApiKeySettings {
  readonly providerArn: string;
  /** `HEADER` when left out. */
  readonly credentialLocation?: string;
  /** The name of the header or the query parameter; `Authorization` and `api_key` when left out. */
  readonly credentialParameterName?: string;
  /** What stands before the key, for example `Bearer`. */
  readonly credentialPrefix?: string;
}

/** The key of an API key credential provider, in a header or a parameter. */
export const apiKey = credentialKind<ApiKeySettings>({
  block: "api_key",
  member: "apiKeyCredentialProvider",
  isConfigured: true,
  label: "API key",
  members: ({ structure, text, oneOf, optional }) =>
    structure({
      providerArn: text(Infinity, PROVIDER_ARN),
      credentialParameterName: optional(text(MAX_API_KEY_TEXT, undefined, 1)),
      credentialPrefix: optional(text(MAX_API_KEY_TEXT, undefined, 1)),
      credentialLocation: optional(oneOf(["HEADER", "QUERY_PARAMETER"])),
    }),
  read: (block) => ({
    providerArn: block.text("provider_arn"),
    credentialLocation: block.optionalText("credential_location"),
    credentialParameterName: block.optionalText("credential_parameter_name"),
    credentialPrefix: block.optionalText("credential_prefix"),
  }),
  column: () => "API key",
  describe: ({ providerArn }) => `the API key of ${nameOfArn(providerArn)}`,
});
