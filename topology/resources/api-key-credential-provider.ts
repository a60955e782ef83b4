import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

export interface ApiKeyCredentialProviderAttributes {
  readonly credentialProviderArn: string;
  readonly apiKeySecretArn: string;
}

export function readApiKeyProvider<V extends ValueTypes>(args: Readable<V>) {
  return { name: args.text("name"), apiKey: args.optionalText("api_key_wo") ?? args.text("api_key") };
}

export const apiKeyCredentialProvider = resourceReader({
  type: "aws_bedrockagentcore_api_key_credential_provider",
  kind: "apiKeyCredentialProvider",
  read: (args) => readApiKeyProvider(args),
  assigned: ["credential_provider_arn", "api_key_secret_arn"],
  attributes: (_, { credentialProviderArn, apiKeySecretArn }: ApiKeyCredentialProviderAttributes) => ({
    credential_provider_arn: credentialProviderArn,
    api_key_secret_arn: [{ secret_arn: apiKeySecretArn }],
  }),
});

export type ApiKeyCredentialProviderDeclaration = ReturnType<typeof apiKeyCredentialProvider.read>;
