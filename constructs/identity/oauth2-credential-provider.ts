import { BedrockagentcoreOauth2CredentialProvider } from "@cdktf/provider-aws/lib/bedrockagentcore-oauth2-credential-provider";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { invalidDiscoveryUrl, throwOnProblems } from "../private/errors";
import { CREDENTIAL_PROVIDER_NAME, derivedName, lengthProblems, nameProblems } from "../private/names";
import type { OutboundUserPool } from "./outbound-user-pool";

/** What every credential provider can be given. */
export interface OAuth2CredentialProviderProps {
  /**
   * 1 to 128 letters, digits, hyphens and underscores, unique in the account's token vault.
   * @default - derived from the construct's path
   */
  readonly oAuth2CredentialProviderName?: string;
}

export interface CustomOAuth2CredentialProviderProps extends OAuth2CredentialProviderProps {
  /** 1 to 256 characters. */
  readonly clientId: string;

  /** 1 to 2048 characters. It ends in Terraform's state: pass a sensitive variable or attribute, never a literal. */
  readonly clientSecret: string;

  /**
   * URL of the authorization server's discovery document; ends in `/.well-known/openid-configuration` or
   * `/.well-known/oauth-authorization-server`.
   */
  readonly discoveryUrl: string;
}

export interface CognitoOAuth2CredentialProviderProps extends OAuth2CredentialProviderProps {
  /** The pool whose client the gateway is. */
  readonly userPool: OutboundUserPool;
}

/**
 * An OAuth 2.0 client that AgentCore Identity keeps in its token vault, to fetch tokens from an authorization server
 * in the name of a gateway.
 */
export class OAuth2CredentialProvider extends Construct {
  /** Any authorization server that publishes a discovery document. */
  public static usingCustom(
    scope: Construct,
    id: string,
    props: CustomOAuth2CredentialProviderProps,
  ): OAuth2CredentialProvider {
    return new OAuth2CredentialProvider(scope, id, props);
  }

  /** The client of an {@link OutboundUserPool}. */
  public static usingCognito(
    scope: Construct,
    id: string,
    props: CognitoOAuth2CredentialProviderProps,
  ): OAuth2CredentialProvider {
    const { clientId, clientSecret, discoveryUrl, domain } = props.userPool;
    const { oAuth2CredentialProviderName } = props;
    const custom = { oAuth2CredentialProviderName, clientId, clientSecret, discoveryUrl };
    // Without its domain the pool issues no tokens: "Error parsing ClientCredentials response" at target creation.
    return new OAuth2CredentialProvider(scope, id, custom, [domain]);
  }

  public readonly oAuth2CredentialProviderName: string;
  public readonly credentialProviderArn: string;
  /** ARN of the Secrets Manager secret in which AgentCore Identity keeps the client secret. */
  public readonly clientSecretArn: string;

  private constructor(
    scope: Construct,
    id: string,
    props: CustomOAuth2CredentialProviderProps,
    dependsOn?: ITerraformDependable[],
  ) {
    super(scope, id);
    const name = props.oAuth2CredentialProviderName ?? derivedName(this, { separator: "-", maxLength: 100 });
    const { clientId, clientSecret, discoveryUrl } = props;
    throwOnProblems(this, [
      ...nameProblems(CREDENTIAL_PROVIDER_NAME, name),
      ...lengthProblems("client id", clientId, 1, 256),
      ...lengthProblems("client secret", clientSecret, 1, 2048),
      ...(isDiscoveryUrl(discoveryUrl) ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
    ]);

    const resource = withChosenAddress(
      new BedrockagentcoreOauth2CredentialProvider(this, "Resource", {
        name,
        credentialProviderVendor: "CustomOauth2",
        oauth2ProviderConfig: [
          { customOauth2ProviderConfig: [{ clientId, clientSecret, oauthDiscovery: [{ discoveryUrl }] }] },
        ],
        dependsOn,
      }),
    );
    this.oAuth2CredentialProviderName = name;
    this.credentialProviderArn = resource.credentialProviderArn;
    this.clientSecretArn = resource.clientSecretArn.get(0).secretArn;
  }
}

function isDiscoveryUrl(url: string): boolean {
  const documents = /^https:\/\/.+\/\.well-known\/(openid-configuration|oauth-authorization-server)$/;
  return Token.isUnresolved(url) || documents.test(url);
}
