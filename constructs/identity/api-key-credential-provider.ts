// constructs/identity/: user pools with their clients, credential providers and workload identities.
import { BedrockagentcoreApiKeyCredentialProvider } from "@cdktf/provider-aws/lib/bedrockagentcore-api-key-credential-provider";
import { Construct } from "constructs";
import { arnProblems } from "../private/arns";
import { reportProblems } from "../private/checks";
import { throwProblems } from "../private/errors";
import { CREDENTIAL_PROVIDER_NAME, derivedName, lengthProblems, nameProblems } from "../private/names";
import { requireTerraform, setNewerField } from "../private/provider-version";
import { secretProblems } from "../private/secrets";
import { tagFields, tagProblems } from "../private/tags";

/** An API key in AgentCore Identity's token vault. */
export interface IApiKeyCredentialProvider {
  /** `arn:…:token-vault/default/apikeycredentialprovider/<name>`. */
  readonly credentialProviderArn: string;
  /** ARN of the Secrets Manager secret in which AgentCore Identity keeps the key. */
  readonly apiKeySecretArn: string;
}

/** What an ApiKeyCredentialProvider is made with. */
export interface ApiKeyCredentialProviderProps {
  /**
   * 1 to 128 letters, digits, hyphens and underscores, unique in the account's token vault.
   * @default - derived from the construct's path
   */
  readonly apiKeyCredentialProviderName?: string;

  /**
   * 1 to 65,536 characters: the value of a sensitive variable or attribute, never a literal. It is passed as a
   * write-only argument, so Terraform's state does not hold it; that needs Terraform 1.11.
   */
  readonly apiKey: string;

  /**
   * Raise it when the key changes: Terraform cannot see that a write-only argument did.
   * @default 1
   */
  readonly apiKeyVersion?: number;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters. Needs AWS provider 6.40.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An API key that AgentCore Identity keeps in its token vault. An account has room for 50 in a region. */
export class ApiKeyCredentialProvider extends Construct implements IApiKeyCredentialProvider {
  /**
   * A provider that something else made.
   * @throws ValidationError for an ARN of another kind
   */
  public static fromApiKeyCredentialProviderAttributes(
    attributes: IApiKeyCredentialProvider,
  ): IApiKeyCredentialProvider {
    const { credentialProviderArn, apiKeySecretArn } = attributes;
    throwProblems([
      ...arnProblems("API key credential provider", credentialProviderArn),
      ...arnProblems("secret", apiKeySecretArn),
    ]);
    return { credentialProviderArn, apiKeySecretArn };
  }

  /** As given, or as derived from the path. */
  public readonly apiKeyCredentialProviderName: string;
  public readonly credentialProviderArn: string;
  public readonly apiKeySecretArn: string;

  public constructor(scope: Construct, id: string, props: ApiKeyCredentialProviderProps) {
    super(scope, id);
    const name = props.apiKeyCredentialProviderName ?? derivedName(this, { separator: "-", maxLength: 100 });
    reportProblems(this, [
      ...nameProblems(CREDENTIAL_PROVIDER_NAME, name),
      ...lengthProblems("API key", props.apiKey, 1, 65_536),
      ...secretProblems("API key", props.apiKey),
      ...tagProblems(props.tags),
    ]);
    requireTerraform(this, "1.11", "An API key that stays out of the state (a write-only argument)");

    const resource = new BedrockagentcoreApiKeyCredentialProvider(this, "Resource", {
      name,
      apiKeyWo: props.apiKey,
      apiKeyWoVersion: props.apiKeyVersion ?? 1,
    });
    tagFields(props.tags).forEach((field) => setNewerField(resource, field));
    this.apiKeyCredentialProviderName = name;
    this.credentialProviderArn = resource.credentialProviderArn;
    this.apiKeySecretArn = resource.apiKeySecretArn.get(0).secretArn;
  }
}
