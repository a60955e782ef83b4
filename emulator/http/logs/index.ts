// emulator/http/logs/: the API of CloudWatch Logs.
import type { Account } from "../../cloud/account";
import { integer, oneOf, structure, text } from "../../cloud/constraints";
import { unknown } from "../../cloud/logs/errors";
import type { LogGroup, LogGroups, LogStream } from "../../cloud/logs/log-groups";
import { pageOf } from "../../cloud/pagination";
import type { TagMap } from "../../cloud/tags";
import type { AwsJsonOperation } from "../protocols/aws-json";
import { jsonService } from "../protocols/aws-service";
import { addTags, removeTags, TAG_MAP, tagKeys } from "../protocols/tag-list";
import { BY_GROUP, GROUP_NAME, LIMITS, PAGE, signed } from "./constraints";
import { deliveryOperations } from "./deliveries";
import { filterOperations } from "./filters";
import { resourcePolicyOperations } from "./resource-policies";

/** Constraints: botocore `logs/2014-03-28`. */
const STREAM_NAME = text(512, "[^:*]*", 1);
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];
const RETENTION = integer(1, 3_653).refine((days) => RETENTION_DAYS.includes(days), {
  error: `Member must satisfy enum value set: [${RETENTION_DAYS.join(", ")}]`,
});

/** Amazon CloudWatch Logs, `https://logs.REGION.amazonaws.com/`: groups, streams, deliveries and policies, without events. */
export const logs = jsonService({
  targetPrefix: "Logs_20140328",
  signingName: "logs",
  operations: (account) => ({
    ...groupOperations(account.logGroups),
    ...streamOperations(account.logGroups),
    ...filterOperations(account.logGroups),
    ...tagOperations(account),
    ...deliveryOperations(account.deliveries),
    ...resourcePolicyOperations(account.environment.clock),
  }),
});

function groupOperations(groups: LogGroups): Record<string, AwsJsonOperation> {
  const creation = BY_GROUP.extend({
    kmsKeyId: text(256).optional(),
    tags: TAG_MAP.optional(),
    logGroupClass: oneOf(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]).optional(),
  });
  return {
    CreateLogGroup: signed(creation, ({ logGroupName, kmsKeyId, tags = {}, logGroupClass = "STANDARD" }) => {
      groups.create({ name: logGroupName, kmsKeyId, tags, logGroupClass });
    }),
    DescribeLogGroups: signed(
      structure({ ...PAGE, logGroupNamePrefix: GROUP_NAME.optional(), logGroupNamePattern: text(512).optional() }),
      ({ logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern = "", limit, nextToken }) => {
        const found = groups.all().filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
        return pageOf("logGroups", found.map(groupShape), { maxResults: limit, nextToken }, LIMITS);
      },
    ),
    DeleteLogGroup: signed(BY_GROUP, ({ logGroupName }) => groups.delete(logGroupName)),
    PutRetentionPolicy: signed(BY_GROUP.extend({ retentionInDays: RETENTION }), ({ logGroupName, retentionInDays }) => {
      groups.get(logGroupName).retentionInDays = retentionInDays;
    }),
    DeleteRetentionPolicy: signed(BY_GROUP, ({ logGroupName }) => {
      groups.get(logGroupName).retentionInDays = undefined;
    }),
    AssociateKmsKey: signed(BY_GROUP.extend({ kmsKeyId: text(256) }), ({ logGroupName, kmsKeyId }) => {
      groups.get(logGroupName).kmsKeyId = kmsKeyId;
    }),
    DisassociateKmsKey: signed(BY_GROUP, ({ logGroupName }) => {
      groups.get(logGroupName).kmsKeyId = undefined;
    }),
  };
}

function streamOperations(groups: LogGroups): Record<string, AwsJsonOperation> {
  const stream = BY_GROUP.extend({ logStreamName: STREAM_NAME });
  return {
    CreateLogStream: signed(stream, ({ logGroupName, logStreamName }) =>
      groups.createStream(logGroupName, logStreamName),
    ),
    DescribeLogStreams: signed(
      BY_GROUP.extend({ ...PAGE, logStreamNamePrefix: STREAM_NAME.optional() }),
      ({ logGroupName, logStreamNamePrefix: prefix = "", limit, nextToken }) => {
        const found = [...groups.get(logGroupName).streams.values()].filter(({ name }) => name.startsWith(prefix));
        return pageOf("logStreams", found.map(streamShape), { maxResults: limit, nextToken }, LIMITS);
      },
    ),
    DeleteLogStream: signed(stream, ({ logGroupName, logStreamName }) =>
      groups.deleteStream(logGroupName, logStreamName),
    ),
  };
}

function tagOperations({ logGroups, deliveries }: Account): Record<string, AwsJsonOperation> {
  const byArn = structure({ resourceArn: text(1_011, undefined, 1) });
  const tagged = (resourceArn: string): { tags: TagMap } => {
    const all = [
      ...logGroups.all(),
      ...deliveries.sources.values(),
      ...deliveries.destinations.values(),
      ...deliveries.all(),
    ];
    const found = all.find(({ arn }) => arn === resourceArn.replace(/:\*$/, ""));
    if (!found) throw unknown("resource");
    return found;
  };
  return {
    ListTagsForResource: signed(byArn, ({ resourceArn }) => ({ tags: tagged(resourceArn).tags })),
    TagResource: signed(byArn.extend({ tags: TAG_MAP }), ({ resourceArn, tags }) => addTags(tagged(resourceArn), tags)),
    UntagResource: signed(byArn.extend({ tagKeys: tagKeys() }), ({ resourceArn, tagKeys: keys }) =>
      removeTags(tagged(resourceArn), keys),
    ),
  };
}

function groupShape({
  name,
  arn,
  kmsKeyId,
  retentionInDays,
  logGroupClass,
  metricFilters,
  createdAt,
}: LogGroup): object {
  return {
    logGroupName: name,
    arn: `${arn}:*`,
    logGroupArn: arn,
    creationTime: createdAt,
    retentionInDays,
    kmsKeyId,
    logGroupClass,
    metricFilterCount: metricFilters.size,
    storedBytes: 0,
  };
}

function streamShape({ name, arn, createdAt }: LogStream): object {
  return { logStreamName: name, arn, creationTime: createdAt, storedBytes: 0 };
}
