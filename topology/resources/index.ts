// topology/resources/: one reader for each kind of resource.
import { agentRuntime } from "./agent-runtime";
import { agentRuntimeEndpoint } from "./agent-runtime-endpoint";
import { apiKeyCredentialProvider } from "./api-key-credential-provider";
import { bucket } from "./bucket";
import { bucketObject } from "./bucket-object";
import { cedarPolicy } from "./cedar-policy";
import { gateway } from "./gateway";
import { gatewayRateLimit } from "./gateway-rate-limit";
import { gatewayTarget } from "./gateway-target";
import { lambdaFunction } from "./lambda-function";
import { managedPolicy } from "./managed-policy";
import { oauth2CredentialProvider } from "./oauth2-credential-provider";
import { policyAttachment, rolePolicyAttachment } from "./policy-attachment";
import { policyEngine } from "./policy-engine";
import type { ResourceReader } from "./reader";
import { repository } from "./repository";
import { resourcePolicy } from "./resource-policy";
import { resourceServer } from "./resource-server";
import { restApi } from "./rest-api";
import {
  restApiAuthorizer,
  restApiDeployment,
  restApiIntegration,
  restApiMethod,
  restApiModel,
  restApiResource,
  restApiStage,
} from "./rest-api-parts";
import { role } from "./role";
import { rolePoliciesExclusive, rolePolicyAttachmentsExclusive } from "./role-policies-exclusive";
import { rolePolicy } from "./role-policy";
import { terraformData } from "./terraform-data";
import { apiKey, usagePlan, usagePlanKey } from "./usage-plan";
import { user } from "./user";
import { userGroup, userInGroup } from "./user-group";
import { userPool } from "./user-pool";
import { userPoolClient } from "./user-pool-client";
import { userPoolDomain } from "./user-pool-domain";
import { workloadIdentity } from "./workload-identity";

export type { AgentRuntimeAttributes, AgentRuntimeDeclaration } from "./agent-runtime";
export type {
  ApiKeyCredentialProviderAttributes,
  ApiKeyCredentialProviderDeclaration,
} from "./api-key-credential-provider";
export type { BucketObjectDeclaration } from "./bucket-object";
export type { AllowedWorkloadConfiguration, CustomClaim, CustomJwtAuthorizer } from "./custom-jwt-authorizer";
export type { CedarPolicyAttributes, CedarPolicyDeclaration } from "./cedar-policy";
export type {
  GatewayAttributes,
  GatewayDeclaration,
  InterceptorDeclaration,
  PolicyEngineConfiguration,
} from "./gateway";
export type { GatewayRateLimitDeclaration } from "./gateway-rate-limit";
export type { GatewayTargetDeclaration, PassedOnDeclaration, TargetIdentity } from "./gateway-target";
export type { LambdaFunctionAttributes, LambdaFunctionDeclaration } from "./lambda-function";
export type { ManagedPolicyDeclaration } from "./managed-policy";
export type {
  OAuth2CredentialProviderAttributes,
  OAuth2CredentialProviderDeclaration,
  TokenExchangeConfiguration,
} from "./oauth2-credential-provider";
export type { PolicyEngineAttributes, PolicyEngineDeclaration } from "./policy-engine";
export type { RepositoryAttributes, RepositoryDeclaration } from "./repository";
export type { ResourcePolicyDeclaration } from "./resource-policy";
export type { ResourceServerDeclaration } from "./resource-server";
export type { RestApiAttributes, RestApiDeclaration } from "./rest-api";
export type { RestApiMethodDeclaration, RestApiStageAttributes } from "./rest-api-parts";
export type { InlinePolicy, RoleDeclaration } from "./role";
export type { RolePolicyDeclaration } from "./role-policy";
export type { UserAttributes, UserDeclaration } from "./user";
export type { MfaDeclaration, PasswordPolicy, UserPoolAttributes, UserPoolDeclaration } from "./user-pool";
export type { RefreshTokenRotation, UserPoolClientAttributes, UserPoolClientDeclaration } from "./user-pool-client";
export type { UserPoolDomainDeclaration } from "./user-pool-domain";
export type { WorkloadIdentityDeclaration } from "./workload-identity";

/** Every resource kind that the topology reads. */
const READERS = {
  userPool,
  userPoolDomain,
  userPoolClient,
  resourceServer,
  user,
  userGroup,
  userInGroup,
  role,
  rolePolicy,
  managedPolicy,
  rolePolicyAttachment,
  policyAttachment,
  rolePoliciesExclusive,
  rolePolicyAttachmentsExclusive,
  repository,
  terraformData,
  oauth2CredentialProvider,
  apiKeyCredentialProvider,
  agentRuntime,
  agentRuntimeEndpoint,
  workloadIdentity,
  lambdaFunction,
  bucket,
  bucketObject,
  restApi,
  restApiResource,
  restApiMethod,
  restApiAuthorizer,
  restApiIntegration,
  restApiModel,
  restApiDeployment,
  restApiStage,
  apiKey,
  usagePlan,
  usagePlanKey,
  policyEngine,
  cedarPolicy,
  gateway,
  gatewayTarget,
  gatewayRateLimit,
  resourcePolicy,
};

type Readers = typeof READERS;

export type ResourceKind = keyof Readers;

/** The evaluated arguments of one resource, in the words of its service, as the create operation takes them. */
export type Declaration<K extends ResourceKind> = ReturnType<Readers[K]["read"]>;

/** What the service adds when it creates the resource, to which other resources may refer. */
export type Attributes<K extends ResourceKind> = Parameters<Readers[K]["attributes"]>[1];

/** A resource of the configuration, by its Terraform address. */
export interface TopologyResource<K extends ResourceKind = ResourceKind> {
  readonly address: string;
  readonly kind: K;
}

/** A resource with the addresses of all that Terraform creates or reads before it. */
export interface OrderedResource extends TopologyResource {
  readonly after: ReadonlySet<string>;
}

type AnyReaders = { readonly [K in ResourceKind]: ResourceReader<K, Declaration<K>, Attributes<K>> };

export const resourceReaders: AnyReaders = READERS;

const BY_TYPE: ReadonlyMap<string, AnyReaders[ResourceKind]> = new Map(
  Object.values(resourceReaders).map((reader) => [reader.type, reader]),
);

/** The only arguments that count of a type that is read on demand; undefined for any other. */
export function argumentsOnDemand(type: string): readonly string[] | undefined {
  return BY_TYPE.get(type)?.onDemand;
}

/** The reader of what Terraform calls by this type; undefined where there is none. */
export function readerOf(type: string): AnyReaders[ResourceKind] | undefined {
  return BY_TYPE.get(type);
}

/** The kind of resource that Terraform calls by this type; undefined for one that has no reader. */
export function resourceKind(type: string): ResourceKind | undefined {
  return BY_TYPE.get(type)?.kind;
}
