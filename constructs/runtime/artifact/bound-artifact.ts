import type { BedrockagentcoreAgentRuntimeAgentRuntimeArtifact } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime";
import type { ITerraformDependable } from "cdktf";
import type { Permission } from "../../iam/permission";

/** What a runtime runs, in place. */
export interface BoundArtifact {
  /** The runtime's artifact block. @internal */
  readonly block: BedrockagentcoreAgentRuntimeAgentRuntimeArtifact;
  /** What the execution role must be allowed. */
  readonly permissions: readonly Permission[];
  /** What must exist before the runtime. */
  readonly dependencies: readonly ITerraformDependable[];
}
