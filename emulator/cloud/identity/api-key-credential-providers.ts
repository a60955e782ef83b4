// emulator/cloud/identity/: AgentCore Identity: workloads, credential providers, and the token vault.
import { MAX_API_KEY } from "../../../aws/agentcore/limits";
import type { ApiKeyCredentialProviderAttributes, ApiKeyCredentialProviderDeclaration } from "../../../topology";
import { checkMembers, PROVIDER_NAME } from "../agentcore-constraints";
import { structure, text } from "../constraints";
import { agentCoreArn } from "../environment";
import { enforceQuota } from "../quotas";
import type { TagMap } from "../tags";
import { timesNow, type Times } from "../times";
import { CredentialProviders } from "./credential-providers";
import { providerTaken } from "./errors";

export interface ApiKeyCredentialProvider
  extends ApiKeyCredentialProviderDeclaration, ApiKeyCredentialProviderAttributes, Times {}

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({ name: PROVIDER_NAME, apiKey: text(MAX_API_KEY, undefined, 1) });

/** The API key credential providers of the default token vault. */
export class ApiKeyCredentialProviders extends CredentialProviders<ApiKeyCredentialProvider> {
  /** @throws AwsError ValidationException, ConflictException, ServiceQuotaExceededException */
  create(declaration: ApiKeyCredentialProviderDeclaration, tags?: TagMap): ApiKeyCredentialProvider {
    checkMembers(DECLARATION, declaration);
    const { name, apiKey } = declaration;
    if (this.items.has(name)) throw providerTaken(name);
    enforceQuota("apiKeyCredentialProviders", this.items.size);
    const secret = this.secrets.create({
      name: `bedrock-agentcore-identity!default/apikey/${name}`,
      value: { text: secretValue(apiKey) },
      owningService: "bedrock-agentcore-identity",
    });
    const provider: ApiKeyCredentialProvider = {
      name,
      apiKey,
      credentialProviderArn: agentCoreArn(this.environment, `token-vault/default/apikeycredentialprovider/${name}`),
      apiKeySecretArn: secret.arn,
      ...timesNow(this.environment.clock),
    };
    this.items.set(name, provider);
    this.tags.create(provider.credentialProviderArn, tags);
    return provider;
  }

  /** @throws AwsError ValidationException, ResourceNotFoundException */
  update(declaration: ApiKeyCredentialProviderDeclaration): ApiKeyCredentialProvider {
    checkMembers(DECLARATION, declaration);
    const { name, apiKey } = declaration;
    const provider = { ...this.get(name), apiKey, updatedAt: this.environment.clock.now() };
    this.secrets.put(provider.apiKeySecretArn, { text: secretValue(apiKey) });
    this.items.set(name, provider);
    return provider;
  }

  protected override secretArnOf({ apiKeySecretArn }: ApiKeyCredentialProvider): string {
    return apiKeySecretArn;
  }
}

/** AWS does not document the keys of the secret's JSON. */
function secretValue(apiKey: string): string {
  return JSON.stringify({ api_key_value: apiKey });
}
