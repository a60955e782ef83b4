import type { Creators } from "../creators";
import type { ApiKeyCredentialProviders } from "./api-key-credential-providers";
import type { OAuth2CredentialProviders } from "./oauth2-credential-providers";
import type { WorkloadIdentities } from "./workload-identities";

interface Identity {
  readonly credentialProviders: OAuth2CredentialProviders;
  readonly apiKeyProviders: ApiKeyCredentialProviders;
  readonly workloadIdentities: WorkloadIdentities;
}

export function identityCreators(identity: Identity) {
  return {
    oauth2CredentialProvider(declaration) {
      const { credentialProviderArn, clientSecretArn } = identity.credentialProviders.create(declaration);
      return { credentialProviderArn, clientSecretArn };
    },
    apiKeyCredentialProvider(declaration) {
      const { credentialProviderArn, apiKeySecretArn } = identity.apiKeyProviders.create(declaration);
      return { credentialProviderArn, apiKeySecretArn };
    },
    workloadIdentity(declaration) {
      const { workloadIdentityArn } = identity.workloadIdentities.create(declaration);
      return { workloadIdentityArn };
    },
  } satisfies Partial<Creators>;
}
