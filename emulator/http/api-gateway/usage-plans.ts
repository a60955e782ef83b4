import { z } from "zod";

import type { ApiKey, ApiKeys } from "../../cloud/api-gateway/api-keys";
import { patchPath } from "../../cloud/api-gateway/errors";
import type { ApiStage, UsagePlan, UsagePlans } from "../../cloud/api-gateway/usage-plans";
import type { Tags } from "../../cloud/tags";
import {
  boolean,
  integer,
  listOf,
  NOT_EMULATED,
  number,
  oneOf,
  structure,
  text,
  UNBOUNDED,
} from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP } from "../protocols/tag-list";
import { FLAG, NUMBER, PATCH, patched } from "./patch";

const ID = text(UNBOUNDED, undefined, 1);
const TEXT = text(UNBOUNDED).optional();

/** Botocore `apigateway/2015-07-09`, `CreateApiKeyRequest`. */
const NEW_KEY = structure({
  name: TEXT,
  description: TEXT,
  enabled: FLAG.default(false),
  generateDistinctId: boolean().optional(),
  // The AWS provider for Terraform sends one that it was not given as an empty text.
  value: z.preprocess((value) => value || undefined, TEXT),
  customerId: TEXT,
  tags: TAG_MAP.optional(),
  stageKeys: NOT_EMULATED,
});
const CHANGEABLE_KEY = NEW_KEY.pick({ name: true, description: true, enabled: true, customerId: true });
const BY_KEY = structure({ keyId: ID });
const SHOWING = { includeValue: FLAG.default(false) };
const SHOWING_ALL = structure({ includeValues: SHOWING.includeValue, name: TEXT });

const LIMIT = z.preprocess(NUMBER, integer(0, Number.MAX_SAFE_INTEGER)).optional();
const RATE = z.preprocess(NUMBER, number(0, Infinity)).optional();

/** Botocore, `CreateUsagePlanRequest`. */
const NEW_PLAN = structure({
  name: text(UNBOUNDED, undefined, 1),
  description: TEXT,
  productCode: TEXT,
  apiStages: listOf(structure({ apiId: ID, stage: ID, throttle: NOT_EMULATED }), UNBOUNDED).default([]),
  throttle: structure({ burstLimit: LIMIT, rateLimit: RATE }).optional(),
  quota: structure({ limit: LIMIT, offset: LIMIT, period: oneOf(["DAY", "WEEK", "MONTH"]).optional() }).optional(),
  tags: TAG_MAP.optional(),
});
const CHANGEABLE_PLAN = NEW_PLAN.omit({ apiStages: true, tags: true });
const BY_PLAN = structure({ planId: ID });

const KEYS = "/apikeys";
const KEY = `${KEYS}/:keyId`;
const PLANS = "/usageplans";
const PLAN = `${PLANS}/:planId`;
const PLAN_KEYS = `${PLAN}/keys`;
const PLAN_KEY = `${PLAN_KEYS}/:keyId`;

/** The keys of an account. */
export function apiKeyOperations(keys: ApiKeys, tags: Tags): RestJsonOperation[] {
  const shapeOf = ({ id, arn, name, value, enabled, inert, createdAt, updatedAt }: ApiKey, isShown: boolean) => ({
    id,
    name,
    ...(isShown && { value }),
    enabled,
    ...inert,
    createdDate: createdAt / 1_000,
    lastUpdatedDate: updatedAt / 1_000,
    stageKeys: [],
    tags: tags.list(arn),
  });
  return [
    operation("CreateApiKey", `POST ${KEYS}`, 201, NEW_KEY, ({ name, value, enabled, tags: given, ...inert }) =>
      shapeOf(keys.create({ name, value, enabled }, inert, given), true),
    ),
    operation("GetApiKeys", `GET ${KEYS}`, 200, SHOWING_ALL, ({ includeValues, name = "" }) => ({
      item: keys
        .all()
        .filter((key) => (key.name ?? "").startsWith(name))
        .map((key) => shapeOf(key, includeValues)),
    })),
    operation("GetApiKey", `GET ${KEY}`, 200, BY_KEY.extend(SHOWING), ({ keyId, includeValue }) =>
      shapeOf(keys.get(keyId), includeValue),
    ),
    operation("UpdateApiKey", `PATCH ${KEY}`, 200, BY_KEY.extend(PATCH), ({ keyId, patchOperations }) => {
      const { name: before, enabled: was, inert: kept } = keys.get(keyId);
      const { name, enabled, ...inert } = patched(
        { name: before, enabled: was, ...kept },
        patchOperations,
        CHANGEABLE_KEY,
      );
      return shapeOf(keys.update(keyId, { name, enabled, inert }), false);
    }),
    operation("DeleteApiKey", `DELETE ${KEY}`, 202, BY_KEY, ({ keyId }) => keys.delete(keyId)),
  ];
}

/** Which keys open which stages. */
export function usagePlanOperations(plans: UsagePlans, tags: Tags): RestJsonOperation[] {
  const shapeOf = ({ id, arn, name, apiStages, inert }: UsagePlan) => ({
    id,
    name,
    apiStages,
    ...inert,
    tags: tags.list(arn),
  });
  const keyShape = ({ id, name, value }: ApiKey) => ({ id, type: "API_KEY", name, value });
  const BY_PLAN_KEY = BY_PLAN.extend({ keyId: ID });
  return [
    operation("CreateUsagePlan", `POST ${PLANS}`, 201, NEW_PLAN, ({ name, apiStages, tags: given, ...inert }) =>
      shapeOf(plans.create({ name, apiStages }, inert, given)),
    ),
    operation("GetUsagePlans", `GET ${PLANS}`, 200, structure({ keyId: TEXT }), ({ keyId }) => ({
      item: plans
        .all()
        .filter(({ keys }) => keyId === undefined || keys.has(keyId))
        .map(shapeOf),
    })),
    operation("GetUsagePlan", `GET ${PLAN}`, 200, BY_PLAN, ({ planId }) => shapeOf(plans.get(planId))),
    operation("UpdateUsagePlan", `PATCH ${PLAN}`, 200, BY_PLAN.extend(PATCH), ({ planId, patchOperations }) => {
      const plan = plans.get(planId);
      const ofStages = patchOperations.filter(({ path }) => path.startsWith("/apiStages"));
      const others = patchOperations.filter((each) => !ofStages.includes(each));
      const { name, ...inert } = patched({ name: plan.name, ...plan.inert }, others, CHANGEABLE_PLAN);
      return shapeOf(plans.put({ ...plan, name, apiStages: ofStages.reduce(patchedStages, plan.apiStages), inert }));
    }),
    operation("DeleteUsagePlan", `DELETE ${PLAN}`, 202, BY_PLAN, ({ planId }) => plans.delete(planId)),
    operation(
      "CreateUsagePlanKey",
      `POST ${PLAN_KEYS}`,
      201,
      BY_PLAN_KEY.extend({ keyType: oneOf(["API_KEY"]) }),
      ({ planId, keyId }) => keyShape(plans.addKey(planId, keyId)),
    ),
    operation("GetUsagePlanKeys", `GET ${PLAN_KEYS}`, 200, BY_PLAN, ({ planId }) => ({
      item: [...plans.get(planId).keys].map((keyId) => keyShape(plans.keyOf(planId, keyId))),
    })),
    operation("GetUsagePlanKey", `GET ${PLAN_KEY}`, 200, BY_PLAN_KEY, ({ planId, keyId }) =>
      keyShape(plans.keyOf(planId, keyId)),
    ),
    operation("DeleteUsagePlanKey", `DELETE ${PLAN_KEY}`, 202, BY_PLAN_KEY, ({ planId, keyId }) =>
      plans.removeKey(planId, keyId),
    ),
  ];
}

/** Stages are added and removed as `API:STAGE`; throttles of single methods are not imitated. @throws AwsError BadRequestException */
function patchedStages(
  stages: readonly ApiStage[],
  { op, path, value = "" }: { readonly op: string; readonly path: string; readonly value?: string | undefined },
): readonly ApiStage[] {
  const [, apiId = "", stage = ""] = /^([^:]+):(.+)$/.exec(value) ?? [];
  if (path !== "/apiStages" || !["add", "remove"].includes(op) || stage === "") {
    throw patchPath(path, op, ["/apiStages"]);
  }
  const others = stages.filter((each) => each.apiId !== apiId || each.stage !== stage);
  return op === "add" ? [...others, { apiId, stage }] : others;
}
