import type { Environment } from "../environment";
import { Registry } from "../registry";
import type { Secrets } from "../secrets-manager/secrets";
import type { Tags } from "../tags";
import { providerUnknown } from "./errors";

/** The credential providers of a kind in the default token vault, each with a secret of the account. */
export abstract class CredentialProviders<
  Provider extends { readonly credentialProviderArn: string },
> extends Registry<Provider> {
  constructor(
    protected readonly environment: Environment,
    protected readonly secrets: Secrets,
    protected readonly tags: Tags,
  ) {
    super(providerUnknown);
  }

  protected abstract secretArnOf(provider: Provider): string;

  /** @throws AwsError ResourceNotFoundException */
  override delete(name: string): void {
    const provider = this.get(name);
    this.secrets.delete(this.secretArnOf(provider));
    this.tags.delete(provider.credentialProviderArn);
    this.items.delete(name);
  }

  findByArn(credentialProviderArn: string): Provider | undefined {
    return this.all().find((provider) => provider.credentialProviderArn === credentialProviderArn);
  }
}
