import type { Rule } from "../rule";
import { allowedListEmpty } from "./allowed-list-empty";
import { allowedScopesUnmet } from "./allowed-scopes-unmet";
import { authorizerUnrestricted } from "./authorizer-unrestricted";
import { clientNotAllowed } from "./client-not-allowed";
import { clientNotConfidential } from "./client-not-confidential";
import { cognitoAudience } from "./cognito-audience";
import { discoveryUrlInvalid } from "./discovery-url-invalid";
import { discoveryUrlRegion } from "./discovery-url-region";
import { duplicateTargetName } from "./duplicate-target-name";
import { endpointArnHardCoded } from "./endpoint-arn-hard-coded";
import { endpointArnNotEncoded } from "./endpoint-arn-not-encoded";
import { endpointNotHttps } from "./endpoint-not-https";
import { endpointPath } from "./endpoint-path";
import { endpointRegion } from "./endpoint-region";
import { environmentEmpty } from "./environment-empty";
import { gatewayIdentifierArn } from "./gateway-identifier-arn";
import { gatewayOpen } from "./gateway-open";
import { gatewayRolePermissions } from "./gateway-role-permissions";
import { iamServiceMissing } from "./iam-service-missing";
import { iamToJwtRuntime } from "./iam-to-jwt-runtime";
import { imageNotInEcr } from "./image-not-in-ecr";
import { imagePlatform } from "./image-platform";
import { imageTagLatest } from "./image-tag-latest";
import { inboundClientWithoutSignIn } from "./inbound-client-without-sign-in";
import { issuerMismatch } from "./issuer-mismatch";
import { lifecycleHalfSet } from "./lifecycle-half-set";
import { limitExceeded } from "./limit-exceeded";
import { nameInvalid } from "./name-invalid";
import { oauthToIamRuntime } from "./oauth-to-iam-runtime";
import { outboundAuthorizationMissing } from "./outbound-authorization-missing";
import { runtimeNotMcp } from "./runtime-not-mcp";
import { sameUserPool } from "./same-user-pool";
import { scopeNotAllowed } from "./scope-not-allowed";
import { scopeTooLong } from "./scope-too-long";
import { scopeUndefined } from "./scope-undefined";
import { scopesEmpty } from "./scopes-empty";
import { secretInEnvironment } from "./secret-in-environment";
import { secretInOutput } from "./secret-in-output";
import { secretNotReadable } from "./secret-not-readable";
import { selfSignUp } from "./self-sign-up";
import { targetBeforePolicy } from "./target-before-policy";
import { trustAccountMissing } from "./trust-account-missing";
import { trustServiceMissing } from "./trust-service-missing";
import { trustTooNarrow } from "./trust-too-narrow";
import { userPoolDomainMissing } from "./user-pool-domain-missing";
import { wildcardAction } from "./wildcard-action";
import { wildcardResource } from "./wildcard-resource";
import { workloadIdentityCase } from "./workload-identity-case";

/** Every rule, in the order in which findings of one severity are told. */
export const rules: readonly Rule[] = [
  // The hop from the gateway to the runtime
  runtimeNotMcp,
  oauthToIamRuntime,
  iamToJwtRuntime,
  iamServiceMissing,
  outboundAuthorizationMissing,
  cognitoAudience,
  issuerMismatch,
  clientNotAllowed,
  allowedListEmpty,
  authorizerUnrestricted,
  allowedScopesUnmet,
  // Scopes, clients and user pools
  scopeUndefined,
  scopeNotAllowed,
  scopesEmpty,
  scopeTooLong,
  clientNotConfidential,
  userPoolDomainMissing,
  inboundClientWithoutSignIn,
  discoveryUrlInvalid,
  discoveryUrlRegion,
  // Endpoints, names and limits
  endpointNotHttps,
  endpointPath,
  endpointArnNotEncoded,
  endpointRegion,
  endpointArnHardCoded,
  gatewayIdentifierArn,
  duplicateTargetName,
  nameInvalid,
  limitExceeded,
  lifecycleHalfSet,
  environmentEmpty,
  // Roles
  gatewayRolePermissions,
  secretNotReadable,
  workloadIdentityCase,
  targetBeforePolicy,
  trustServiceMissing,
  trustAccountMissing,
  trustTooNarrow,
  wildcardAction,
  wildcardResource,
  // Images
  imagePlatform,
  imageNotInEcr,
  imageTagLatest,
  // What somebody should have decided
  sameUserPool,
  gatewayOpen,
  selfSignUp,
  secretInOutput,
  secretInEnvironment,
];
