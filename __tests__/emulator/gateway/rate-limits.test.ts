import type { LimitedDimensions } from "../../../aws/agentcore/rate-limits";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { admit } from "../../../emulator/cloud/gateway/rate-limits/rate-limit-admission";
import { dimensionValue, type LimitedRequest } from "../../../emulator/cloud/gateway/rate-limits/rate-limit-dimensions";
import { MOST_BUCKETS, Throttle } from "../../../emulator/cloud/gateway/throttle";
import { HttpHeaders } from "../../../emulator/cloud/network/http-message";
import type { ValueObject } from "../../../topology";

const SUB = "$.context.jwt.sub";
const rates = (rate: number, period = "second") => [{ rate, period }];

/** A gateway with the target `tools` and these rate limits, by id. */
function gatewayWith(limits: Readonly<Record<string, LimitedDimensions>>): Gateway {
  return {
    targets: [{ declaration: { name: "tools" } }],
    rateLimits: Object.entries(limits).map(([id, limited]) => ({ throttle: new Throttle(id, limited) })),
  } as unknown as Gateway;
}

function requestOf(gateway: Gateway, others: Partial<LimitedRequest> = {}): LimitedRequest {
  const body = { method: "tools/call", params: { name: "tools___add" } };
  return { gateway, caller: { claims: { sub: "ann" } }, headers: new HttpHeaders(), body, ...others };
}

const none = gatewayWith({});
const called = (name: string, method = "tools/call"): ValueObject => ({ method, params: { name } });

test.each<[key: string, request: Partial<LimitedRequest>, value: string | undefined]>([
  ["targetName", {}, "tools"],
  ["targetName", { body: called("tools___greeting", "prompts/get") }, "tools"],
  ["targetName", { body: called("others___add") }, undefined],
  ["targetName", { body: { method: "tools/list" } }, undefined],
  ["targetName", { body: undefined, targetName: "agent" }, "agent"],
  ["toolName", {}, "tools___add"],
  ["toolName", { body: called("tools___greeting", "prompts/get") }, undefined],
  ["toolName", { body: called("x_amz_bedrock_agentcore_search") }, undefined],
  ["qualifiedModelId", {}, undefined],
  [SUB, {}, "ann"],
  [SUB, { caller: {} }, undefined],
  [SUB, { caller: { arn: "arn:aws:iam::123456789012:root" } }, undefined],
  ["$.context.jwt.team", {}, undefined],
  ["$.context.jwt.roles", { caller: { claims: { roles: ["Advanced", "Beta"] } } }, '["Advanced", "Beta"]'],
  ["$.context.jwt.roles", { caller: { claims: { roles: [["deep"]] } } }, undefined],
  ["$.context.request.header.X-Tier", { headers: new HttpHeaders({ "x-tier": "g".repeat(300) }) }, "g".repeat(256)],
  ["$.context.jwt.level", { caller: { claims: { level: 3 } } }, "3"],
  ["$.context.jwt.org.team", { caller: { claims: { org: { team: "a" } } } }, "a"],
  ["$.context.jwt.org.team", { caller: { claims: { "org.team": "b" } } }, "b"],
  ["$.context.jwt.org", { caller: { claims: { org: { team: "a" } } } }, undefined],
  [
    "$.context.iam.principal",
    { caller: { principal: "arn:aws:iam::123456789012:root" } },
    "arn:aws:iam::123456789012:root",
  ],
  ["$.context.iam.principal", {}, undefined],
  ["$.context.iam.sourceIdentity", { caller: { arn: "arn:aws:iam::123456789012:root" } }, undefined],
  ["$.context.request.header.X-Tier", { headers: new HttpHeaders({ "x-tier": "gold" }) }, "gold"],
  ["$.context.request.header.X-Tier", {}, undefined],
  ["$.context.request.body.params.name", {}, "tools___add"],
  ["$.context.request.body.params.name", { body: undefined }, undefined],
])("of %s a request %j has %j", (key, request, value) => {
  expect(dimensionValue(requestOf(none, request), key)).toBe(value);
});

/** The first rate that the entries have is what tells them apart. */
const entry = (rate: number, ...values: readonly string[]) => ({
  dimensions: Object.fromEntries(values.map((value, index) => [["targetName", "toolName", SUB][index] ?? "", value])),
  requests: rates(rate),
});

test("the most specific entry counts, with * for one value after the other from the last", () => {
  const entries = [
    entry(1, "*", "*", "*"),
    entry(2, "target1", "*", "*"),
    entry(3, "target1", "readData", "*"),
    entry(4, "target1", "readData", "alice"),
  ];
  const throttle = new Throttle("limit", { dimensionKeys: ["targetName", "toolName", SUB], entries });
  const rateOf = (...values: readonly (string | undefined)[]) =>
    throttle.match((key) => values[throttle.dimensionKeys.indexOf(key)])?.entry.requests?.[0]?.rate;
  expect(rateOf("target1", "readData", "alice")).toBe(4);
  expect(rateOf("target1", "readData", "bob")).toBe(3);
  expect(rateOf("target1", "writeData", "alice")).toBe(2);
  expect(rateOf("target2", "readData", "alice")).toBe(1);
  expect(rateOf("target1", "readData", undefined)).toBeUndefined();
  const only = new Throttle("limit", { dimensionKeys: ["targetName"], entries: [entry(1, "target1")] });
  expect(only.match(() => "target2")).toBeUndefined();
});

test("each value of * has a bucket of its own, that is full again a period after its first request", () => {
  const limit = { dimensionKeys: [SUB], entries: [{ dimensions: { [SUB]: "*" }, requests: rates(2, "minute") }] };
  const gateway = gatewayWith({ limit });
  const at = (now: number, sub = "ann") =>
    admit(requestOf(gateway, { caller: { claims: { sub } } }), now).throttled?.retryAfter;
  expect([at(500), at(1_000), at(1_500), at(1_500, "bob")]).toEqual([undefined, undefined, 59, undefined]);
  expect([at(60_499), at(60_500), at(60_501), at(60_502)]).toEqual([1, undefined, undefined, 60]);
  // A clock that was set back.
  expect(at(0)).toBeUndefined();
});

test("a rate of 0 lets nothing through, and half of one a period lets one", () => {
  const blocked = { dimensionKeys: [SUB], entries: [{ dimensions: { [SUB]: "ann" }, requests: rates(0, "minute") }] };
  expect(admit(requestOf(gatewayWith({ blocked })), 0).throttled).toEqual({
    rateLimitId: "blocked",
    bucket: `${SUB}=ann`,
    metric: "requests",
    rate: { rate: 0, period: "minute" },
    retryAfter: 60,
  });
  const half = { dimensionKeys: [SUB], entries: [{ dimensions: { [SUB]: "*" }, requests: rates(0.5) }] };
  const gateway = gatewayWith({ half });
  expect([0, 1, 1_000].map((now) => admit(requestOf(gateway), now).throttled?.retryAfter)).toEqual([
    undefined,
    1,
    undefined,
  ]);
});

test("limits with more keys are asked first, of these the tighter ones, and none after the one that denies", () => {
  const entries = (key: string, rate: number, period = "second") => [
    { dimensions: { [key]: "*" }, requests: rates(rate, period) },
  ];
  const gateway = gatewayWith({
    wide: { dimensionKeys: ["targetName"], entries: entries("targetName", 5) },
    tight: { dimensionKeys: [SUB], entries: entries(SUB, 60, "minute") },
    both: {
      dimensionKeys: ["toolName", SUB],
      entries: [{ dimensions: { toolName: "*", [SUB]: "*" }, requests: rates(9), connections: rates(1) }],
    },
    skipped: { dimensionKeys: ["$.context.jwt.team"], entries: entries("$.context.jwt.team", 0) },
  });
  const both = ["both:requests:tools___add,ann", "both:connections:tools___add,ann"];
  const first = admit(requestOf(gateway), 0);
  expect(first.evaluated).toEqual([...both, "tight:requests:ann", "wide:requests:tools"]);
  const second = admit(requestOf(gateway), 0);
  expect([second.evaluated, second.throttled]).toMatchObject([both, { metric: "connections", retryAfter: 1 }]);
  first.release();
  first.release();
  expect(admit(requestOf(gateway), 0).throttled).toBeUndefined();
});

test("a connection that one limit gave comes back where another denies", () => {
  const gateway = gatewayWith({
    both: {
      dimensionKeys: ["toolName", SUB],
      entries: [{ dimensions: { toolName: "*", [SUB]: "*" }, connections: rates(1) }],
    },
    blocked: { dimensionKeys: [SUB], entries: [{ dimensions: { [SUB]: "*" }, requests: rates(0) }] },
  });
  const denied = () => admit(requestOf(gateway), 0).throttled?.rateLimitId;
  expect([denied(), denied()]).toEqual(["blocked", "blocked"]);
});

test("a limit keeps so many buckets and no more: the oldest is forgotten", () => {
  const throttle = new Throttle("limit", { dimensionKeys: [SUB], entries: [] });
  const [rate] = rates(1, "minute");
  if (!rate) throw new Error("There is no rate.");
  const take = (value: number | string) => throttle.takeRequest([String(value)], rate, 0);
  expect([take("oldest"), take("second")]).toEqual([undefined, undefined]);
  for (let count = 2; count <= MOST_BUCKETS; count++) take(count);
  expect([take("second"), take("oldest")]).toEqual([60, undefined]);
});
