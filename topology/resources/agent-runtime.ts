import type { Known, Readable, ValueTypes } from "../../targets/readable";
import { type CustomJwtAuthorizer, readCustomJwtAuthorizer } from "./custom-jwt-authorizer";
import { resourceReader } from "./reader";

export interface AgentRuntimeDeclaration {
  readonly agentRuntimeName: string;
  readonly roleArn: string;
  readonly containerUri?: string;
  /** Where the runtime has no image. */
  readonly code?: AgentRuntimeCode;
  readonly networkMode: string;
  /** `HTTP` unless configured. */
  readonly serverProtocol: string;
  /** IAM (SigV4) when left out. */
  readonly customJwtAuthorizer?: CustomJwtAuthorizer;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly requestHeaderAllowlist: readonly string[];
}

/** An archive in S3, and how it is started. */
export interface AgentRuntimeCode {
  readonly bucket: string;
  /** The archive's key. */
  readonly prefix: string;
  readonly versionId?: string;
  /** Such as `PYTHON_3_13`. */
  readonly runtime: string;
  readonly entryPoint: readonly string[];
}

export interface AgentRuntimeAttributes {
  readonly agentRuntimeArn: string;
  readonly agentRuntimeId: string;
  readonly agentRuntimeVersion: string;
  readonly workloadIdentityArn: string;
}

export const PROTOCOL_BLOCK = "protocol_configuration";

export function readRuntime<V extends ValueTypes>(args: Readable<V>) {
  const artifact = args.block("agent_runtime_artifact");
  return {
    agentRuntimeName: args.text("agent_runtime_name"),
    roleArn: args.text("role_arn"),
    containerUri: artifact.optionalBlock("container_configuration")?.text("container_uri"),
    serverProtocol: args.optionalBlock(PROTOCOL_BLOCK)?.optionalText("server_protocol") ?? "HTTP",
  };
}

export const agentRuntime = resourceReader({
  type: "aws_bedrockagentcore_agent_runtime",
  kind: "agentRuntime",
  read: (args): AgentRuntimeDeclaration => ({
    ...readRuntime(args),
    code: readCode(args.block("agent_runtime_artifact")),
    networkMode: args.block("network_configuration").text("network_mode"),
    customJwtAuthorizer: readCustomJwtAuthorizer(args),
    environmentVariables: args.optionalTextMap("environment_variables") ?? {},
    requestHeaderAllowlist: args.optionalBlock("request_header_configuration")?.texts("request_header_allowlist") ?? [],
  }),
  assigned: ["agent_runtime_arn", "agent_runtime_id", "agent_runtime_version", "workload_identity_details"],
  attributes: (
    _,
    { agentRuntimeArn, agentRuntimeId, agentRuntimeVersion, workloadIdentityArn }: AgentRuntimeAttributes,
  ) => ({
    agent_runtime_arn: agentRuntimeArn,
    agent_runtime_id: agentRuntimeId,
    agent_runtime_version: agentRuntimeVersion,
    workload_identity_details: [{ workload_identity_arn: workloadIdentityArn }],
  }),
});

function readCode(artifact: Readable<Known>): AgentRuntimeCode | undefined {
  const configuration = artifact.optionalBlock("code_configuration");
  if (configuration === undefined) return undefined;
  const s3 = configuration.block("code").block("s3");
  return {
    bucket: s3.text("bucket"),
    prefix: s3.text("prefix"),
    versionId: s3.optionalText("version_id"),
    runtime: configuration.text("runtime"),
    entryPoint: configuration.optionalTexts("entry_point") ?? [],
  };
}
