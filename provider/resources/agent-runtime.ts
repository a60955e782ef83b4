import { agentCoreArn, generatedId } from "./account";
import { hasExactlyOneOf, hasLength, hasSize, isArn, isBetween, isOneOf, matches } from "../validation/rules";
import { type ResourceFacts, text } from "./facts";
import { jwtAuthorizerRules } from "./gateway";

const artifact = "agent_runtime_artifact";
const name = /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/;
// The model's pattern: a private ECR image of one account and region, or a public ECR image.
const ecrImage = new RegExp(
  "^(\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com|public\\.ecr\\.aws)/" +
    "[a-z0-9][a-z0-9._/-]*(:[\\w.-]{1,128})?(@sha256:[a-f0-9]{64})?$",
);

/** `aws_bedrockagentcore_agent_runtime`: agent_runtime.go of the provider, and the service's model for `create`. */
export const agentRuntime: ResourceFacts = {
  validate: [
    hasLength("description", 1, 4096),
    isArn("role_arn"),
    hasSize(artifact, 1, 1),
    hasExactlyOneOf(artifact, ["code_configuration", "container_configuration"]),
    hasSize(`${artifact}.code_configuration.entry_point`, 1, 2),
    hasLength(`${artifact}.code_configuration.entry_point`, 1, 128),
    hasLength(`${artifact}.code_configuration.code.s3.prefix`, 1, 1024),
    hasSize("authorizer_configuration", 0, 1),
    hasExactlyOneOf("authorizer_configuration", ["custom_jwt_authorizer"]),
    hasSize("network_configuration", 1, 1),
    isOneOf("network_configuration.network_mode", ["PUBLIC", "VPC"]),
    hasSize("protocol_configuration", 0, 1),
    isOneOf("protocol_configuration.server_protocol", ["MCP", "HTTP", "A2A", "AGUI"]),
    hasSize("lifecycle_configuration", 0, 1),
  ],
  create: [
    matches("agent_runtime_name", name),
    matches(`${artifact}.container_configuration.container_uri`, ecrImage, "must be the URI of an image in Amazon ECR"),
    isBetween("lifecycle_configuration.idle_runtime_session_timeout", 60, 1_209_600),
    isBetween("lifecycle_configuration.max_lifetime", 60, 1_209_600),
    hasSize("environment_variables", 0, 50),
    ...jwtAuthorizerRules,
  ],
  replacedBy: ["agent_runtime_name", `${artifact}.code_configuration`, `${artifact}.container_configuration`],
  changedByUpdate: ["agent_runtime_version"],
  assigned: (resource, account, prior) => {
    const runtimeName = text(resource, "agent_runtime_name");
    const id = `${runtimeName}-${generatedId(`runtime ${runtimeName}`, 10)}`;
    const identity = `workload-identity-directory/default/workload-identity/${id}`;
    return {
      agent_runtime_id: id,
      agent_runtime_arn: agentCoreArn(account, `runtime/${id}`),
      agent_runtime_version: String(prior ? Number(text(prior, "agent_runtime_version")) + 1 : 1),
      // The service's defaults, in seconds.
      lifecycle_configuration: [{ idle_runtime_session_timeout: 900, max_lifetime: 28_800 }],
      workload_identity_details: [{ workload_identity_arn: agentCoreArn(account, identity) }],
    };
  },
};

/** `aws_bedrockagentcore_agent_runtime_endpoint`. */
export const agentRuntimeEndpoint: ResourceFacts = {
  validate: [matches("name", name), hasLength("description", 1, 256)],
  replacedBy: ["name", "agent_runtime_id"],
  assigned: (resource, account) => {
    const runtime = agentCoreArn(account, `runtime/${text(resource, "agent_runtime_id")}`);
    return {
      agent_runtime_arn: runtime,
      agent_runtime_endpoint_arn: `${runtime}/runtime-endpoint/${text(resource, "name")}`,
      agent_runtime_version: "1",
    };
  },
};
