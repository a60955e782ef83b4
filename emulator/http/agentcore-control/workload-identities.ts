import { RETURN_URL, TAGS, WORKLOAD_NAME } from "../../cloud/agentcore-constraints";
import { integer, listOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import type { WorkloadIdentities, WorkloadIdentity } from "../../cloud/identity/workload-identities";
import { paginate } from "../../cloud/pagination";
import { operation, type RestJsonOperation } from "../aws-rest-json";

const CONFIGURATION = structure({
  name: WORKLOAD_NAME,
  allowedResourceOauth2ReturnUrls: listOf(RETURN_URL, UNBOUNDED).optional(),
});
const BY_NAME = structure({ name: WORKLOAD_NAME });
const MOST_LISTED = 20;

/** The operations of workload identities. */
export function workloadIdentityOperations(identities: WorkloadIdentities): RestJsonOperation[] {
  const route = (name: string) => `POST /identities/${name}`;
  return [
    operation(
      "CreateWorkloadIdentity",
      route("CreateWorkloadIdentity"),
      201,
      CONFIGURATION.extend({ tags: TAGS.optional() }),
      (request) => {
        const { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls } = identities.create(request, request.tags);
        return { name, workloadIdentityArn, allowedResourceOauth2ReturnUrls };
      },
    ),
    operation("GetWorkloadIdentity", route("GetWorkloadIdentity"), 200, BY_NAME, ({ name }) =>
      identityShape(identities.get(name)),
    ),
    operation("UpdateWorkloadIdentity", route("UpdateWorkloadIdentity"), 200, CONFIGURATION, (request) =>
      identityShape(identities.update(request)),
    ),
    operation("DeleteWorkloadIdentity", route("DeleteWorkloadIdentity"), 204, BY_NAME, ({ name }) => {
      identities.delete(name);
      return {};
    }),
    operation(
      "ListWorkloadIdentities",
      route("ListWorkloadIdentities"),
      200,
      structure({ maxResults: integer(1, MOST_LISTED).optional(), nextToken: text(UNBOUNDED).optional() }),
      (request) => {
        const page = paginate(identities.all(), request, { most: MOST_LISTED, refusal: "ValidationException" });
        const workloadIdentities = page.items.map(({ name, workloadIdentityArn }) => ({ name, workloadIdentityArn }));
        return { workloadIdentities, nextToken: page.nextToken };
      },
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
