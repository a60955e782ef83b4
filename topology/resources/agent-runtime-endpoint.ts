import { resourceReader } from "./reader";

/** An endpoint beside DEFAULT. */
export interface AgentRuntimeEndpointDeclaration {
  readonly agentRuntimeId: string;
  readonly name: string;
  /** The latest when left out. */
  readonly agentRuntimeVersion?: string;
  readonly description?: string;
}

export interface AgentRuntimeEndpointAttributes {
  readonly agentRuntimeArn: string;
  readonly agentRuntimeEndpointArn: string;
  readonly agentRuntimeVersion: string;
}

export const agentRuntimeEndpoint = resourceReader({
  type: "aws_bedrockagentcore_agent_runtime_endpoint",
  kind: "agentRuntimeEndpoint",
  read: (args): AgentRuntimeEndpointDeclaration => ({
    agentRuntimeId: args.text("agent_runtime_id"),
    name: args.text("name"),
    agentRuntimeVersion: args.optionalText("agent_runtime_version"),
    description: args.optionalText("description"),
  }),
  assigned: ["agent_runtime_arn", "agent_runtime_endpoint_arn", "agent_runtime_version"],
  attributes: (
    _,
    { agentRuntimeArn, agentRuntimeEndpointArn, agentRuntimeVersion }: AgentRuntimeEndpointAttributes,
  ) => ({
    agent_runtime_arn: agentRuntimeArn,
    agent_runtime_endpoint_arn: agentRuntimeEndpointArn,
    agent_runtime_version: agentRuntimeVersion,
  }),
});
