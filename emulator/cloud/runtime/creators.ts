import type { Creators } from "../creators";
import type { AgentRuntimes } from "./agent-runtimes";

export function runtimeCreators(runtimes: AgentRuntimes): Pick<Creators, "agentRuntime" | "agentRuntimeEndpoint"> {
  return {
    agentRuntime: (declaration) => runtimes.create(declaration).attributes,
    agentRuntimeEndpoint({ agentRuntimeId, ...declaration }) {
      const runtime = runtimes.get(agentRuntimeId);
      const { arn, version } = runtimes.endpoints.create(runtime, declaration);
      const { agentRuntimeArn } = runtime.attributes;
      return { agentRuntimeArn, agentRuntimeEndpointArn: arn, agentRuntimeVersion: version };
    },
  };
}
