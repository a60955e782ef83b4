import { discoveryUrlPattern, DISCOVERY_DOCUMENTS } from "../../../aws/agentcore/discovery";
import { CLIENT_CREDENTIALS } from "../../../aws/agentcore/limits";
import { dataPlaneHost } from "../../../aws/agentcore/endpoints";
import type { OAuth2CredentialProviderAttributes, OAuth2CredentialProviderDeclaration } from "../../../topology";
import { checkMembers, PROVIDER_NAME } from "../agentcore-constraints";
import { oneOf, structure, text, UNBOUNDED } from "../constraints";
import { agentCoreArn } from "../environment";
import { enforceQuota } from "../quotas";
import type { TagMap } from "../tags";
import { ACTOR_TOKENS, CREDENTIAL_PROVIDER_VENDORS, EXCHANGE_GRANT_TYPES } from "../../../aws/agentcore/values";
import { timesNow, type Times } from "../times";
import { CredentialProviders } from "./credential-providers";
import { actorTokenNotEmulated, providerTaken } from "./errors";

export interface OAuth2CredentialProvider
  extends OAuth2CredentialProviderDeclaration, OAuth2CredentialProviderAttributes, Times {
  /** Where a user's consent comes back to. */
  readonly callbackUrl: string;
}

const DISCOVERY_URL = text(UNBOUNDED, discoveryUrlPattern(DISCOVERY_DOCUMENTS));
/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({
  name: PROVIDER_NAME,
  vendor: oneOf(CREDENTIAL_PROVIDER_VENDORS),
  clientId: text(CLIENT_CREDENTIALS.idLength, undefined, 1),
  clientSecret: text(CLIENT_CREDENTIALS.secretLength, undefined, 1),
  discoveryUrl: DISCOVERY_URL.optional(),
  tokenExchange: structure({
    grantType: oneOf(EXCHANGE_GRANT_TYPES),
    actorTokenContent: oneOf(ACTOR_TOKENS).optional(),
  }).optional(),
});

/** The OAuth2 credential providers of the default token vault. */
export class OAuth2CredentialProviders extends CredentialProviders<OAuth2CredentialProvider> {
  /** @throws AwsError ValidationException, ConflictException, ServiceQuotaExceededException */
  create(declaration: OAuth2CredentialProviderDeclaration, tags?: TagMap): OAuth2CredentialProvider {
    checkDeclaration(declaration);
    const { name } = declaration;
    if (this.items.has(name)) throw providerTaken(name);
    enforceQuota("oauth2CredentialProviders", this.items.size);
    const { random, clock } = this.environment;
    const secret = this.secrets.create({
      name: `bedrock-agentcore-identity!default/oauth2/${name}`,
      value: { text: secretValue(declaration) },
      owningService: "bedrock-agentcore-identity",
    });
    const provider: OAuth2CredentialProvider = {
      ...declaration,
      credentialProviderArn: agentCoreArn(this.environment, `token-vault/default/oauth2credentialprovider/${name}`),
      clientSecretArn: secret.arn,
      callbackUrl: `https://${dataPlaneHost(this.environment.region)}/identities/oauth2/callback/${random.uuid()}`,
      ...timesNow(clock),
    };
    this.items.set(name, provider);
    this.tags.create(provider.credentialProviderArn, tags);
    return provider;
  }

  /** Replaces the configuration. @throws AwsError ValidationException, ResourceNotFoundException */
  update(declaration: OAuth2CredentialProviderDeclaration): OAuth2CredentialProvider {
    checkDeclaration(declaration);
    const { credentialProviderArn, clientSecretArn, callbackUrl, createdAt } = this.get(declaration.name);
    this.secrets.put(clientSecretArn, { text: secretValue(declaration) });
    const updatedAt = this.environment.clock.now();
    const provider = { ...declaration, credentialProviderArn, clientSecretArn, callbackUrl, createdAt, updatedAt };
    this.items.set(declaration.name, provider);
    return provider;
  }

  protected override secretArnOf({ clientSecretArn }: OAuth2CredentialProvider): string {
    return clientSecretArn;
  }
}

/** @throws AwsError ValidationException, NotEmulated */
function checkDeclaration(declaration: OAuth2CredentialProviderDeclaration): void {
  checkMembers(DECLARATION, declaration);
  if (declaration.tokenExchange?.actorTokenContent !== "AWS_IAM_ID_TOKEN_JWT") return;
  throw actorTokenNotEmulated();
}

/** AWS does not document the keys of the secret's JSON. */
function secretValue({ clientId, clientSecret }: OAuth2CredentialProviderDeclaration): string {
  return JSON.stringify({ client_id: clientId, client_secret: clientSecret });
}
