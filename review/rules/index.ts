// review/rules/: one rule a file, in the order of this list.
import type { Rule } from "../rule";
import { allowedClientPool } from "./allowed-client-pool";
import { allowedListEmpty } from "./allowed-list-empty";
import { allowedScopesUnmet } from "./allowed-scopes-unmet";
import { argumentInvalid } from "./argument-invalid";
import { argumentMissing } from "./argument-missing";
import { argumentUnknown } from "./argument-unknown";
import { authorizerMissing } from "./authorizer-missing";
import { authorizerUnrestricted } from "./authorizer-unrestricted";
import { authorizerUnused } from "./authorizer-unused";
import { callerCredentialImpossible } from "./caller-credential-impossible";
import { clientNotAllowed } from "./client-not-allowed";
import { clientNotConfidential } from "./client-not-confidential";
import { clientSecretMismatch } from "./client-secret-mismatch";
import { clientSettingsRefused } from "./client-settings-refused";
import { cognitoAudience } from "./cognito-audience";
import { customClaimInvalid } from "./custom-claim-invalid";
import { discoveryUrlInvalid } from "./discovery-url-invalid";
import { discoveryUrlRegion } from "./discovery-url-region";
import { duplicateName } from "./duplicate-name";
import { duplicateTargetName } from "./duplicate-target-name";
import { endpointArnHardCoded } from "./endpoint-arn-hard-coded";
import { endpointArnNotEncoded } from "./endpoint-arn-not-encoded";
import { endpointNotHttps } from "./endpoint-not-https";
import { endpointPath } from "./endpoint-path";
import { endpointRegion } from "./endpoint-region";
import { endpointUndeclared } from "./endpoint-undeclared";
import { environmentEmpty } from "./environment-empty";
import { gatewayIdentifierArn } from "./gateway-identifier-arn";
import { gatewayOpen } from "./gateway-open";
import { gatewayRolePermissions } from "./gateway-role-permissions";
import { gatewayVersionMissing } from "./gateway-version-missing";
import { httpTargetOnMcpGateway } from "./http-target-on-mcp-gateway";
import { iamServiceMissing } from "./iam-service-missing";
import { iamToJwtRuntime } from "./iam-to-jwt-runtime";
import { imageNotInEcr } from "./image-not-in-ecr";
import { imagePlatform } from "./image-platform";
import { imageTagLatest } from "./image-tag-latest";
import { inboundClientWithoutSignIn } from "./inbound-client-without-sign-in";
import { interceptorNotInvokable } from "./interceptor-not-invokable";
import { interceptorTwice } from "./interceptor-twice";
import { issuerMismatch } from "./issuer-mismatch";
import { lifecycleHalfSet } from "./lifecycle-half-set";
import { limitExceeded } from "./limit-exceeded";
import { listingNotSearched } from "./listing-not-searched";
import { mfaWithoutFactor } from "./mfa-without-factor";
import { nameInvalid } from "./name-invalid";
import { oauthToIamRuntime } from "./oauth-to-iam-runtime";
import { outboundAuthorizationMissing } from "./outbound-authorization-missing";
import { outboundCredentialUnsupported } from "./outbound-credential-unsupported";
import { passedHeaderDropped } from "./passed-header-dropped";
import { passedHeaderRefused } from "./passed-header-refused";
import { passedTokenRefused } from "./passed-token-refused";
import { pinnedImageExpires } from "./pinned-image-expires";
import { policyMalformed } from "./policy-malformed";
import { policyEngineNotAskable } from "./policy-engine-not-askable";
import { policyNotEnforced } from "./policy-not-enforced";
import { policyTextInvalid } from "./policy-text-invalid";
import { policyToolUnknown } from "./policy-tool-unknown";
import { rateLimitBlocksAll } from "./rate-limit-blocks-all";
import { rateLimitIneffective } from "./rate-limit-ineffective";
import { rateLimitRefused } from "./rate-limit-refused";
import { resourcePolicyOpen } from "./resource-policy-open";
import { resourcePolicyUnmet } from "./resource-policy-unmet";
import { returnUrlMissing } from "./return-url-missing";
import { runtimeBeforePolicy } from "./runtime-before-policy";
import { runtimeNotMcp } from "./runtime-not-mcp";
import { runtimeOpenToOthers } from "./runtime-open-to-others";
import { runtimeRolePermissions } from "./runtime-role-permissions";
import { sameUserPool } from "./same-user-pool";
import { scopeNotAllowed } from "./scope-not-allowed";
import { scopeTooLong } from "./scope-too-long";
import { scopeUndefined } from "./scope-undefined";
import { scopesEmpty } from "./scopes-empty";
import { secretInEnvironment } from "./secret-in-environment";
import { secretInOutput } from "./secret-in-output";
import { secretLiteral } from "./secret-literal";
import { secretNotReadable } from "./secret-not-readable";
import { selfSignUp } from "./self-sign-up";
import { sessionsIneffective } from "./sessions-ineffective";
import { streamingInterceptor } from "./streaming-interceptor";
import { targetBeforePolicy } from "./target-before-policy";
import { tokenExchangeUnconfigured } from "./token-exchange-unconfigured";
import { toolFilterUnmet } from "./tool-filter-unmet";
import { toolNameTooLong } from "./tool-name-too-long";
import { toolSchemaInvalid } from "./tool-schema-invalid";
import { toolsPaged } from "./tools-paged";
import { trustAccountMissing } from "./trust-account-missing";
import { trustServiceMissing } from "./trust-service-missing";
import { trustTooNarrow } from "./trust-too-narrow";
import { unionUnclear } from "./union-unclear";
import { userConsentImpossible } from "./user-consent-impossible";
import { userPoolDomainMissing } from "./user-pool-domain-missing";
import { valueUnknown } from "./value-unknown";
import { vpcConfigurationMissing } from "./vpc-configuration-missing";
import { wildcardAction } from "./wildcard-action";
import { wildcardResource } from "./wildcard-resource";
import { workloadIdentityCase } from "./workload-identity-case";
import { workloadsInvalid } from "./workloads-invalid";
import { wrongAttribute } from "./wrong-attribute";

/** Every rule, in the order in which findings of one severity are told. */
export const rules: readonly Rule[] = [
  // The hop from the gateway to the runtime
  runtimeNotMcp,
  oauthToIamRuntime,
  iamToJwtRuntime,
  iamServiceMissing,
  outboundAuthorizationMissing,
  outboundCredentialUnsupported,
  httpTargetOnMcpGateway,
  callerCredentialImpossible,
  passedTokenRefused,
  cognitoAudience,
  issuerMismatch,
  clientNotAllowed,
  allowedListEmpty,
  authorizerMissing,
  authorizerUnrestricted,
  authorizerUnused,
  customClaimInvalid,
  workloadsInvalid,
  allowedClientPool,
  allowedScopesUnmet,
  // Scopes, clients and user pools
  scopeUndefined,
  scopeNotAllowed,
  scopesEmpty,
  scopeTooLong,
  clientSettingsRefused,
  mfaWithoutFactor,
  clientNotConfidential,
  clientSecretMismatch,
  userPoolDomainMissing,
  inboundClientWithoutSignIn,
  discoveryUrlInvalid,
  discoveryUrlRegion,
  // Endpoints, names and limits
  endpointNotHttps,
  endpointPath,
  endpointArnNotEncoded,
  endpointRegion,
  endpointUndeclared,
  endpointArnHardCoded,
  gatewayIdentifierArn,
  wrongAttribute,
  duplicateTargetName,
  duplicateName,
  nameInvalid,
  argumentMissing,
  argumentUnknown,
  unionUnclear,
  argumentInvalid,
  valueUnknown,
  toolSchemaInvalid,
  toolFilterUnmet,
  toolNameTooLong,
  toolsPaged,
  policyTextInvalid,
  policyToolUnknown,
  policyEngineNotAskable,
  policyNotEnforced,
  resourcePolicyOpen,
  resourcePolicyUnmet,
  tokenExchangeUnconfigured,
  userConsentImpossible,
  returnUrlMissing,
  gatewayVersionMissing,
  limitExceeded,
  lifecycleHalfSet,
  vpcConfigurationMissing,
  interceptorTwice,
  streamingInterceptor,
  sessionsIneffective,
  rateLimitRefused,
  rateLimitIneffective,
  rateLimitBlocksAll,
  listingNotSearched,
  passedHeaderRefused,
  passedHeaderDropped,
  environmentEmpty,
  // Roles
  policyMalformed,
  gatewayRolePermissions,
  interceptorNotInvokable,
  secretNotReadable,
  workloadIdentityCase,
  targetBeforePolicy,
  runtimeRolePermissions,
  runtimeBeforePolicy,
  trustServiceMissing,
  trustAccountMissing,
  trustTooNarrow,
  wildcardAction,
  wildcardResource,
  // Images
  imagePlatform,
  imageNotInEcr,
  imageTagLatest,
  pinnedImageExpires,
  // What somebody should have decided
  sameUserPool,
  gatewayOpen,
  runtimeOpenToOthers,
  selfSignUp,
  secretInOutput,
  secretInEnvironment,
  secretLiteral,
];
