import { z } from "zod";

import { boolean, listOf, mapOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { tooMany, unknown } from "../../cloud/logs/errors";
import type { LogFilter, LogGroup, LogGroups } from "../../cloud/logs/log-groups";
import { pageOf } from "../../cloud/pagination";
import type { AwsJsonOperation } from "../protocols/aws-json";
import { BY_GROUP, GROUP_NAME, LIMITS, PAGE, signed } from "./constraints";

/** Constraints: botocore `logs/2014-03-28`. */
const FILTER_NAME = text(512, "[^:*]*", 1);
const FILTER = BY_GROUP.extend({ filterName: FILTER_NAME });
const COMMON = {
  filterPattern: text(1_024),
  applyOnTransformedLogs: boolean().optional(),
  fieldSelectionCriteria: text(2_000).optional(),
};
const FIELDS = listOf(text(UNBOUNDED), UNBOUNDED).optional();
const METRIC_NAME = text(255, "[^:*$]*");
const METRIC_FILTER = FILTER.extend({
  ...COMMON,
  metricTransformations: listOf(
    structure({
      metricName: METRIC_NAME,
      metricNamespace: METRIC_NAME,
      metricValue: text(100),
      defaultValue: z.number().optional(),
      dimensions: mapOf(text(255), text(255), 3).optional(),
      unit: text(UNBOUNDED, "[A-Z][a-z]+(/Second)?").optional(),
    }),
    1,
    1,
  ),
  emitSystemFieldDimensions: FIELDS,
});
const SUBSCRIPTION_FILTER = FILTER.extend({
  ...COMMON,
  destinationArn: text(UNBOUNDED, undefined, 1),
  roleArn: text(UNBOUNDED, undefined, 1).optional(),
  distribution: oneOf(["Random", "ByLogStream"]).default("ByLogStream"),
  emitSystemFields: FIELDS,
});
/** CloudWatch Logs quotas. */
const MOST_SUBSCRIPTIONS = 2;

/** What becomes of a group's events: kept and given back, as nothing is written. */
export function filterOperations(groups: LogGroups): Record<string, AwsJsonOperation> {
  const prefixed = { ...PAGE, filterNamePrefix: FILTER_NAME.optional() };
  return {
    PutMetricFilter: signed(METRIC_FILTER, (request) => put(groups, "metricFilters", request)),
    DescribeMetricFilters: signed(
      structure({ ...prefixed, logGroupName: GROUP_NAME.optional(), metricName: METRIC_NAME.optional() }),
      ({ logGroupName, metricName, ...request }) => {
        const searched = logGroupName === undefined ? groups.all() : [groups.get(logGroupName)];
        const all = searched.flatMap((group) => [...group.metricFilters.values()]);
        const found = all.filter(
          ({ metricTransformations: [first] = [] }) => (metricName ?? first?.metricName) === first?.metricName,
        );
        return page("metricFilters", found, request);
      },
    ),
    DeleteMetricFilter: signed(FILTER, (request) => remove(groups, "metricFilters", request)),
    PutSubscriptionFilter: signed(SUBSCRIPTION_FILTER, (request) => {
      const { subscriptionFilters } = groups.get(request.logGroupName);
      if (subscriptionFilters.size >= MOST_SUBSCRIPTIONS && !subscriptionFilters.has(request.filterName)) {
        throw tooMany();
      }
      return put(groups, "subscriptionFilters", request);
    }),
    DescribeSubscriptionFilters: signed(BY_GROUP.extend(prefixed), ({ logGroupName, ...request }) => {
      return page("subscriptionFilters", [...groups.get(logGroupName).subscriptionFilters.values()], request);
    }),
    DeleteSubscriptionFilter: signed(FILTER, (request) => remove(groups, "subscriptionFilters", request)),
  };
}

type Kind = Extract<keyof LogGroup, `${string}Filters`>;

function put(groups: LogGroups, kind: Kind, filter: Omit<LogFilter, "creationTime">): object {
  const filters = groups.get(filter.logGroupName)[kind];
  const { creationTime = groups.now() } = filters.get(filter.filterName) ?? {};
  filters.set(filter.filterName, { ...filter, creationTime });
  return {};
}

function remove(groups: LogGroups, kind: Kind, { logGroupName, filterName }: z.output<typeof FILTER>): object {
  if (groups.get(logGroupName)[kind].delete(filterName)) return {};
  throw unknown("filter");
}

function page(
  kind: Kind,
  filters: readonly LogFilter[],
  request: { filterNamePrefix?: string | undefined; limit?: number | undefined; nextToken?: string | undefined },
): object {
  const { filterNamePrefix: prefix = "", limit, nextToken } = request;
  const found = filters.filter(({ filterName }) => filterName.startsWith(prefix));
  return pageOf(kind, found, { maxResults: limit, nextToken }, LIMITS);
}
