import type { z } from "zod";

import { MAX_API_KEY_TEXT, MAX_CUSTOM_PARAMETERS, MAX_SIGNING_NAME } from "../../../aws/agentcore/limits";
import { GRANT_TYPES } from "../../../aws/agentcore/values";
import type { OutboundCredential } from "../../../topology";
import { listOf, mapOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { AwsError } from "../../cloud/errors";
import { SCOPES } from "../../cloud/gateway/gateway-targets";

const PROVIDER_ARN = text(UNBOUNDED, "arn:([^:]*):([^:]*):([^:]*):([0-9]{12})?:(.+)");

const CREDENTIAL_PROVIDER_CONFIGURATION = structure({
  credentialProviderType: oneOf(["GATEWAY_IAM_ROLE", "OAUTH", "API_KEY", "CALLER_IAM_CREDENTIALS", "JWT_PASSTHROUGH"]),
  credentialProvider: structure({
    oauthCredentialProvider: structure({
      providerArn: PROVIDER_ARN,
      scopes: SCOPES,
      customParameters: mapOf(text(256, undefined, 1), text(2048, undefined, 1), MAX_CUSTOM_PARAMETERS).optional(),
      grantType: oneOf(GRANT_TYPES).optional(),
      defaultReturnUrl: NOT_EMULATED,
    }).optional(),
    apiKeyCredentialProvider: structure({
      providerArn: PROVIDER_ARN,
      credentialParameterName: text(MAX_API_KEY_TEXT, undefined, 1).optional(),
      credentialPrefix: text(MAX_API_KEY_TEXT, undefined, 1).optional(),
      credentialLocation: oneOf(["HEADER", "QUERY_PARAMETER"]).optional(),
    }).optional(),
    iamCredentialProvider: structure({
      service: text(MAX_SIGNING_NAME, "[a-zA-Z0-9._-]+", 1),
      region: text(32, "[a-zA-Z0-9-]+", 1).optional(),
    }).optional(),
  }).optional(),
});

/** `credentialProviderConfigurations` of a target: one, or left out. */
export const CREDENTIAL_PROVIDER_CONFIGURATIONS = listOf(CREDENTIAL_PROVIDER_CONFIGURATION, 1, 1).optional();

/** @throws AwsError ValidationException where the type and its member do not go together */
export function readCredential(
  configurations: z.output<typeof CREDENTIAL_PROVIDER_CONFIGURATIONS>,
): OutboundCredential {
  const [configuration] = configurations ?? [];
  if (!configuration) return { type: "NONE" };
  const { credentialProviderType: type, credentialProvider = {} } = configuration;
  const { oauthCredentialProvider, apiKeyCredentialProvider, iamCredentialProvider } = credentialProvider;
  switch (type) {
    case "OAUTH": {
      if (!oauthCredentialProvider) throw missing("oauthCredentialProvider", type);
      const { providerArn, scopes, grantType, customParameters } = oauthCredentialProvider;
      return { type, providerArn, scopes, grantType, customParameters };
    }
    case "API_KEY": {
      if (!apiKeyCredentialProvider) throw missing("apiKeyCredentialProvider", type);
      const { providerArn, credentialLocation, credentialParameterName, credentialPrefix } = apiKeyCredentialProvider;
      const parameterName = credentialParameterName;
      return { type, providerArn, location: credentialLocation, parameterName, prefix: credentialPrefix };
    }
    case "GATEWAY_IAM_ROLE":
      return { type, ...iamCredentialProvider };
    case "CALLER_IAM_CREDENTIALS":
    case "JWT_PASSTHROUGH":
      throw new AwsError("ValidationException", `The outbound authorization ${type} is not emulated.`);
  }
}

export function credentialShape(credential: OutboundCredential): object[] {
  switch (credential.type) {
    case "NONE":
      return [];
    case "OAUTH": {
      const { type, providerArn, scopes, grantType, customParameters } = credential;
      const oauthCredentialProvider = { providerArn, scopes, grantType, customParameters };
      return [{ credentialProviderType: type, credentialProvider: { oauthCredentialProvider } }];
    }
    case "API_KEY": {
      const { type, providerArn, location, parameterName, prefix } = credential;
      const apiKeyCredentialProvider = {
        providerArn,
        credentialLocation: location,
        credentialParameterName: parameterName,
        credentialPrefix: prefix,
      };
      return [{ credentialProviderType: type, credentialProvider: { apiKeyCredentialProvider } }];
    }
    case "GATEWAY_IAM_ROLE": {
      const { type, ...iamCredentialProvider } = credential;
      const hasProvider = iamCredentialProvider.service !== undefined;
      return [{ credentialProviderType: type, ...(hasProvider && { credentialProvider: { iamCredentialProvider } }) }];
    }
  }
}

function missing(member: string, type: string): AwsError {
  return new AwsError("ValidationException", `${member} is required for the credential provider type ${type}.`);
}
