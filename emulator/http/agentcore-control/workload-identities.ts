import { TAGS } from "../../cloud/agentcore-constraints";
import { DECLARATION, type WorkloadIdentities, type WorkloadIdentity } from "../../cloud/identity/workload-identities";
import type { RestJsonOperation } from "../protocols/aws-rest-json";
import { identityTimes } from "../protocols/times";
import { deleteOperation, identityOperation, listOperation } from "./identity-operation";

const BY_NAME = DECLARATION.pick({ name: true });

/** The operations of workload identities. */
export function workloadIdentityOperations(identities: WorkloadIdentities): RestJsonOperation[] {
  const creation = DECLARATION.extend({ tags: TAGS.optional() });
  return [
    identityOperation("CreateWorkloadIdentity", 201, creation, (request) => {
      const { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls } = identities.create(request, request.tags);
      return { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls };
    }),
    identityOperation("GetWorkloadIdentity", 200, BY_NAME, ({ name }) => identityShape(identities.get(name))),
    identityOperation("UpdateWorkloadIdentity", 200, DECLARATION, (request) =>
      identityShape(identities.update(request)),
    ),
    deleteOperation("DeleteWorkloadIdentity", BY_NAME, (name) => identities.delete(name)),
    listOperation("ListWorkloadIdentities", 20, "workloadIdentities", () =>
      identities.all().map(({ name, workloadIdentityArn }) => ({ name, workloadIdentityArn })),
    ),
  ];
}

function identityShape(identity: WorkloadIdentity): object {
  const { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls } = identity;
  return { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls, ...identityTimes(identity) };
}
