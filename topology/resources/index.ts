import type { ResourceKind } from "../model";
import { agentRuntime } from "./agent-runtime";
import { agentRuntimeEndpoint } from "./agent-runtime-endpoint";
import { apiKeyCredentialProvider } from "./api-key-credential-provider";
import { bucket } from "./bucket";
import { bucketObject } from "./bucket-object";
import { gateway } from "./gateway";
import { gatewayTarget } from "./gateway-target";
import { lambdaFunction } from "./lambda-function";
import { managedPolicy } from "./managed-policy";
import { oauth2CredentialProvider } from "./oauth2-credential-provider";
import { policyAttachment, rolePolicyAttachment } from "./policy-attachment";
import type { ResourceReader } from "./reader";
import { repository } from "./repository";
import { resourceServer } from "./resource-server";
import { role } from "./role";
import { rolePoliciesExclusive, rolePolicyAttachmentsExclusive } from "./role-policies-exclusive";
import { rolePolicy } from "./role-policy";
import { terraformData } from "./terraform-data";
import { userPool } from "./user-pool";
import { userPoolClient } from "./user-pool-client";
import { userPoolDomain } from "./user-pool-domain";
import { workloadIdentity } from "./workload-identity";

export const resourceReaders: { readonly [K in ResourceKind]: ResourceReader<K> } = {
  userPool,
  userPoolDomain,
  userPoolClient,
  resourceServer,
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
  gateway,
  gatewayTarget,
};

const KINDS: ReadonlyMap<string, ResourceKind> = new Map(
  Object.values(resourceReaders).map(({ type, kind }) => [type, kind]),
);

const ON_DEMAND: ReadonlyMap<string, readonly string[] | undefined> = new Map(
  Object.values(resourceReaders).map(({ type, onDemand }) => [type, onDemand]),
);

/** The only arguments that count of a type that is read on demand; undefined for any other. */
export function argumentsOnDemand(type: string): readonly string[] | undefined {
  return ON_DEMAND.get(type);
}

/** The reader of what Terraform calls by this type; undefined where there is none. */
export function readerOf(type: string): ResourceReader<ResourceKind> | undefined {
  const kind = KINDS.get(type);
  return kind === undefined ? undefined : resourceReaders[kind];
}

/** The kind of resource that Terraform calls by this type; undefined for one that has no reader. */
export function resourceKind(type: string): ResourceKind | undefined {
  return KINDS.get(type);
}
