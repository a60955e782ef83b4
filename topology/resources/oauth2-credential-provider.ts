import type { Known, Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

const VENDOR_BLOCK = /_oauth2_provider_config$/;

/** The block of the vendor, such as `custom_oauth2_provider_config`; the provider takes exactly one. */
function vendorBlock<V extends ValueTypes>(config: Readable<V>): Readable<V> {
  const names = config.names().filter((name) => VENDOR_BLOCK.test(name));
  const found = names.map((name) => config.optionalBlock(name)).find((block) => block !== undefined);
  return found ?? config.block("custom_oauth2_provider_config");
}

/** How tokens are exchanged, as far as it is shown. */
function readExchange<V extends ValueTypes>(exchange: Readable<V>): TokenExchangeConfiguration<V> {
  const actor = exchange.optionalBlock("token_exchange_grant_type_config");
  return {
    grantType: exchange.text("grant_type"),
    actorTokenContent: actor?.text("actor_token_content"),
    actorTokenScopes: actor?.optionalTexts("actor_token_scopes"),
  };
}

export function readOAuth2Provider<V extends ValueTypes>(args: Readable<V>) {
  const vendor = vendorBlock(args.block("oauth2_provider_config"));
  const exchange = vendor.optionalBlock("on_behalf_of_token_exchange_config");
  const discovery = vendor.optionalBlock("oauth_discovery");
  const metadata = discovery?.optionalBlock("authorization_server_metadata");
  return {
    name: args.text("name"),
    vendor: args.text("credential_provider_vendor"),
    clientId: vendor.optionalText("client_id_wo") ?? vendor.text("client_id"),
    clientSecret: vendor.optionalText("client_secret_wo") ?? vendor.text("client_secret"),
    discoveryUrl: metadata === undefined ? discovery?.text("discovery_url") : undefined,
    ...(metadata && {
      authorizationServerMetadata: {
        issuer: metadata.text("issuer"),
        authorizationEndpoint: metadata.text("authorization_endpoint"),
        tokenEndpoint: metadata.text("token_endpoint"),
      },
    }),
    ...(exchange && { tokenExchange: readExchange(exchange) }),
  };
}

/** How a provider's client changes its caller's token for one of its own: `onBehalfOfTokenExchangeConfig`. */
export interface TokenExchangeConfiguration<V extends ValueTypes = Known> {
  /** `TOKEN_EXCHANGE` (RFC 8693) or `JWT_AUTHORIZATION_GRANT` (RFC 7523). */
  readonly grantType: V["text"];
  /** Whose token proves who acts, in a `TOKEN_EXCHANGE`. */
  readonly actorTokenContent?: V["text"];
  /** Those of the token of the client itself, where it proves who acts. */
  readonly actorTokenScopes?: V["texts"];
}

export interface OAuth2CredentialProviderDeclaration {
  readonly name: string;
  /** For example `CustomOauth2`. */
  readonly vendor: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the vendor block is a custom one; its alternative is `authorizationServerMetadata`. */
  readonly discoveryUrl?: string;
  readonly authorizationServerMetadata?: {
    readonly issuer: string;
    readonly authorizationEndpoint: string;
    readonly tokenEndpoint: string;
  };
  /** How its client shows its secret, where the API was told. */
  readonly clientAuthenticationMethod?: string;
  /** Left out where callers' tokens are not exchanged. */
  readonly tokenExchange?: TokenExchangeConfiguration;
}

export interface OAuth2CredentialProviderAttributes {
  readonly credentialProviderArn: string;
  readonly clientSecretArn: string;
}

export const oauth2CredentialProvider = resourceReader({
  type: "aws_bedrockagentcore_oauth2_credential_provider",
  kind: "oauth2CredentialProvider",
  read: (args): OAuth2CredentialProviderDeclaration => readOAuth2Provider(args),
  assigned: ["credential_provider_arn", "client_secret_arn"],
  attributes: (_, { credentialProviderArn, clientSecretArn }: OAuth2CredentialProviderAttributes) => ({
    credential_provider_arn: credentialProviderArn,
    client_secret_arn: [{ secret_arn: clientSecretArn }],
  }),
});
