import type { Cognito } from "../../cloud/cognito/cognito";
import { POOL_ID } from "../../cloud/cognito/constraints";
import type { IdentityProvider } from "../../cloud/cognito/identity-providers";
import { listOf, mapOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { readShape, shapeOf } from "../protocols/member-names";
import { signed, type Operations } from "./operation";
import { datesOf, listOfPool, pageOf } from "./shapes";

const PROVIDER_NAME = text(32, "[^_\\p{Z}][\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}][^_\\p{Z}]+", 1);
const TYPES = ["SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"] as const;
const IDENTIFIER = text(40, "[\\w\\s+=.@-]+", 1);
const DETAILS = mapOf(text(131_072), text(131_072), UNBOUNDED);
const BY_NAME = structure({ UserPoolId: POOL_ID, ProviderName: PROVIDER_NAME });
const CONFIGURATION = BY_NAME.extend({
  AttributeMapping: mapOf(text(32, undefined, 1), text(131_072), UNBOUNDED).optional(),
  IdpIdentifiers: listOf(IDENTIFIER, 50).optional(),
});
const NEW_PROVIDER = CONFIGURATION.extend({ ProviderType: oneOf(TYPES), ProviderDetails: DETAILS });
const CHANGED_PROVIDER = CONFIGURATION.extend({ ProviderDetails: DETAILS.optional() });

/** The operations of a pool's identity providers, by which nobody signs in here. */
export function identityProviderOperations(cognito: Cognito): Operations {
  const providersOf = (userPoolId: string) => cognito.userPool(userPoolId).identityProviders;
  return {
    CreateIdentityProvider: signed(NEW_PROVIDER, ({ UserPoolId, ...settings }) => ({
      IdentityProvider: providerShape(UserPoolId, providersOf(UserPoolId).create(readShape(settings))),
    })),
    DescribeIdentityProvider: signed(BY_NAME, ({ UserPoolId, ProviderName }) => ({
      IdentityProvider: providerShape(UserPoolId, providersOf(UserPoolId).get(ProviderName)),
    })),
    UpdateIdentityProvider: signed(CHANGED_PROVIDER, ({ UserPoolId, ...settings }) => ({
      IdentityProvider: providerShape(UserPoolId, providersOf(UserPoolId).update(readShape(settings))),
    })),
    DeleteIdentityProvider: signed(BY_NAME, ({ UserPoolId, ProviderName }) =>
      providersOf(UserPoolId).delete(ProviderName),
    ),
    GetIdentityProviderByIdentifier: signed(
      structure({ UserPoolId: POOL_ID, IdpIdentifier: IDENTIFIER }),
      ({ UserPoolId, IdpIdentifier }) => ({
        IdentityProvider: providerShape(UserPoolId, providersOf(UserPoolId).withIdentifier(IdpIdentifier)),
      }),
    ),
    ListIdentityProviders: signed(listOfPool(60, 0), (request) =>
      pageOf("Providers", providersOf(request.UserPoolId).all(), request, summary),
    ),
  };
}

function providerShape(UserPoolId: string, provider: IdentityProvider): object {
  const { providerDetails, attributeMapping, idpIdentifiers } = provider;
  return { UserPoolId, ...summary(provider), ...shapeOf({ providerDetails, attributeMapping, idpIdentifiers }) };
}

function summary(provider: IdentityProvider): object {
  return { ProviderName: provider.providerName, ProviderType: provider.providerType, ...datesOf(provider) };
}
