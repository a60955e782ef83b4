import type { BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { Token } from "cdktf";
import type { CustomJwtOptions } from "../identity/custom-jwt-options";
import { invalidDiscoveryUrl, missingJwtAllowList, type Problem } from "./errors";

/** The `authorizer_configuration` block, which gateways and runtimes share. */
interface AuthorizerConfigurationBlock {
  readonly customJwtAuthorizer: BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer[];
}

/** An empty list is left out: the service refuses lists without entries. */
const nonEmpty = (values: readonly string[] | undefined): string[] | undefined =>
  values && values.length > 0 ? [...values] : undefined;

export function customJwtProblems(options: CustomJwtOptions): Problem[] {
  const { discoveryUrl } = options;
  const pointsAtDocument = /^https:\/\/.+\/\.well-known\/openid-configuration$/.test(discoveryUrl);
  const restricted = nonEmpty(options.allowedClients) ?? nonEmpty(options.allowedAudience);
  return [
    ...(Token.isUnresolved(discoveryUrl) || pointsAtDocument ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
    ...(restricted ? [] : [missingJwtAllowList()]),
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
