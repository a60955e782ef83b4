import type { BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { Token } from "cdktf";
import { AUTHORIZER_DOCUMENTS, isDiscoveryUrl } from "../../aws/agentcore/discovery";
import type { CustomJwtOptions } from "./custom-jwt-options";
import type { Problem } from "../private/errors";
import { cognitoHasNoAudience, invalidDiscoveryUrl, missingJwtAllowList } from "../private/problems/authorization";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { NewerField } from "../private/provider-version";

/** The `authorizer_configuration` block, which gateways and runtimes share. */
interface AuthorizerConfigurationBlock {
  readonly customJwtAuthorizer: BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer[];
}

/** An empty list is left out: the service refuses lists without entries. */
const nonEmpty = (values: readonly string[] | undefined): string[] | undefined =>
  values && values.length > 0 ? [...values] : undefined;

export function customJwtProblems(options: CustomJwtOptions): Problem[] {
  const { discoveryUrl } = options;
  const pointsAtDocument = isDiscoveryUrl(discoveryUrl, AUTHORIZER_DOCUMENTS);
  const restricted =
    nonEmpty(options.allowedClients) ?? nonEmpty(options.allowedAudience) ?? nonEmpty(options.allowedScopes);
  return [
    ...(Token.isUnresolved(discoveryUrl) || pointsAtDocument ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
    ...(restricted ? [] : [missingJwtAllowList()]),
    ...(nonEmpty(options.allowedAudience) && isCognito(discoveryUrl) ? [cognitoHasNoAudience()] : []),
  ];
}

export function customJwtBlock(options: CustomJwtOptions): AuthorizerConfigurationBlock {
  return {
    customJwtAuthorizer: [
      {
        discoveryUrl: options.discoveryUrl,
        allowedClients: nonEmpty(options.allowedClients),
        allowedAudience: nonEmpty(options.allowedAudience),
      },
    ],
  };
}

/** What the bindings do not know of the block. */
export function customJwtFields(options: CustomJwtOptions): readonly NewerField[] {
  const allowedScopes = nonEmpty(options.allowedScopes);
  const field = {
    feature: "An authorizer's allowedScopes",
    path: "authorizer_configuration.0.custom_jwt_authorizer.0.allowed_scopes",
    since: PROVIDER_RELEASES.grantTypes,
  };
  return allowedScopes ? [{ ...field, value: allowedScopes }] : [];
}

/** The host is text also where the region and the pool are CDKTF tokens. */
function isCognito(discoveryUrl: string): boolean {
  return discoveryUrl.startsWith("https://cognito-idp.");
}
