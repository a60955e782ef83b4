import { RETURN_URL, TAGS, WORKLOAD_NAME } from "../../cloud/agentcore-constraints";
import { listOf, structure, UNBOUNDED } from "../../cloud/constraints";
import type { WorkloadIdentities, WorkloadIdentity } from "../../cloud/identity/workload-identities";
import type { RestJsonOperation } from "../protocols/aws-rest-json";
import { deleteOperation, identityOperation, listOperation } from "./identity-operation";

const CONFIGURATION = structure({
  name: WORKLOAD_NAME,
  allowedResourceOauth2ReturnUrls: listOf(RETURN_URL, UNBOUNDED).optional(),
});
const BY_NAME = structure({ name: WORKLOAD_NAME });

/** The operations of workload identities. */
export function workloadIdentityOperations(identities: WorkloadIdentities): RestJsonOperation[] {
  const creation = CONFIGURATION.extend({ tags: TAGS.optional() });
  return [
    identityOperation("CreateWorkloadIdentity", 201, creation, (request) => {
      const { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls } = identities.create(request, request.tags);
      return { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls };
    }),
    identityOperation("GetWorkloadIdentity", 200, BY_NAME, ({ name }) => identityShape(identities.get(name))),
    identityOperation("UpdateWorkloadIdentity", 200, CONFIGURATION, (request) =>
      identityShape(identities.update(request)),
    ),
    deleteOperation("DeleteWorkloadIdentity", BY_NAME, (name) => identities.delete(name)),
    listOperation(
      "ListWorkloadIdentities",
      20,
      () => identities.all(),
      (items) => ({
        workloadIdentities: items.map(({ name, workloadIdentityArn }) => ({ name, workloadIdentityArn })),
      }),
    ),
  ];
}

function identityShape({
  name,
  workloadIdentityArn,
  allowedResourceOauth2ReturnUrls,
  createdAt,
  updatedAt,
}: WorkloadIdentity): object {
  return {
    name,
    workloadIdentityArn,
    allowedResourceOauth2ReturnUrls,
    createdTime: createdAt / 1_000,
    lastUpdatedTime: updatedAt / 1_000,
  };
}
