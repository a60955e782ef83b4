import { z } from "zod";

import { discoveryUrlPattern, OPENID_DISCOVERY_PATH, DISCOVERY_DOCUMENTS } from "../../../aws/agentcore/discovery";
import { CLIENT_CREDENTIALS } from "../../../aws/agentcore/limits";
import { ACTOR_TOKENS, CREDENTIAL_PROVIDER_VENDORS, EXCHANGE_GRANT_TYPES } from "../../../aws/agentcore/values";
import type { OAuth2CredentialProviderDeclaration, TokenExchangeConfiguration } from "../../../topology";
import { PROVIDER_NAME, TAGS } from "../../cloud/agentcore-constraints";
import { listOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { discoveryMissing, vendorMemberAlone } from "../../cloud/identity/errors";
import type {
  OAuth2CredentialProvider,
  OAuth2CredentialProviders,
} from "../../cloud/identity/oauth2-credential-providers";
import { configurationMember } from "../../cloud/identity/vendors";
import type { RestJsonOperation } from "../protocols/aws-rest-json";
import { identityTimes } from "../protocols/times";
import { deleteOperation, identityOperation, listOperation } from "./identity-operation";

const URL_TEXT = text(UNBOUNDED);
const AUTHORIZATION_SERVER_METADATA = structure({
  issuer: URL_TEXT,
  authorizationEndpoint: URL_TEXT,
  tokenEndpoint: URL_TEXT,
  responseTypes: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  tokenEndpointAuthMethods: NOT_EMULATED,
});
const TOKEN_EXCHANGE = structure({
  grantType: oneOf(EXCHANGE_GRANT_TYPES),
  tokenExchangeGrantTypeConfig: structure({
    actorTokenContent: oneOf(ACTOR_TOKENS),
    actorTokenScopes: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  }).optional(),
});
/** The members that the vendors' configurations have between them. */
const PROVIDER_CONFIG = structure({
  clientId: text(CLIENT_CREDENTIALS.idLength, undefined, 1),
  clientSecret: text(CLIENT_CREDENTIALS.secretLength, undefined, 1),
  oauthDiscovery: structure({
    discoveryUrl: text(UNBOUNDED, discoveryUrlPattern(DISCOVERY_DOCUMENTS)).optional(),
    authorizationServerMetadata: AUTHORIZATION_SERVER_METADATA.optional(),
  }).optional(),
  issuer: URL_TEXT.optional(),
  authorizationEndpoint: URL_TEXT.optional(),
  tokenEndpoint: URL_TEXT.optional(),
  tenantId: NOT_EMULATED,
  clientSecretSource: oneOf(["MANAGED"]).optional(),
  clientAuthenticationMethod: oneOf(["CLIENT_SECRET_BASIC"]).optional(),
  onBehalfOfTokenExchangeConfig: TOKEN_EXCHANGE.optional(),
  privateKeyJwtConfig: NOT_EMULATED,
  privateEndpoint: NOT_EMULATED,
  privateEndpointOverrides: NOT_EMULATED,
});
const CONFIGURATION = structure({
  name: PROVIDER_NAME,
  credentialProviderVendor: oneOf(CREDENTIAL_PROVIDER_VENDORS),
  oauth2ProviderConfigInput: z.record(z.string(), PROVIDER_CONFIG),
});
const BY_NAME = structure({ name: PROVIDER_NAME });

/** The operations of OAuth2 credential providers. The client secret goes in and never comes out. */
export function oauth2CredentialProviderOperations(providers: OAuth2CredentialProviders): RestJsonOperation[] {
  const creation = CONFIGURATION.extend({ tags: TAGS.optional() });
  return [
    identityOperation("CreateOauth2CredentialProvider", 201, creation, (request) => {
      const provider = providers.create(readDeclaration(request), request.tags);
      const { name, credentialProviderArn } = provider;
      return { name, credentialProviderArn, ...secretShape(provider) };
    }),
    identityOperation("GetOauth2CredentialProvider", 200, BY_NAME, ({ name }) => providerShape(providers.get(name))),
    identityOperation("UpdateOauth2CredentialProvider", 200, CONFIGURATION, (request) =>
      providerShape(providers.update(readDeclaration(request))),
    ),
    deleteOperation("DeleteOauth2CredentialProvider", BY_NAME, (name) => providers.delete(name)),
    listOperation("ListOauth2CredentialProviders", 20, "credentialProviders", () => providers.all().map(summary)),
  ];
}

/** @throws AwsError ValidationException where the configuration is not that of the vendor */
function readDeclaration(request: z.output<typeof CONFIGURATION>): OAuth2CredentialProviderDeclaration {
  const { name, credentialProviderVendor: vendor, oauth2ProviderConfigInput } = request;
  const member = configurationMember(vendor);
  const config = oauth2ProviderConfigInput[member];
  if (!config || Object.keys(oauth2ProviderConfigInput).length > 1) throw vendorMemberAlone(vendor, member);
  const { clientId, clientSecret, clientAuthenticationMethod, oauthDiscovery, issuer, tokenEndpoint } = config;
  const { authorizationEndpoint = "" } = config;
  if (
    vendor === "CustomOauth2" &&
    (oauthDiscovery?.discoveryUrl ?? oauthDiscovery?.authorizationServerMetadata) === undefined
  ) {
    throw discoveryMissing();
  }
  const included =
    tokenEndpoint === undefined ? undefined : { issuer: issuer ?? "", authorizationEndpoint, tokenEndpoint };
  const discoveryUrl = oauthDiscovery?.discoveryUrl ?? (included ? undefined : wellKnownUrl(issuer));
  const authorizationServerMetadata = oauthDiscovery?.authorizationServerMetadata ?? included;
  const tokenExchange = readExchange(config.onBehalfOfTokenExchangeConfig);
  const client = { clientId, clientSecret, clientAuthenticationMethod };
  return { name, vendor, ...client, discoveryUrl, authorizationServerMetadata, tokenExchange };
}

function readExchange(exchange?: z.output<typeof TOKEN_EXCHANGE>): TokenExchangeConfiguration | undefined {
  return exchange && { grantType: exchange.grantType, ...exchange.tokenExchangeGrantTypeConfig };
}

function exchangeShape({ grantType, ...actor }: TokenExchangeConfiguration): object {
  const isTold = actor.actorTokenContent !== undefined;
  return { grantType, ...(isTold && { tokenExchangeGrantTypeConfig: actor }) };
}

function wellKnownUrl(issuer: string | undefined): string | undefined {
  return issuer === undefined ? undefined : `${issuer.replace(/\/$/, "")}${OPENID_DISCOVERY_PATH}`;
}

function configShape({
  vendor,
  clientId,
  clientAuthenticationMethod,
  discoveryUrl,
  authorizationServerMetadata,
  tokenExchange,
}: OAuth2CredentialProvider): object {
  // SDKs do not read a union without a member; of the vendors that AWS knows by name no endpoints are known here.
  const oauthDiscovery = authorizationServerMetadata
    ? { authorizationServerMetadata }
    : discoveryUrl && { discoveryUrl };
  const onBehalfOfTokenExchangeConfig = tokenExchange && exchangeShape(tokenExchange);
  return {
    [configurationMember(vendor)]: {
      ...(oauthDiscovery && { oauthDiscovery }),
      clientId,
      clientAuthenticationMethod,
      onBehalfOfTokenExchangeConfig,
    },
  };
}

function providerShape(provider: OAuth2CredentialProvider): object {
  return { ...summary(provider), ...secretShape(provider) };
}

function secretShape(provider: OAuth2CredentialProvider): object {
  const { clientSecretArn: secretArn, callbackUrl } = provider;
  return { clientSecretArn: { secretArn }, callbackUrl, oauth2ProviderConfigOutput: configShape(provider) };
}

function summary(provider: OAuth2CredentialProvider): object {
  const { name, vendor: credentialProviderVendor, credentialProviderArn } = provider;
  return { name, credentialProviderVendor, credentialProviderArn, ...identityTimes(provider) };
}
