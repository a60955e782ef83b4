import type { OAuth2CredentialProviderAttributes, OAuth2CredentialProviderDeclaration } from "../../../topology";
import { agentCoreArn, type Environment } from "../environment";
import { AwsError } from "../errors";
import { LOWER_CASE, UPPER_CASE } from "../random";

/** Patterns: botocore `bedrock-agentcore-control/2023-06-05`, `CredentialProviderName` and `DiscoveryUrl`. */
const NAME = /^[a-zA-Z0-9\-_]{1,128}$/;
const DISCOVERY_URL = /^.+\/\.well-known\/(openid-configuration|oauth-authorization-server)$/;

export interface OAuth2CredentialProvider extends OAuth2CredentialProviderDeclaration, OAuth2CredentialProviderAttributes {}

/** The OAuth2 credential providers of the default token vault. */
export class OAuth2CredentialProviders {
  private readonly providers = new Map<string, OAuth2CredentialProvider>();

  constructor(private readonly environment: Environment) {}

  create(declaration: OAuth2CredentialProviderDeclaration): OAuth2CredentialProviderAttributes {
    const { name, discoveryUrl } = declaration;
    if (!NAME.test(name)) {
      throw new AwsError("ValidationException", `Value '${name}' at 'name' must match ${NAME.source}.`);
    }
    if (discoveryUrl !== undefined && !DISCOVERY_URL.test(discoveryUrl)) {
      throw new AwsError("ValidationException", `Value '${discoveryUrl}' at 'discoveryUrl' must match ${DISCOVERY_URL.source}.`);
    }
    if (this.providers.has(name)) {
      throw new AwsError("ConflictException", `Credential provider ${name} already exists.`);
    }
    const { partition, region, accountId, random } = this.environment;
    const secretName = `bedrock-agentcore-identity!default/oauth2/${name}-${random.text(6, LOWER_CASE + UPPER_CASE)}`;
    const attributes: OAuth2CredentialProviderAttributes = {
      credentialProviderArn: agentCoreArn(this.environment, `token-vault/default/oauth2credentialprovider/${name}`),
      clientSecretArn: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${secretName}`,
    };
    this.providers.set(name, { ...declaration, ...attributes });
    return attributes;
  }

  findByArn(credentialProviderArn: string): OAuth2CredentialProvider | undefined {
    return [...this.providers.values()].find((provider) => provider.credentialProviderArn === credentialProviderArn);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): OAuth2CredentialProvider {
    const provider = this.providers.get(name);
    if (!provider) throw new AwsError("ResourceNotFoundException", `Credential provider ${name} not found.`);
    return provider;
  }
}
