import { MAX_API_KEY_TEXT } from "../../aws/agentcore/limits";
import type { Known, Readable, ValueTypes } from "../readable";
import { credentialKind, nameOfArn, PROVIDER_ARN } from "./credential-kind";

export interface ApiKeySettings<V extends ValueTypes = Known> {
  readonly providerArn: V["text"];
  /** `HEADER` when left out. */
  readonly credentialLocation?: V["text"];
  /** The name of the header or the query parameter; `Authorization` and `api_key` when left out. */
  readonly credentialParameterName?: V["text"];
  /** What stands before the key, for example `Bearer`. */
  readonly credentialPrefix?: V["text"];
}

/** The key of an API key credential provider, in a header or a parameter. */
export const apiKey = credentialKind<ApiKeySettings>({
  block: "api_key",
  member: "apiKeyCredentialProvider",
  isConfigured: true,
  label: () => "API key",
  members: ({ structure, text, oneOf, optional }) =>
    structure({
      providerArn: text(Infinity, PROVIDER_ARN),
      credentialParameterName: optional(text(MAX_API_KEY_TEXT, undefined, 1)),
      credentialPrefix: optional(text(MAX_API_KEY_TEXT, undefined, 1)),
      credentialLocation: optional(oneOf(["HEADER", "QUERY_PARAMETER"])),
    }),
  read: <V extends ValueTypes>(block: Readable<V>): ApiKeySettings<V> => ({
    providerArn: block.text("provider_arn"),
    credentialLocation: block.optionalText("credential_location"),
    credentialParameterName: block.optionalText("credential_parameter_name"),
    credentialPrefix: block.optionalText("credential_prefix"),
  }),
  column: () => "API key",
  describe: ({ providerArn }) => `the API key of ${nameOfArn(providerArn)}`,
});
