// The rate limits of a gateway through their lives, by the AWS SDK.
import { ONCE, pagesOf, refusals, sdk, show, waitUntil, waitUntilGone } from "../../../support/aws-sdk-session.mjs";

const Control = sdk("bedrock-agentcore-control");
const control = new Control.BedrockAgentCoreControl(ONCE);
const [{ gatewayId }] = (await control.listGateways({})).items;
const home = { gatewayIdentifier: gatewayId };
const SUB = "$.context.jwt.sub";
const requests = (rate, period = "second") => ({ requests: [{ rate, period }] });
const ofTarget = (targetName, rate) => ({ dimensions: { targetName }, ...requests(rate) });

const perTarget = { ...home, dimensionKeys: ["targetName"], entries: [ofTarget("tools", 100), ofTarget("*", 10)] };
const created = await control.createGatewayRateLimit({ ...perTarget, description: "Per target" });
const { rateLimitId } = created;
const limit = { ...home, rateLimitId };
const active = await waitUntil("ACTIVE", () => control.getGatewayRateLimit(limit));
const clientToken = "0123456789-0123456789-0123456789-abc";
const named = {
  ...home,
  rateLimitId: "per-caller.rpm_1",
  dimensionKeys: [SUB, "toolName"],
  entries: [
    {
      dimensions: { [SUB]: "*", toolName: "*" },
      ...requests(0.5, "minute"),
      connections: [{ rate: 3, period: "second" }],
    },
  ],
  clientToken,
};
const twice = [await control.createGatewayRateLimit(named), await control.createGatewayRateLimit(named)];
show({
  created: [created.status, created.$metadata.httpStatusCode, /^[0-9a-z]{10}$/.test(rateLimitId)],
  active: { ...active, rateLimitId: undefined, gatewayIdentifier: active.gatewayIdentifier === gatewayId },
  dates: [active.createdAt, active.updatedAt].every((value) => value instanceof Date),
  once: twice.map((answer) => answer.rateLimitId),
});
await waitUntil("ACTIVE", () => control.getGatewayRateLimit({ ...home, rateLimitId: named.rateLimitId }));

const entry = (dimensions, metrics = requests(1)) => ({ entries: [{ dimensions, ...metrics }] });
const header = "$.context.request.header.X-Tier";
const create = (input) => control.createGatewayRateLimit({ ...home, ...input });
show({
  refused: await refusals("bedrock-agentcore-control", {
    sameKeys: create(perTarget),
    sameKeysTurned: create({ dimensionKeys: ["toolName", SUB], ...entry({ [SUB]: "*", toolName: "*" }) }),
    sameId: create({ rateLimitId, dimensionKeys: ["toolName"], ...entry({ toolName: "*" }) }),
    unknownGateway: create({ ...perTarget, gatewayIdentifier: "nowhere-0123456789" }),
    unknownLimit: control.getGatewayRateLimit({ ...home, rateLimitId: "nowhere" }),
    unknownKey: create({ dimensionKeys: ["userName"], ...entry({ userName: "*" }) }),
    keyTwice: create({ dimensionKeys: ["toolName", "toolName"], ...entry({ toolName: "*" }) }),
    missingKey: create({ dimensionKeys: ["toolName", "targetName"], ...entry({ toolName: "*" }) }),
    leadingStar: create({ dimensionKeys: ["targetName", "toolName"], ...entry({ targetName: "*", toolName: "a" }) }),
    untrusted: create({ dimensionKeys: [header], ...entry({ [header]: "*" }) }),
    tokensBySecond: create({
      dimensionKeys: ["toolName"],
      ...entry({ toolName: "*" }, { tokens: [{ rate: 1, period: "second" }] }),
    }),
    connectionsByMinute: create({
      dimensionKeys: ["toolName"],
      ...entry({ toolName: "*" }, { connections: [{ rate: 1, period: "minute" }] }),
    }),
    tooFast: create({ dimensionKeys: ["toolName"], ...entry({ toolName: "*" }, requests(10_000_001)) }),
    noEntries: create({ dimensionKeys: ["toolName"], entries: [] }),
    longText: create({ dimensionKeys: ["toolName"], ...entry({ toolName: "*" }), description: "a".repeat(513) }),
    otherKeys: control.batchPutGatewayRateLimits({
      ...home,
      rateLimits: [{ rateLimitId, dimensionKeys: ["toolName"], ...entry({ toolName: "*" }) }],
    }),
    idTwice: control.batchPutGatewayRateLimits({
      ...home,
      rateLimits: ["toolName", SUB].map((key) => ({
        rateLimitId: "own",
        dimensionKeys: [key],
        ...entry({ [key]: "*" }),
      })),
    }),
  }),
});

const updated = await control.updateGatewayRateLimit({ ...limit, entries: [ofTarget("*", 20)] });
await waitUntil("ACTIVE", () => control.getGatewayRateLimit(limit));
const put = await control.batchPutGatewayRateLimits({
  ...home,
  rateLimits: [
    { dimensionKeys: ["targetName"], entries: [ofTarget("*", 30)] },
    { dimensionKeys: ["$.context.iam.principal", header], ...entry({ "$.context.iam.principal": "*", [header]: "*" }) },
  ],
});
const ids = ({ rateLimits }) => rateLimits.length;
const paginated = Control.paginateListGatewayRateLimits({ client: control, pageSize: 2 }, { ...home });
show({
  updated: [updated.status, updated.description, updated.entries],
  put: put.rateLimits.map((answer) => [answer.status, answer.dimensionKeys[0], answer.rateLimitId === rateLimitId]),
  pages: await pagesOf(paginated, ids),
});
await waitUntil("ACTIVE", () => control.getGatewayRateLimit(limit));

const many = Array.from({ length: 48 }, (_, number) => ({
  dimensionKeys: [`$.context.jwt.claim_${number}`],
  ...entry({ [`$.context.jwt.claim_${number}`]: "*" }),
}));
const tooMany = control.batchPutGatewayRateLimits({ ...home, rateLimits: many });
const quota = await refusals("bedrock-agentcore-control", { tooMany });
const { status } = await control.deleteGatewayRateLimit(limit);
await waitUntilGone(Control, () => control.getGatewayRateLimit(limit));
show({ quota, deleted: status, left: (await control.listGatewayRateLimits(home)).rateLimits.length });

const { roleArn } = await control.getGateway(home);
const other = await control.createGateway({ name: "other", roleArn, protocolType: "MCP", authorizerType: "NONE" });
const own = { gatewayIdentifier: other.gatewayId };
await waitUntil("READY", () => control.getGateway(own));
const { rateLimitId: ofOther } = await control.createGatewayRateLimit({ ...perTarget, ...own });
await control.deleteGateway(own);
await waitUntilGone(Control, () => control.getGatewayRateLimit({ ...own, rateLimitId: ofOther }));
show({ goneWithGateway: true });
