import { BedrockagentcoreAgentRuntimeEndpoint } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint";
import { Construct } from "constructs";
import { INVOKE_RUNTIME } from "../../aws/agentcore/actions";
import { MAX_ENDPOINT_DESCRIPTION } from "../../aws/agentcore/limits";
import { Grant } from "../iam/grant";
import { ResourcePolicy, type ResourcePolicyStatement } from "../iam/resource-policy";
import type { IRole } from "../iam/role";
import { reportProblems } from "../private/checks";
import { ENDPOINT_NAME, lengthProblems, nameProblems } from "../private/names";
import { nonEmptyTags, tagProblems } from "../private/tags";
import type { IRuntime } from "./runtime-interface";

/** What a runtime's endpoint is made with, besides its name. */
export interface RuntimeEndpointOptions {
  /**
   * 1 to 256 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * The version of the runtime that the endpoint stays on, `1` to `99999`.
   * @default - the runtime's newest, in step with it
   */
  readonly version?: string;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a RuntimeEndpoint is made with. */
export interface RuntimeEndpointProps extends RuntimeEndpointOptions {
  /** The runtime that gets the endpoint. */
  readonly runtime: IRuntime;
  /** 1 to 48 letters, digits and underscores, beginning with a letter. */
  readonly endpointName: string;
}

/** A name for one version of a runtime. Every runtime has the endpoint DEFAULT, and may have nine more. */
export class RuntimeEndpoint extends Construct {
  /** The name, with which callers choose the endpoint (`qualifier`). */
  public readonly endpointName: string;
  /** The runtime's ARN, `/runtime-endpoint/` and the endpoint's name. */
  public readonly agentRuntimeEndpointArn: string;
  /** Where the endpoint is called: the runtime's invocation URL with the endpoint as its qualifier. */
  public readonly invocationUrl: string;
  private readonly runtime: IRuntime;

  public constructor(scope: Construct, id: string, props: RuntimeEndpointProps) {
    super(scope, id);
    const { runtime, endpointName, description, version = runtime.agentRuntimeVersion, tags } = props;
    reportProblems(this, [
      ...nameProblems(ENDPOINT_NAME, endpointName),
      ...lengthProblems("description", description, 1, MAX_ENDPOINT_DESCRIPTION),
      ...tagProblems(tags),
    ]);
    const resource = new BedrockagentcoreAgentRuntimeEndpoint(this, "Resource", {
      name: endpointName,
      agentRuntimeId: runtime.agentRuntimeId,
      agentRuntimeVersion: version,
      description,
      tags: nonEmptyTags(tags),
    });
    this.runtime = runtime;
    this.endpointName = endpointName;
    this.agentRuntimeEndpointArn = resource.agentRuntimeEndpointArn;
    this.invocationUrl = `${runtime.invocationUrl}?qualifier=${resource.name}`;
  }

  /** Says of the endpoint's own callers who may and who may not; the runtime's policy is asked, too. */
  public addToResourcePolicy(statement: ResourcePolicyStatement): void {
    const resource = { resourceArn: this.agentRuntimeEndpointArn, invokeAction: INVOKE_RUNTIME };
    ResourcePolicy.add(this, resource, statement);
  }

  /** Lets a role call the runtime through this endpoint. */
  public grantInvoke(role: IRole): Grant {
    return Grant.add(this, role, {
      sid: "InvokeAgentRuntime",
      actions: [INVOKE_RUNTIME],
      resources: [this.runtime.agentRuntimeArn, this.agentRuntimeEndpointArn],
    });
  }
}
