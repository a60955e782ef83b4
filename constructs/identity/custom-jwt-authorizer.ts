import type { BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { Token } from "cdktf";
import { DISCOVERY_DOCUMENTS, isDiscoveryUrl } from "../../aws/agentcore/discovery";
import { SERVICE } from "../../aws/cognito/endpoints";
import type { Problem } from "../private/errors";
import { cognitoHasNoAudience, invalidDiscoveryUrl, missingJwtAllowList } from "../private/problems/authorization";
import { overrideBlock, privateEndpointProblems } from "../network/private-endpoint";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { NewerField } from "../private/provider-version";
import type { CustomJwtOptions } from "./custom-jwt-options";
import { issuerProblems } from "./issuer-problems";

/** The `authorizer_configuration` block, which gateways and runtimes share. */
interface AuthorizerConfigurationBlock {
  readonly customJwtAuthorizer: BedrockagentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer[];
}

/** An empty list is left out: the service refuses lists without entries. */
const nonEmpty = <T>(values: readonly T[] | undefined): T[] | undefined =>
  values && values.length > 0 ? [...values] : undefined;

export function customJwtProblems(options: CustomJwtOptions): Problem[] {
  const { discoveryUrl } = options;
  const pointsAtDocument = Token.isUnresolved(discoveryUrl) || isDiscoveryUrl(discoveryUrl, DISCOVERY_DOCUMENTS);
  const restricted =
    nonEmpty(options.allowedClients) ??
    nonEmpty(options.allowedAudience) ??
    nonEmpty(options.allowedScopes) ??
    nonEmpty(options.customClaims);
  return [
    ...(pointsAtDocument ? [] : [invalidDiscoveryUrl(discoveryUrl)]),
    ...(restricted ? [] : [missingJwtAllowList()]),
    ...(nonEmpty(options.allowedAudience) && isCognito(discoveryUrl) ? [cognitoHasNoAudience()] : []),
    ...issuerProblems(options),
    ...(options.customClaims ?? []).flatMap((claim) => claim.validate()),
    ...privateEndpointProblems(options),
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
  const { grantTypes: since, newest } = PROVIDER_RELEASES;
  const block = "authorizer_configuration.0.custom_jwt_authorizer.0";
  const scopes = { feature: "An authorizer's allowedScopes", path: `${block}.allowed_scopes`, since };
  const claims = { feature: "An authorizer's customClaims", path: `${block}.custom_claim`, since };
  const endpoint = { feature: "An authorizer's privateEndpoint", path: `${block}.private_endpoint`, since: newest };
  const overrides = { ...endpoint, path: `${block}.private_endpoint_overrides` };
  return [
    { ...endpoint, value: options.privateEndpoint && [options.privateEndpoint.block] },
    { ...overrides, value: nonEmpty(options.privateEndpointOverrides)?.map(overrideBlock) },
    { ...scopes, value: nonEmpty(options.allowedScopes) },
    { ...claims, value: nonEmpty(options.customClaims)?.map((claim) => claim.block) },
  ].filter(({ value }) => value !== undefined);
}

/** The host is text also where the region and the pool are CDKTF tokens. */
function isCognito(discoveryUrl: string): boolean {
  return discoveryUrl.startsWith(`https://${SERVICE}.`);
}
