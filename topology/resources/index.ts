import type { ResourceKind } from "../model";
import { agentRuntime } from "./agent-runtime";
import { gateway } from "./gateway";
import { gatewayTarget } from "./gateway-target";
import { oauth2CredentialProvider } from "./oauth2-credential-provider";
import type { ResourceReader } from "./reader";
import { repository } from "./repository";
import { resourceServer } from "./resource-server";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { terraformData } from "./terraform-data";
import { userPool } from "./user-pool";
import { userPoolClient } from "./user-pool-client";
import { userPoolDomain } from "./user-pool-domain";

export { Arguments } from "./arguments";

export const resourceReaders: { readonly [K in ResourceKind]: ResourceReader<K> } = {
  userPool,
  userPoolDomain,
  userPoolClient,
  resourceServer,
  role,
  rolePolicy,
  repository,
  terraformData,
  oauth2CredentialProvider,
  agentRuntime,
  gateway,
  gatewayTarget,
};

const KINDS: ReadonlyMap<string, ResourceKind> = new Map(
  Object.values(resourceReaders).map(({ type, kind }) => [type, kind]),
);

/** The kind of resource that Terraform calls by this type; undefined for one that has no reader. */
export function resourceKind(type: string): ResourceKind | undefined {
  return KINDS.get(type);
}
