import type { z } from "zod";

import { DEFAULT_LIFECYCLE, MAX_RUNTIME_DESCRIPTION, MAX_VPC_ENTRIES } from "../../../aws/agentcore/limits";
import { NETWORK_MODES, SERVER_PROTOCOLS } from "../../../aws/agentcore/values";
import {
  AUTHORIZER_CONFIGURATION,
  CLIENT_TOKEN,
  CODE,
  CONTAINER_URI,
  ROLE_ARN,
  RUNTIME_ID,
  RUNTIME_NAME,
  RUNTIME_VERSION,
  TAGS,
} from "../../cloud/agentcore-constraints";
import { listOf, NOT_EMULATED, oneOf, structure, text } from "../../cloud/constraints";
import type { AgentRuntime, AgentRuntimeSettings, AgentRuntimeVersion } from "../../cloud/runtime/agent-runtime";
import {
  ENVIRONMENT_VARIABLES,
  HEADER_ALLOWLIST,
  LIFETIME,
  type AgentRuntimes,
} from "../../cloud/runtime/agent-runtimes";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTime } from "../protocols/times";
import { authorizerShape, readAuthorizer } from "./authorizer";
import { listOperation } from "./list-operation";

const CONFIGURATION = structure({
  agentRuntimeArtifact: structure({
    containerConfiguration: structure({ containerUri: CONTAINER_URI }).optional(),
    codeConfiguration: structure({
      code: structure({
        s3: structure({ bucket: CODE.bucket, prefix: CODE.prefix, versionId: CODE.versionId }).optional(),
      }),
      runtime: CODE.runtime,
      entryPoint: CODE.entryPoint,
    }).optional(),
  }),
  roleArn: ROLE_ARN,
  networkConfiguration: structure({
    networkMode: oneOf(NETWORK_MODES),
    networkModeConfig: structure({
      securityGroups: listOf(text(20, "sg-[0-9a-zA-Z]{8,17}"), MAX_VPC_ENTRIES, 1),
      subnets: listOf(text(24, "subnet-[0-9a-zA-Z]{8,17}"), MAX_VPC_ENTRIES, 1),
    }).optional(),
  }).optional(),
  description: text(MAX_RUNTIME_DESCRIPTION, undefined, 1).optional(),
  protocolConfiguration: structure({ serverProtocol: oneOf(SERVER_PROTOCOLS) }).optional(),
  authorizerConfiguration: AUTHORIZER_CONFIGURATION.optional(),
  requestHeaderConfiguration: structure({ requestHeaderAllowlist: HEADER_ALLOWLIST.optional() }).optional(),
  lifecycleConfiguration: structure({
    idleRuntimeSessionTimeout: LIFETIME.optional(),
    maxLifetime: LIFETIME.optional(),
  }).optional(),
  environmentVariables: ENVIRONMENT_VARIABLES.optional(),
  filesystemConfigurations: NOT_EMULATED,
  capacityProviderConfiguration: NOT_EMULATED,
});
const BY_ID = structure({ agentRuntimeId: RUNTIME_ID });
const MOST_LISTED = 100;

const RUNTIME = "/runtimes/:agentRuntimeId";

/** The operations of runtimes and their versions. */
export function agentRuntimeOperations(runtimes: AgentRuntimes): RestJsonOperation[] {
  return [
    operation(
      "CreateAgentRuntime",
      "PUT /runtimes",
      202,
      CONFIGURATION.extend({ agentRuntimeName: RUNTIME_NAME, clientToken: CLIENT_TOKEN, tags: TAGS.optional() }),
      (request) => {
        const runtime = runtimes.create(readSettings(request.agentRuntimeName, request), request.tags);
        return { ...identityShape(runtime), createdAt: createdAt(runtime), status: runtime.status };
      },
    ),
    operation(
      "GetAgentRuntime",
      `GET ${RUNTIME}`,
      200,
      BY_ID.extend({ version: RUNTIME_VERSION.optional() }),
      (request) => {
        const runtime = runtimes.get(request.agentRuntimeId);
        return runtimeShape(runtime, runtime.version(request.version));
      },
    ),
    operation("UpdateAgentRuntime", `PUT ${RUNTIME}`, 202, CONFIGURATION.extend(BY_ID.shape), (request) => {
      const { agentRuntimeName } = runtimes.get(request.agentRuntimeId).declaration;
      const runtime = runtimes.update(request.agentRuntimeId, readSettings(agentRuntimeName, request));
      const times = { createdAt: createdAt(runtime), lastUpdatedAt: isoTime(runtime.latest.createdAt) };
      return { ...identityShape(runtime), ...times, status: runtime.status };
    }),
    operation(
      "DeleteAgentRuntime",
      `DELETE ${RUNTIME}`,
      202,
      BY_ID.extend({ clientToken: CLIENT_TOKEN, version: NOT_EMULATED }),
      (request) => {
        const { status } = runtimes.delete(request.agentRuntimeId);
        return { status, agentRuntimeId: request.agentRuntimeId };
      },
    ),
    listOperation("ListAgentRuntimes", "POST /runtimes", structure({}), MOST_LISTED, "agentRuntimes", () =>
      runtimes.all().map((runtime) => summary(runtime, runtime.latest)),
    ),
    listOperation(
      "ListAgentRuntimeVersions",
      `POST ${RUNTIME}/versions`,
      BY_ID,
      MOST_LISTED,
      "agentRuntimes",
      ({ agentRuntimeId }) => {
        const runtime = runtimes.get(agentRuntimeId);
        return runtime.versions.map((version) => summary(runtime, version));
      },
    ),
  ];
}

function readSettings(agentRuntimeName: string, request: z.output<typeof CONFIGURATION>): AgentRuntimeSettings {
  const { roleArn, description, networkConfiguration, lifecycleConfiguration, environmentVariables = {} } = request;
  return {
    agentRuntimeName,
    roleArn,
    description,
    containerUri: request.agentRuntimeArtifact.containerConfiguration?.containerUri,
    code: readCode(request.agentRuntimeArtifact.codeConfiguration),
    networkMode: networkConfiguration?.networkMode ?? "PUBLIC",
    networkModeConfig: networkConfiguration?.networkModeConfig,
    serverProtocol: request.protocolConfiguration?.serverProtocol ?? "HTTP",
    customJwtAuthorizer: readAuthorizer(request.authorizerConfiguration),
    environmentVariables,
    requestHeaderAllowlist: request.requestHeaderConfiguration?.requestHeaderAllowlist ?? [],
    lifecycleConfiguration: { ...DEFAULT_LIFECYCLE, ...lifecycleConfiguration },
  };
}

type CodeConfiguration = z.output<typeof CONFIGURATION>["agentRuntimeArtifact"]["codeConfiguration"];

function readCode(configuration: CodeConfiguration): AgentRuntimeSettings["code"] {
  const s3 = configuration?.code.s3;
  return configuration && s3 && { ...s3, runtime: configuration.runtime, entryPoint: configuration.entryPoint };
}

function artifactShape({ containerUri, code }: AgentRuntimeSettings): object {
  if (code === undefined) return { containerConfiguration: { containerUri } };
  const { runtime, entryPoint, ...s3 } = code;
  return { codeConfiguration: { code: { s3 }, runtime, entryPoint } };
}

function identityShape({ attributes }: AgentRuntime): object {
  const { agentRuntimeArn, agentRuntimeId, agentRuntimeVersion, workloadIdentityArn } = attributes;
  return { agentRuntimeArn, agentRuntimeId, agentRuntimeVersion, workloadIdentityDetails: { workloadIdentityArn } };
}

function runtimeShape(runtime: AgentRuntime, version: AgentRuntimeVersion): object {
  const { declaration } = version;
  const { description, roleArn, requestHeaderAllowlist, networkMode, networkModeConfig } = declaration;
  const { lifecycleConfiguration = DEFAULT_LIFECYCLE, environmentVariables } = declaration;
  return {
    ...identityShape(runtime),
    ...summary(runtime, version),
    description,
    createdAt: createdAt(runtime),
    roleArn,
    agentRuntimeArtifact: artifactShape(declaration),
    networkConfiguration: { networkMode, networkModeConfig },
    lifecycleConfiguration,
    protocolConfiguration: { serverProtocol: declaration.serverProtocol },
    environmentVariables,
    authorizerConfiguration: authorizerShape(declaration.customJwtAuthorizer),
    requestHeaderConfiguration: requestHeaderAllowlist.length === 0 ? undefined : { requestHeaderAllowlist },
  };
}

function summary(
  { attributes, status }: AgentRuntime,
  { version, declaration, createdAt: lastUpdatedAt }: AgentRuntimeVersion,
): object {
  return {
    agentRuntimeArn: attributes.agentRuntimeArn,
    agentRuntimeId: attributes.agentRuntimeId,
    agentRuntimeVersion: version,
    agentRuntimeName: declaration.agentRuntimeName,
    // A list requires it, a runtime need not have it.
    description: declaration.description ?? "",
    lastUpdatedAt: isoTime(lastUpdatedAt),
    status,
  };
}

function createdAt({ versions, latest }: AgentRuntime): string {
  return isoTime((versions[0] ?? latest).createdAt);
}
