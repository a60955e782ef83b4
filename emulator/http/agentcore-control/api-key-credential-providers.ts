import { PROVIDER_NAME, TAGS } from "../../cloud/agentcore-constraints";
import { NOT_EMULATED, oneOf, structure } from "../../cloud/constraints";
import {
  type ApiKeyCredentialProvider,
  type ApiKeyCredentialProviders,
  DECLARATION,
} from "../../cloud/identity/api-key-credential-providers";
import type { RestJsonOperation } from "../protocols/aws-rest-json";
import { identityTimes } from "../protocols/times";
import { deleteOperation, identityOperation, listOperation } from "./identity-operation";

const CONFIGURATION = DECLARATION.extend({
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
    listOperation("ListApiKeyCredentialProviders", 100, "credentialProviders", () => providers.all().map(summary)),
  ];
}

function providerShape(provider: ApiKeyCredentialProvider): object {
  return { ...summary(provider), apiKeySecretArn: { secretArn: provider.apiKeySecretArn } };
}

function summary(provider: ApiKeyCredentialProvider): object {
  const { name, credentialProviderArn } = provider;
  return { name, credentialProviderArn, ...identityTimes(provider) };
}
