import { MAX_ENDPOINT_DESCRIPTION } from "../../../aws/agentcore/limits";
import { CLIENT_TOKEN, RUNTIME_ID, RUNTIME_NAME, RUNTIME_VERSION, TAGS } from "../../cloud/agentcore-constraints";
import { structure, text } from "../../cloud/constraints";
import type { AgentRuntime, AgentRuntimeEndpoint } from "../../cloud/runtime/agent-runtime";
import type { AgentRuntimes } from "../../cloud/runtime/agent-runtimes";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTime } from "../protocols/times";
import { listOperation } from "./list-operation";

const OF_RUNTIME = structure({ agentRuntimeId: RUNTIME_ID });
const CONFIGURATION = OF_RUNTIME.extend({
  agentRuntimeVersion: RUNTIME_VERSION.optional(),
  description: text(MAX_ENDPOINT_DESCRIPTION, undefined, 1).optional(),
  clientToken: CLIENT_TOKEN,
});
const BY_NAME = OF_RUNTIME.extend({ endpointName: RUNTIME_NAME });

const ENDPOINTS = "/runtimes/:agentRuntimeId/runtime-endpoints";
const ENDPOINT = `${ENDPOINTS}/:endpointName`;

/** The operations of runtime endpoints. */
export function agentRuntimeEndpointOperations(runtimes: AgentRuntimes): RestJsonOperation[] {
  const { endpoints } = runtimes;
  return [
    operation(
      "CreateAgentRuntimeEndpoint",
      `PUT ${ENDPOINTS}`,
      202,
      CONFIGURATION.extend({ name: RUNTIME_NAME, tags: TAGS.optional() }),
      (request) => {
        const runtime = runtimes.get(request.agentRuntimeId);
        const endpoint = endpoints.create(runtime, request, request.tags);
        return {
          ...endpointShape(runtime, endpoint),
          endpointName: endpoint.name,
          agentRuntimeId: request.agentRuntimeId,
        };
      },
    ),
    operation("GetAgentRuntimeEndpoint", `GET ${ENDPOINT}`, 200, BY_NAME, ({ agentRuntimeId, endpointName }) => {
      const runtime = runtimes.get(agentRuntimeId);
      return endpointShape(runtime, endpoints.get(runtime, endpointName));
    }),
    operation("UpdateAgentRuntimeEndpoint", `PUT ${ENDPOINT}`, 202, CONFIGURATION.extend(BY_NAME.shape), (request) => {
      const runtime = runtimes.get(request.agentRuntimeId);
      return endpointShape(runtime, endpoints.update(runtime, request.endpointName, request));
    }),
    operation(
      "DeleteAgentRuntimeEndpoint",
      `DELETE ${ENDPOINT}`,
      202,
      BY_NAME.extend({ clientToken: CLIENT_TOKEN }),
      ({ agentRuntimeId, endpointName }) => {
        const { status } = endpoints.delete(runtimes.get(agentRuntimeId), endpointName);
        return { status, agentRuntimeId, endpointName };
      },
    ),
    listOperation("ListAgentRuntimeEndpoints", `POST ${ENDPOINTS}`, OF_RUNTIME, 100, "runtimeEndpoints", (request) => {
      const runtime = runtimes.get(request.agentRuntimeId);
      return [...runtime.endpoints.values()].map((endpoint) => endpointShape(runtime, endpoint));
    }),
  ];
}

function endpointShape({ attributes }: AgentRuntime, endpoint: AgentRuntimeEndpoint): object {
  const { name, arn, version, description, status } = endpoint;
  return {
    name,
    id: attributes.agentRuntimeId,
    agentRuntimeEndpointArn: arn,
    agentRuntimeArn: attributes.agentRuntimeArn,
    liveVersion: version,
    targetVersion: version,
    description,
    status,
    createdAt: isoTime(endpoint.createdAt),
    lastUpdatedAt: isoTime(endpoint.updatedAt),
  };
}
