import { PROVIDER_NAME, TAGS } from "../../cloud/agentcore-constraints";
import { NOT_EMULATED, oneOf, structure, text } from "../../cloud/constraints";
import type {
  ApiKeyCredentialProvider,
  ApiKeyCredentialProviders,
} from "../../cloud/identity/api-key-credential-providers";
import type { RestJsonOperation } from "../protocols/aws-rest-json";
import { deleteOperation, identityOperation, listOperation } from "./identity-operation";

const CONFIGURATION = structure({
  name: PROVIDER_NAME,
  apiKey: text(65_536, undefined, 1),
  apiKeySecretSource: oneOf(["MANAGED"]).optional(),
  apiKeySecretConfig: NOT_EMULATED,
});
const BY_NAME = structure({ name: PROVIDER_NAME });

/** The operations of API key credential providers. The key goes in and never comes out. */
export function apiKeyCredentialProviderOperations(providers: ApiKeyCredentialProviders): RestJsonOperation[] {
  const creation = CONFIGURATION.extend({ tags: TAGS.optional() });
  return [
    identityOperation("CreateApiKeyCredentialProvider", 201, creation, ({ name, apiKey, tags }) => {
      const { apiKeySecretArn, credentialProviderArn } = providers.create({ name, apiKey }, tags);
      return { apiKeySecretArn: { secretArn: apiKeySecretArn }, name, credentialProviderArn };
    }),
    identityOperation("GetApiKeyCredentialProvider", 200, BY_NAME, ({ name }) => providerShape(providers.get(name))),
    identityOperation("UpdateApiKeyCredentialProvider", 200, CONFIGURATION, ({ name, apiKey }) =>
      providerShape(providers.update({ name, apiKey })),
    ),
    deleteOperation("DeleteApiKeyCredentialProvider", BY_NAME, (name) => providers.delete(name)),
    listOperation(
      "ListApiKeyCredentialProviders",
      100,
      () => providers.all(),
      (items) => ({
        credentialProviders: items.map(summary),
      }),
    ),
  ];
}

function providerShape(provider: ApiKeyCredentialProvider): object {
  return { ...summary(provider), apiKeySecretArn: { secretArn: provider.apiKeySecretArn } };
}

function summary({ name, credentialProviderArn, createdAt, updatedAt }: ApiKeyCredentialProvider): object {
  return { name, credentialProviderArn, createdTime: createdAt / 1_000, lastUpdatedTime: updatedAt / 1_000 };
}
