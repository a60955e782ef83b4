import { PROVIDER_NAME, TAGS } from "../../cloud/agentcore-constraints";
import { integer, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import type {
  ApiKeyCredentialProvider,
  ApiKeyCredentialProviders,
} from "../../cloud/identity/api-key-credential-providers";
import { paginate } from "../../cloud/pagination";
import { operation, type RestJsonOperation } from "../aws-rest-json";

const CONFIGURATION = structure({
  name: PROVIDER_NAME,
  apiKey: text(65_536, undefined, 1),
  apiKeySecretSource: oneOf(["MANAGED"]).optional(),
  apiKeySecretConfig: NOT_EMULATED,
});
const BY_NAME = structure({ name: PROVIDER_NAME });
const MOST_LISTED = 100;

/** The operations of API key credential providers. The key goes in and never comes out. */
export function apiKeyCredentialProviderOperations(providers: ApiKeyCredentialProviders): RestJsonOperation[] {
  const route = (name: string) => `POST /identities/${name}`;
  return [
    operation(
      "CreateApiKeyCredentialProvider",
      route("CreateApiKeyCredentialProvider"),
      201,
      CONFIGURATION.extend({ tags: TAGS.optional() }),
      ({ name, apiKey, tags }) => {
        const { apiKeySecretArn, credentialProviderArn } = providers.create({ name, apiKey }, tags);
        return { apiKeySecretArn: { secretArn: apiKeySecretArn }, name, credentialProviderArn };
      },
    ),
    operation("GetApiKeyCredentialProvider", route("GetApiKeyCredentialProvider"), 200, BY_NAME, ({ name }) =>
      providerShape(providers.get(name)),
    ),
    operation(
      "UpdateApiKeyCredentialProvider",
      route("UpdateApiKeyCredentialProvider"),
      200,
      CONFIGURATION,
      ({ name, apiKey }) => providerShape(providers.update({ name, apiKey })),
    ),
    operation("DeleteApiKeyCredentialProvider", route("DeleteApiKeyCredentialProvider"), 204, BY_NAME, ({ name }) => {
      providers.delete(name);
      return {};
    }),
    operation(
      "ListApiKeyCredentialProviders",
      route("ListApiKeyCredentialProviders"),
      200,
      structure({ maxResults: integer(1, MOST_LISTED).optional(), nextToken: text(UNBOUNDED).optional() }),
      (request) => {
        const { items, nextToken } = paginate(providers.all(), request, {
          most: MOST_LISTED,
          refusal: "ValidationException",
        });
        return { credentialProviders: items.map(summary), nextToken };
      },
    ),
  ];
}

function providerShape(provider: ApiKeyCredentialProvider): object {
  return { ...summary(provider), apiKeySecretArn: { secretArn: provider.apiKeySecretArn } };
}

function summary({ name, credentialProviderArn, createdAt, updatedAt }: ApiKeyCredentialProvider): object {
  return { name, credentialProviderArn, createdTime: createdAt / 1_000, lastUpdatedTime: updatedAt / 1_000 };
}
