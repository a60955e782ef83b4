// Gateways and targets through their lives, beside those that Terraform declared.
import { ONCE, pagesOf, refusal, sdk, show, waitUntil, waitUntilGone } from "../../../support/aws-sdk-session.mjs";

const Control = sdk("bedrock-agentcore-control");
const control = new Control.BedrockAgentCoreControl(ONCE);
const refused = (call) => refusal("bedrock-agentcore-control", call);

const { items: declared } = await control.listGateways({});
const home = { gatewayIdentifier: declared[0].gatewayId };
const { roleArn, authorizerConfiguration, gatewayArn } = await control.getGateway(home);
const settings = { roleArn, authorizerConfiguration, protocolType: "MCP", authorizerType: "CUSTOM_JWT" };
const created = await control.createGateway({ ...settings, name: "Second-One", tags: { team: "tools" } });
const gateway = { gatewayIdentifier: created.gatewayId };
const ready = await waitUntil("READY", () => control.getGateway(gateway));
show({ created: created.status, ready: [ready.name, ready.createdAt instanceof Date, ready.protocolType] });
show({
  taken: await refused(control.createGateway({ ...settings, name: "Second-One" })),
  invalid: await refused(
    control.createGateway({ ...settings, name: "no_underscores", roleArn: "arn:aws:iam::1:user/me" }),
  ),
  byArn: await refused(control.getGateway({ gatewayIdentifier: gatewayArn })),
  unknown: await refused(control.getGateway({ gatewayIdentifier: "nothing-0123456789" })),
  unknownOperation: await refused(control.listMemories({})),
});
const names = ({ items }) => items.map(({ name }) => name);
show({ pages: await pagesOf(Control.paginateListGateways({ client: control, pageSize: 1 }, {}), names) });
show({ badPage: await refused(control.listGateways({ nextToken: "x" })) });
const updated = await control.updateGateway({ ...settings, ...gateway, name: "Second-One", description: "changed" });
show({ updated: [updated.status, updated.description] });
await waitUntil("READY", () => control.getGateway(gateway));

const { items: targets } = await control.listGatewayTargets(home);
const { targetConfiguration, credentialProviderConfigurations } = await control.getGatewayTarget({
  ...home,
  targetId: targets[0].targetId,
});
const again = { ...home, name: "again", targetConfiguration, credentialProviderConfigurations };
const target = await control.createGatewayTarget(again);
const where = { ...home, targetId: target.targetId };
const { lastSynchronizedAt } = await waitUntil("READY", () => control.getGatewayTarget(where));
show({ target: [target.status, lastSynchronizedAt instanceof Date] });
show({
  targetTaken: await refused(control.createGatewayTarget(again)),
  plainHttp: await refused(
    control.createGatewayTarget({
      ...home,
      name: "plain",
      targetConfiguration: { mcp: { mcpServer: { endpoint: "http://x" } } },
    }),
  ),
  targetPages: await pagesOf(Control.paginateListGatewayTargets({ client: control, pageSize: 1 }, { ...home }), names),
});
const synchronizing = await control.synchronizeGatewayTargets({ ...home, targetIdList: [target.targetId] });
show({ synchronizing: synchronizing.targets.map(({ name, status }) => [name, status]) });
await waitUntil("READY", () => control.getGatewayTarget(where));
const nowhere = { mcp: { mcpServer: { endpoint: "https://nowhere.example.com/mcp" } } };
await control.updateGatewayTarget({ ...where, name: "again", targetConfiguration: nowhere });
show({ unsuccessful: (await waitUntil("UPDATE_UNSUCCESSFUL", () => control.getGatewayTarget(where))).statusReasons });
show({ deletingTarget: (await control.deleteGatewayTarget(where)).status });
await waitUntilGone(Control, () => control.getGatewayTarget(where));

const resourceArn = created.gatewayArn;
await control.tagResource({ resourceArn, tags: { stage: "test", owner: "me" } });
await control.untagResource({ resourceArn, tagKeys: ["owner"] });
show({ tags: (await control.listTagsForResource({ resourceArn })).tags });
show({ deleting: (await control.deleteGateway(gateway)).status });
await waitUntilGone(Control, () => control.getGateway(gateway));
