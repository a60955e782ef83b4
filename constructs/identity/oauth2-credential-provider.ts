import {
  BedrockagentcoreOauth2CredentialProvider,
  type BedrockagentcoreOauth2CredentialProviderOauth2ProviderConfig,
} from "@cdktf/provider-aws/lib/bedrockagentcore-oauth2-credential-provider";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { isDiscoveryUrl, DISCOVERY_DOCUMENTS } from "../../aws/agentcore/discovery";
import { CLIENT_CREDENTIALS } from "../../aws/agentcore/limits";
import { withChosenAddress } from "../private/addresses";
import { arnProblems } from "../private/arns";
import { reportProblems } from "../private/checks";
import { dependenciesIn } from "../private/dependencies";
import { type Problem, throwProblems } from "../private/errors";
import { CREDENTIAL_PROVIDER_NAME, derivedName, lengthProblems, nameProblems } from "../private/names";
import { cognitoPoolIsNoMachine, invalidDiscoveryUrl } from "../private/problems/authorization";
import { requireTerraform } from "../private/provider-version";
import { secretProblems } from "../private/secrets";
import type { IUserPool } from "./user-pool";

/** What every credential provider can be given. */
export interface OAuth2CredentialProviderProps {
  /**
   * 1 to 128 letters, digits, hyphens and underscores, unique in the account's token vault.
   * @default - derived from the construct's path
   */
  readonly oAuth2CredentialProviderName?: string;
}

/** What a credential provider for a known vendor is made with. */
export interface VendorOAuth2CredentialProviderProps extends OAuth2CredentialProviderProps {
  /** 1 to 256 characters. */
  readonly clientId: string;

  /**
   * 1 to 2048 characters: the value of a sensitive variable or attribute, never a literal. It is passed as a write-only
   * argument, so Terraform's state does not hold it; that needs Terraform 1.11.
   */
  readonly clientSecret: string;

  /**
   * Raise it when the client's id or secret changes: Terraform cannot see that a write-only argument did.
   * @default 1
   */
  readonly clientSecretVersion?: number;
}

/** What a credential provider for any authorization server is made with. */
export interface CustomOAuth2CredentialProviderProps extends VendorOAuth2CredentialProviderProps {
  /**
   * URL of the authorization server's discovery document; ends in `/.well-known/openid-configuration` or
   * `/.well-known/oauth-authorization-server`.
   */
  readonly discoveryUrl: string;
}

/** What a credential provider for a Cognito user pool is made with. */
export interface CognitoOAuth2CredentialProviderProps extends OAuth2CredentialProviderProps {
  /** The pool whose client the gateway is: an OutboundUserPool, or an imported one with its secret. */
  readonly userPool: IUserPool;
}

/** What must be known of a provider that something else made. */
export interface OAuth2CredentialProviderAttributes {
  /** `arn:…:token-vault/default/oauth2credentialprovider/<name>`. */
  readonly credentialProviderArn: string;
  /** ARN of the Secrets Manager secret in which AgentCore Identity keeps the client secret. */
  readonly clientSecretArn: string;
}

/** The client that a credential provider is. */
export interface OAuth2Client {
  /** As the authorization server knows the client. */
  readonly clientId: string;
  /** Left out for vendors, whose servers AgentCore Identity knows. */
  readonly discoveryUrl?: string;
  /** The scopes that the client may ask for, when this program defines them. */
  readonly scopes?: readonly string[];
}

/** An OAuth 2.0 client in AgentCore Identity's token vault. */
export interface IOAuth2CredentialProvider {
  /** `arn:…:token-vault/default/oauth2credentialprovider/<name>`. */
  readonly credentialProviderArn: string;
  /** ARN of the Secrets Manager secret in which AgentCore Identity keeps the client secret. */
  readonly clientSecretArn: string;
  /** Left out for an imported provider. */
  readonly client?: OAuth2Client;
}

type ProviderConfig = BedrockagentcoreOauth2CredentialProviderOauth2ProviderConfig;

interface Vendor {
  readonly name: string;
  readonly config: ProviderConfig;
  readonly client: OAuth2Client;
  readonly problems: readonly Problem[];
  readonly dependencies?: readonly ITerraformDependable[];
}

const providersByUserPool = new WeakMap<IUserPool, OAuth2CredentialProvider>();

/**
 * An OAuth 2.0 client that AgentCore Identity keeps in its token vault, to fetch tokens from an authorization server
 * in the name of a gateway. An account has room for 50 in a region.
 */
export class OAuth2CredentialProvider extends Construct implements IOAuth2CredentialProvider {
  /** Any authorization server that publishes a discovery document: Auth0, Entra, Okta. */
  public static usingCustom(
    scope: Construct,
    id: string,
    props: CustomOAuth2CredentialProviderProps,
  ): OAuth2CredentialProvider {
    const { clientId, discoveryUrl } = props;
    const provider = new OAuth2CredentialProvider(scope, id, props, {
      name: "CustomOauth2",
      config: { customOauth2ProviderConfig: [{ ...writeOnlyClient(props), oauthDiscovery: [{ discoveryUrl }] }] },
      client: { clientId, discoveryUrl },
      problems: [
        ...clientProblems(props),
        ...(mayBeDiscoveryUrl(discoveryUrl) ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
      ],
    });
    requireWriteOnly(provider);
    return provider;
  }

  /**
   * The machine client of a Cognito user pool. A client that is made here has its secret in the state, through its own
   * resource; that of an imported one goes through a write-only argument, which needs Terraform 1.11.
   */
  public static usingCognito(
    scope: Construct,
    id: string,
    props: CognitoOAuth2CredentialProviderProps,
  ): OAuth2CredentialProvider {
    const { clientId, discoveryUrl, machineClient } = props.userPool;
    const { clientSecret = "", domain, scopes = [] } = machineClient ?? {};
    const isImported = machineClient !== undefined && domain === undefined;
    const client = isImported ? writeOnlyClient({ clientId, clientSecret }) : { clientId, clientSecret };
    const provider = new OAuth2CredentialProvider(scope, id, props, {
      name: "CustomOauth2",
      config: { customOauth2ProviderConfig: [{ ...client, oauthDiscovery: [{ discoveryUrl }] }] },
      client: { clientId, discoveryUrl, scopes },
      problems: machineClient ? [] : [cognitoPoolIsNoMachine()],
      // Without its domain the pool issues no tokens: "Error parsing ClientCredentials response" at target creation.
      dependencies: domain && [domain],
    });
    if (isImported) requireWriteOnly(provider);
    providersByUserPool.set(props.userPool, provider);
    return provider;
  }

  /** The provider that `usingCognito` made for a pool; when there is none, one below `scope`. */
  public static ofUserPool(scope: Construct, userPool: IUserPool): OAuth2CredentialProvider {
    return (
      providersByUserPool.get(userPool) ??
      OAuth2CredentialProvider.usingCognito(scope, "CredentialProvider", { userPool })
    );
  }

  /** An OAuth app of GitHub. */
  public static usingGithub(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const config = { githubOauth2ProviderConfig: [writeOnlyClient(props)] };
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "GithubOauth2", config);
  }

  /** An OAuth client of Google. */
  public static usingGoogle(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const config = { googleOauth2ProviderConfig: [writeOnlyClient(props)] };
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "GoogleOauth2", config);
  }

  /** An app registration of Microsoft Entra, of any tenant. For one tenant, use usingCustom. */
  public static usingMicrosoft(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const config = { microsoftOauth2ProviderConfig: [writeOnlyClient(props)] };
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "MicrosoftOauth2", config);
  }

  /** A connected app of Salesforce. */
  public static usingSalesforce(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const config = { salesforceOauth2ProviderConfig: [writeOnlyClient(props)] };
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "SalesforceOauth2", config);
  }

  /** An app of Slack. */
  public static usingSlack(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const config = { slackOauth2ProviderConfig: [writeOnlyClient(props)] };
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "SlackOauth2", config);
  }

  /**
   * A provider that something else made.
   * @throws ValidationError for an ARN of another kind
   */
  public static fromOAuth2CredentialProviderAttributes(
    attributes: OAuth2CredentialProviderAttributes,
  ): IOAuth2CredentialProvider {
    const { credentialProviderArn, clientSecretArn } = attributes;
    throwProblems([
      ...arnProblems("OAuth2 credential provider", credentialProviderArn),
      ...arnProblems("secret", clientSecretArn),
    ]);
    return { credentialProviderArn, clientSecretArn };
  }

  private static usingVendor(
    scope: Construct,
    id: string,
    props: VendorOAuth2CredentialProviderProps,
    name: string,
    config: ProviderConfig,
  ): OAuth2CredentialProvider {
    const client = { clientId: props.clientId };
    const provider = new OAuth2CredentialProvider(scope, id, props, {
      name,
      config,
      client,
      problems: clientProblems(props),
    });
    requireWriteOnly(provider);
    return provider;
  }

  /** As given, or as derived from the path. */
  public readonly oAuth2CredentialProviderName: string;
  public readonly credentialProviderArn: string;
  public readonly clientSecretArn: string;
  public readonly client: OAuth2Client;

  private constructor(scope: Construct, id: string, props: OAuth2CredentialProviderProps, vendor: Vendor) {
    super(scope, id);
    const name = props.oAuth2CredentialProviderName ?? derivedName(this, { separator: "-", maxLength: 100 });
    reportProblems(this, [...nameProblems(CREDENTIAL_PROVIDER_NAME, name), ...vendor.problems]);

    const resource = withChosenAddress(
      new BedrockagentcoreOauth2CredentialProvider(this, "Resource", {
        name,
        credentialProviderVendor: vendor.name,
        oauth2ProviderConfig: [vendor.config],
        dependsOn: dependenciesIn(this, vendor.dependencies ?? []),
      }),
    );
    this.oAuth2CredentialProviderName = name;
    this.credentialProviderArn = resource.credentialProviderArn;
    this.clientSecretArn = resource.clientSecretArn.get(0).secretArn;
    this.client = vendor.client;
  }
}

/** The provider takes a write-only secret only together with a write-only id. */
function writeOnlyClient({ clientId, clientSecret, clientSecretVersion = 1 }: VendorOAuth2CredentialProviderProps) {
  return { clientIdWo: clientId, clientSecretWo: clientSecret, clientCredentialsWoVersion: clientSecretVersion };
}

function requireWriteOnly(provider: Construct): void {
  requireTerraform(provider, "1.11", "A client secret that stays out of the state (a write-only argument)");
}

function clientProblems({ clientId, clientSecret }: VendorOAuth2CredentialProviderProps): Problem[] {
  return [
    ...lengthProblems("client id", clientId, 1, CLIENT_CREDENTIALS.idLength),
    ...lengthProblems("client secret", clientSecret, 1, CLIENT_CREDENTIALS.secretLength),
    ...secretProblems("client secret", clientSecret),
  ];
}

function mayBeDiscoveryUrl(url: string): boolean {
  return Token.isUnresolved(url) || isDiscoveryUrl(url, DISCOVERY_DOCUMENTS);
}
