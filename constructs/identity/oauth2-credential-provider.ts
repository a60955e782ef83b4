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
import { cognitoPoolIsNoMachine, discoveryOrMetadata, invalidDiscoveryUrl } from "../private/problems/authorization";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import {
  overrideBlock,
  type PrivateEndpoint,
  type PrivateEndpointOverride,
  privateEndpointProblems,
} from "../network/private-endpoint";
import { type NewerField, requireTerraform, setNewerField } from "../private/provider-version";
import { secretProblems } from "../private/secrets";
import { tagFields, tagProblems } from "../private/tags";
import type { OnBehalfOfTokenExchange } from "./token-exchange";
import type { IUserPool } from "./user-pool";

/** What every credential provider can be given. */
export interface OAuth2CredentialProviderProps {
  /**
   * 1 to 128 letters, digits, hyphens and underscores, unique in the account's token vault.
   * @default - derived from the construct's path
   */
  readonly oAuth2CredentialProviderName?: string;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters. Needs AWS provider 6.40.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
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

/** What a credential provider for an app of Microsoft Entra is made with. */
export interface MicrosoftOAuth2CredentialProviderProps extends VendorOAuth2CredentialProviderProps {
  /**
   * The tenant whose users and apps get tokens. Needs AWS provider 6.66.
   * @default - any tenant
   */
  readonly tenantId?: string;
}

/** What a credential provider for another vendor that AgentCore Identity knows is made with. */
export interface IncludedOAuth2CredentialProviderProps extends VendorOAuth2CredentialProviderProps {
  /** The service's name of the vendor, such as `Auth0Oauth2`, `OktaOauth2` or `ZoomOauth2`. */
  readonly vendor: string;
  /**
   * The issuer of a tenant of its own.
   * @default - the vendor's
   */
  readonly issuer?: string;
  /**
   * Where users of such a tenant sign in.
   * @default - the vendor's
   */
  readonly authorizationEndpoint?: string;
  /**
   * Where such a tenant gives tokens.
   * @default - the vendor's
   */
  readonly tokenEndpoint?: string;
}

/** How a client proves to the token endpoint who it is. */
export class ClientAuthenticationMethod {
  /** Id and secret in the header `Authorization`. */
  public static readonly CLIENT_SECRET_BASIC = new ClientAuthenticationMethod("CLIENT_SECRET_BASIC");
  /** Id and secret in the form. */
  public static readonly CLIENT_SECRET_POST = new ClientAuthenticationMethod("CLIENT_SECRET_POST");

  /** A method that this library does not know yet. */
  public static of(value: string): ClientAuthenticationMethod {
    return new ClientAuthenticationMethod(value);
  }

  private constructor(
    /** The service's name of the method. */
    public readonly value: string,
  ) {}
}

/** An authorization server, where it publishes no discovery document. */
export interface AuthorizationServerMetadata {
  /** As its tokens name it. */
  readonly issuer: string;
  /** Where users sign in. */
  readonly authorizationEndpoint: string;
  /** Where clients get tokens. */
  readonly tokenEndpoint: string;
  /**
   * OAuth response types.
   * @default - the service's
   */
  readonly responseTypes?: readonly string[];
}

/** What a credential provider for any authorization server is made with: its discovery document, or its metadata. */
export interface CustomOAuth2CredentialProviderProps extends VendorOAuth2CredentialProviderProps {
  /**
   * URL of the authorization server's discovery document; ends in `/.well-known/openid-configuration` or
   * `/.well-known/oauth-authorization-server`.
   * @default - authorizationServerMetadata
   */
  readonly discoveryUrl?: string;

  /**
   * The server itself, where it has no such document.
   * @default - discoveryUrl
   */
  readonly authorizationServerMetadata?: AuthorizationServerMetadata;

  /**
   * How the client proves who it is. Needs AWS provider 6.66.
   * @default - the service's: the header
   */
  readonly clientAuthenticationMethod?: ClientAuthenticationMethod;

  /**
   * How a caller's token becomes one of this client's, for GatewayCredentialProvider.fromOauthTokenExchange. Needs AWS provider 6.66.
   * @default - not at all
   */
  readonly onBehalfOfTokenExchange?: OnBehalfOfTokenExchange;

  /**
   * How AgentCore reaches a server that only a VPC knows. Needs AWS provider 6.66.
   * @default - over the internet
   */
  readonly privateEndpoint?: PrivateEndpoint;

  /**
   * Other ways for single domains of the server. Needs AWS provider 6.66.
   * @default - the server's way
   */
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[];
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
  readonly newerFields?: readonly NewerField[];
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
    const { clientId, discoveryUrl, authorizationServerMetadata: metadata } = props;
    const authorizationServerMetadata = metadata && [{ ...metadata, responseTypes: copyOf(metadata.responseTypes) }];
    const oauthDiscovery = [{ discoveryUrl, authorizationServerMetadata }];
    const provider = new OAuth2CredentialProvider(scope, id, props, {
      name: "CustomOauth2",
      config: { customOauth2ProviderConfig: [{ ...writeOnlyClient(props), oauthDiscovery }] },
      newerFields: customFields(props),
      client: { clientId, discoveryUrl },
      problems: [
        ...clientProblems(props),
        ...(discoveryUrl === undefined || mayBeDiscoveryUrl(discoveryUrl) ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
        ...((discoveryUrl === undefined) === (metadata === undefined) ? [discoveryOrMetadata()] : []),
        ...privateEndpointProblems(props),
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

  /** An app registration of Microsoft Entra, of any tenant or of one. */
  public static usingMicrosoft(scope: Construct, id: string, props: MicrosoftOAuth2CredentialProviderProps) {
    const config = { microsoftOauth2ProviderConfig: [writeOnlyClient(props)] };
    const path = `${CONFIG}.microsoft_oauth2_provider_config.0.tenant_id`;
    const fields = newest("The tenantId of a credential provider", { [path]: props.tenantId });
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "MicrosoftOauth2", config, fields);
  }

  /** An OAuth app of Atlassian. Needs AWS provider 6.66. */
  public static usingAtlassian(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    const fields = newerVendor("atlassian", props);
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "AtlassianOauth2", {}, fields);
  }

  /** An app of LinkedIn. Needs AWS provider 6.66. */
  public static usingLinkedin(scope: Construct, id: string, props: VendorOAuth2CredentialProviderProps) {
    return OAuth2CredentialProvider.usingVendor(scope, id, props, "LinkedinOauth2", {}, newerVendor("linkedin", props));
  }

  /** A client of any other vendor that AgentCore Identity knows. Needs AWS provider 6.66. */
  public static usingIncluded(scope: Construct, id: string, props: IncludedOAuth2CredentialProviderProps) {
    const { issuer, authorizationEndpoint: authorization_endpoint, tokenEndpoint: token_endpoint } = props;
    const fields = newerVendor("included", props, { issuer, authorization_endpoint, token_endpoint });
    return OAuth2CredentialProvider.usingVendor(scope, id, props, props.vendor, {}, fields);
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
    newerFields: readonly NewerField[] = [],
  ): OAuth2CredentialProvider {
    const client = { clientId: props.clientId };
    const provider = new OAuth2CredentialProvider(scope, id, props, {
      name,
      config,
      newerFields,
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
    reportProblems(this, [
      ...nameProblems(CREDENTIAL_PROVIDER_NAME, name),
      ...vendor.problems,
      ...tagProblems(props.tags),
    ]);

    const resource = withChosenAddress(
      new BedrockagentcoreOauth2CredentialProvider(this, "Resource", {
        name,
        credentialProviderVendor: vendor.name,
        oauth2ProviderConfig: [vendor.config],
        dependsOn: dependenciesIn(this, vendor.dependencies ?? []),
      }),
    );
    const fields = [...(vendor.newerFields ?? []), ...tagFields(props.tags)];
    fields.forEach((field) => setNewerField(resource, field));
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

const CONFIG = "oauth2_provider_config.0";

/** Fields of the newest providers, by their paths; those without a value are left out. */
function newest(feature: string, values: Readonly<Record<string, unknown>>): NewerField[] {
  const { newest: since } = PROVIDER_RELEASES;
  return Object.entries(values).flatMap(([path, value]) =>
    value === undefined ? [] : [{ feature, path, value, since }],
  );
}

/** The block of a vendor that the oldest bindings do not have. */
function newerVendor(name: string, props: VendorOAuth2CredentialProviderProps, others: object = {}): NewerField[] {
  const { clientId, clientSecret, clientSecretVersion = 1 } = props;
  const client = {
    client_id_wo: clientId,
    client_secret_wo: clientSecret,
    client_credentials_wo_version: clientSecretVersion,
  };
  const feature = `A credential provider of this vendor (${name})`;
  return newest(feature, { [`${CONFIG}.${name}_oauth2_provider_config`]: [{ ...client, ...others }] });
}

/** What the oldest bindings do not have of a custom provider. */
function customFields(props: CustomOAuth2CredentialProviderProps): NewerField[] {
  const { privateEndpoint: endpoint, privateEndpointOverrides: overrides = [] } = props;
  const block = `${CONFIG}.custom_oauth2_provider_config.0`;
  const { onBehalfOfTokenExchange: exchange, clientAuthenticationMethod: method } = props;
  return [
    ...newest("The clientAuthenticationMethod of a credential provider", {
      [`${block}.client_authentication_method`]: method?.value,
    }),
    ...newest("The onBehalfOfTokenExchange of a credential provider", {
      [`${block}.on_behalf_of_token_exchange_config`]: exchange && [exchange.block],
    }),
    ...newest("The privateEndpoint of a credential provider", {
      [`${block}.private_endpoint`]: endpoint && [endpoint.block],
      [`${block}.private_endpoint_override`]: overrides.length > 0 ? overrides.map(overrideBlock) : undefined,
    }),
  ];
}

const copyOf = (values: readonly string[] | undefined): string[] | undefined => values && [...values];

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
