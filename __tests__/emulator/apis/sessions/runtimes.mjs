// Runtimes, their versions and endpoints through their lives.
import { ONCE, pagesOf, refusal, sdk, show, waitUntil, waitUntilGone } from "../../../support/aws-sdk-session.mjs";

const Control = sdk("bedrock-agentcore-control");
const control = new Control.BedrockAgentCoreControl(ONCE);
const refused = (call) => refusal("bedrock-agentcore-control", call);
const client = control;

const { agentRuntimes } = await control.listAgentRuntimes({});
const model = await control.getAgentRuntime({ agentRuntimeId: agentRuntimes[0].agentRuntimeId });
const { agentRuntimeArtifact, roleArn, networkConfiguration, protocolConfiguration } = model;
const settings = { agentRuntimeArtifact, roleArn, networkConfiguration, protocolConfiguration };
const created = await control.createAgentRuntime({
  ...settings,
  agentRuntimeName: "second",
  environmentVariables: { A: "1" },
});
const runtime = { agentRuntimeId: created.agentRuntimeId };
const ready = await waitUntil("READY", () => control.getAgentRuntime(runtime));
show({
  created: [created.status, created.agentRuntimeVersion],
  times: [ready.createdAt, ready.lastUpdatedAt].map((time) => time instanceof Date),
});
show({
  taken: await refused(control.createAgentRuntime({ ...settings, agentRuntimeName: "second" })),
  hyphen: await refused(control.createAgentRuntime({ ...settings, agentRuntimeName: "no-hyphens" })),
  noRole: await refused(
    control.createAgentRuntime({
      ...settings,
      agentRuntimeName: "third",
      roleArn: roleArn.replace(/[^/]+$/, "nobody"),
    }),
  ),
  noVersion: await refused(control.getAgentRuntime({ ...runtime, agentRuntimeVersion: "9" })),
  unknown: await refused(control.getAgentRuntime({ agentRuntimeId: "nothing-0123456789" })),
});
const pinned = await control.createAgentRuntimeEndpoint({ ...runtime, name: "pinned", agentRuntimeVersion: "1" });
await waitUntil("READY", () => control.getAgentRuntimeEndpoint({ ...runtime, endpointName: "pinned" }));
const updated = await control.updateAgentRuntime({ ...settings, ...runtime });
await waitUntil("READY", () => control.getAgentRuntime(runtime));
show({ pinned: pinned.targetVersion, updated: [updated.status, updated.agentRuntimeVersion] });
const versions = (page) => page.agentRuntimes.map(({ agentRuntimeVersion }) => agentRuntimeVersion);
const endpoints = (page) => page.runtimeEndpoints.map(({ name, liveVersion }) => [name, liveVersion]);
show({
  runtimePages: await pagesOf(
    Control.paginateListAgentRuntimes({ client, pageSize: 1 }, {}),
    (page) => page.agentRuntimes.length,
  ),
  versionPages: await pagesOf(
    Control.paginateListAgentRuntimeVersions({ client, pageSize: 1 }, { ...runtime }),
    versions,
  ),
  endpointPages: await pagesOf(
    Control.paginateListAgentRuntimeEndpoints({ client, pageSize: 1 }, { ...runtime }),
    endpoints,
  ),
});
const moved = await control.updateAgentRuntimeEndpoint({
  ...runtime,
  endpointName: "pinned",
  agentRuntimeVersion: "2",
});
show({
  moved: moved.targetVersion,
  defaultStays: await refused(control.deleteAgentRuntimeEndpoint({ ...runtime, endpointName: "DEFAULT" })),
});
show({ deletingEndpoint: (await control.deleteAgentRuntimeEndpoint({ ...runtime, endpointName: "pinned" })).status });
await waitUntilGone(Control, () => control.getAgentRuntimeEndpoint({ ...runtime, endpointName: "pinned" }));
show({ deleting: (await control.deleteAgentRuntime(runtime)).status });
await waitUntilGone(Control, () => control.getAgentRuntime(runtime));
