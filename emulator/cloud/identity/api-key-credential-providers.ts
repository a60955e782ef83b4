// emulator/cloud/identity/: AgentCore Identity: workloads, credential providers, and the token vault.
import { MAX_API_KEY } from "../../../aws/agentcore/limits";
import type { ApiKeyCredentialProviderAttributes, ApiKeyCredentialProviderDeclaration } from "../../../topology";
import { checkMembers, PROVIDER_NAME } from "../agentcore-constraints";
import { structure, text } from "../constraints";
import { agentCoreArn, type Environment } from "../environment";
import { enforceQuota } from "../quotas";
import type { Secrets } from "../secrets-manager/secrets";
import type { TagMap, Tags } from "../tags";
import { providerTaken, providerUnknown } from "./errors";

export interface ApiKeyCredentialProvider
  extends ApiKeyCredentialProviderDeclaration, ApiKeyCredentialProviderAttributes {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({ name: PROVIDER_NAME, apiKey: text(MAX_API_KEY, undefined, 1) });

/** The API key credential providers of the default token vault. */
export class ApiKeyCredentialProviders {
  private readonly providers = new Map<string, ApiKeyCredentialProvider>();

  constructor(
    private readonly environment: Environment,
    private readonly secrets: Secrets,
    private readonly tags: Tags,
  ) {}

  /** @throws AwsError ValidationException, ConflictException, ServiceQuotaExceededException */
  create(declaration: ApiKeyCredentialProviderDeclaration, tags?: TagMap): ApiKeyCredentialProvider {
    checkMembers(DECLARATION, declaration);
    const { name, apiKey } = declaration;
    if (this.providers.has(name)) throw providerTaken(name);
    enforceQuota("apiKeyCredentialProviders", this.providers.size);
    const secret = this.secrets.create({
      name: `bedrock-agentcore-identity!default/apikey/${name}`,
      value: { text: secretValue(apiKey) },
      owningService: "bedrock-agentcore-identity",
    });
    const now = this.environment.clock.now();
    const provider: ApiKeyCredentialProvider = {
      name,
      apiKey,
      credentialProviderArn: agentCoreArn(this.environment, `token-vault/default/apikeycredentialprovider/${name}`),
      apiKeySecretArn: secret.arn,
      createdAt: now,
      updatedAt: now,
    };
    this.providers.set(name, provider);
    this.tags.create(provider.credentialProviderArn, tags);
    return provider;
  }

  /** @throws AwsError ValidationException, ResourceNotFoundException */
  update(declaration: ApiKeyCredentialProviderDeclaration): ApiKeyCredentialProvider {
    checkMembers(DECLARATION, declaration);
    const { name, apiKey } = declaration;
    const provider = { ...this.get(name), apiKey, updatedAt: this.environment.clock.now() };
    this.secrets.put(provider.apiKeySecretArn, { text: secretValue(apiKey) });
    this.providers.set(name, provider);
    return provider;
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(name: string): void {
    const { credentialProviderArn, apiKeySecretArn } = this.get(name);
    this.secrets.delete(apiKeySecretArn);
    this.tags.delete(credentialProviderArn);
    this.providers.delete(name);
  }

  findByArn(credentialProviderArn: string): ApiKeyCredentialProvider | undefined {
    return this.all().find((provider) => provider.credentialProviderArn === credentialProviderArn);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): ApiKeyCredentialProvider {
    const provider = this.providers.get(name);
    if (!provider) throw providerUnknown(name);
    return provider;
  }

  all(): readonly ApiKeyCredentialProvider[] {
    return [...this.providers.values()];
  }
}

/** AWS does not document the keys of the secret's JSON. */
function secretValue(apiKey: string): string {
  return JSON.stringify({ api_key_value: apiKey });
}
