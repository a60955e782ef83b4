import type { ResourceReader } from "./reader";

export const agentRuntimeEndpoint: ResourceReader<"agentRuntimeEndpoint"> = {
  type: "aws_bedrockagentcore_agent_runtime_endpoint",
  kind: "agentRuntimeEndpoint",
  read: (args) => ({
    agentRuntimeId: args.text("agent_runtime_id"),
    name: args.text("name"),
    agentRuntimeVersion: args.optionalText("agent_runtime_version"),
    description: args.optionalText("description"),
  }),
  assigned: ["agent_runtime_arn", "agent_runtime_endpoint_arn", "agent_runtime_version"],
  attributes: (_, { agentRuntimeArn, agentRuntimeEndpointArn, agentRuntimeVersion }) => ({
    agent_runtime_arn: agentRuntimeArn,
    agent_runtime_endpoint_arn: agentRuntimeEndpointArn,
    agent_runtime_version: agentRuntimeVersion,
  }),
};
