import type { Block } from "../arguments/block";
import { resourceReader, type ShownResource } from "./reader";
import { REST_API, refersToOneOf } from "./rest-api";

/** What callers of stages show, where a usage plan has the stage and the key. */
export const apiKey = resourceReader({
  type: "aws_api_gateway_api_key",
  kind: "apiKey",
  onDemand: ["name", "value", "enabled"],
  read: (args) => ({
    name: args.optionalText("name"),
    value: args.optionalText("value"),
    enabled: args.optionalBoolean("enabled") ?? true,
  }),
  assigned: ["id", "arn", "value"],
  attributes: (_, { id, arn, value }: { readonly id: string; readonly arn: string; readonly value: string }) => ({
    id,
    arn,
    value,
  }),
});

const USAGE_PLAN = "aws_api_gateway_usage_plan";

export const usagePlan = resourceReader({
  type: USAGE_PLAN,
  kind: "usagePlan",
  onDemand: ["name", "api_stages"],
  partsOf: (read) => {
    const isOfApi = refersToOneOf(read, REST_API);
    return ({ arguments: plan }) => plan.blocks("api_stages").some((stage: Block) => isOfApi(stage.text("api_id")));
  },
  read: (args) => ({
    name: args.text("name"),
    apiStages: args.blocks("api_stages").map((stage) => ({ apiId: stage.text("api_id"), stage: stage.text("stage") })),
  }),
  assigned: ["id", "arn"],
  attributes: (_, { id, arn }: { readonly id: string; readonly arn: string }) => ({ id, arn }),
});

export const usagePlanKey = resourceReader({
  type: "aws_api_gateway_usage_plan_key",
  kind: "usagePlanKey",
  onDemand: ["key_id", "usage_plan_id"],
  partsOf: (read) => {
    const isOfPlan = refersToOneOf(read, USAGE_PLAN);
    return ({ arguments: key }: ShownResource) => isOfPlan(key.text("usage_plan_id"));
  },
  read: (args) => ({ keyId: args.text("key_id"), usagePlanId: args.text("usage_plan_id") }),
  assigned: ["id"],
  attributes: ({ keyId }) => ({ id: keyId }),
});
