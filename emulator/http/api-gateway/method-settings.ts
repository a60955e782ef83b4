import { z } from "zod";

import { checkMembers } from "../../cloud/agentcore-constraints";
import { integer, number, oneOf, structure } from "../../cloud/constraints";
import { FLAG, NUMBER, type PatchOperation } from "./patch";

/** Botocore `apigateway/2015-07-09`, `MethodSetting`, with what a new one is: API Gateway API reference, "MethodSetting". */
const SETTING = structure({
  metricsEnabled: FLAG.default(false),
  loggingLevel: oneOf(["OFF", "ERROR", "INFO"]).default("OFF"),
  dataTraceEnabled: FLAG.default(false),
  throttlingBurstLimit: z.preprocess(NUMBER, integer(-1, Number.MAX_SAFE_INTEGER)).default(5_000),
  throttlingRateLimit: z.preprocess(NUMBER, number(-1, Infinity)).default(10_000),
  cachingEnabled: FLAG.default(false),
  cacheTtlInSeconds: z.preprocess(NUMBER, integer(0, 3_600)).default(300),
  cacheDataEncrypted: FLAG.default(false),
  requireAuthorizationForCacheControl: FLAG.default(true),
  unauthorizedCacheControlHeaderStrategy: oneOf([
    "FAIL_WITH_403",
    "SUCCEED_WITH_RESPONSE_HEADER",
    "SUCCEED_WITHOUT_RESPONSE_HEADER",
  ]).default("SUCCEED_WITH_RESPONSE_HEADER"),
});

type MethodSetting = z.output<typeof SETTING>;
export type MethodSettings = Readonly<Record<string, MethodSetting>>;

/** API Gateway API reference, "PATCH operations": what a setting's path ends in. */
const MEMBERS: Readonly<Record<string, keyof MethodSetting>> = {
  "metrics/enabled": "metricsEnabled",
  "logging/loglevel": "loggingLevel",
  "logging/dataTrace": "dataTraceEnabled",
  "throttling/burstLimit": "throttlingBurstLimit",
  "throttling/rateLimit": "throttlingRateLimit",
  "caching/enabled": "cachingEnabled",
  "caching/ttlInSeconds": "cacheTtlInSeconds",
  "caching/dataEncrypted": "cacheDataEncrypted",
  "caching/requireAuthorizationForCacheControl": "requireAuthorizationForCacheControl",
  "caching/unauthorizedCacheControlHeaderStrategy": "unauthorizedCacheControlHeaderStrategy",
};

/**
 * The settings of methods as a patch leaves them: for all by an asterisk, for one by its path, as in `/pets/GET/metrics/enabled`.
 *
 * @returns undefined where the operation is about something else
 */
export function patchedSettings(
  settings: MethodSettings,
  { op, path, value }: PatchOperation,
): MethodSettings | undefined {
  const [, method = "", setting = ""] = /^\/(.+?)\/([a-z]+\/[A-Za-z0-9]+)$/.exec(path) ?? [];
  const member = op === "replace" ? MEMBERS[setting] : undefined;
  if (member !== undefined) {
    return { ...settings, [method]: checkMembers(SETTING, { ...settings[method], [member]: value }) };
  }
  const removed = path.slice(1);
  if (op !== "remove" || !Object.hasOwn(settings, removed)) return undefined;
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== removed));
}
