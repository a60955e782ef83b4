import type { Environment } from "../environment";
import { Registry } from "../registry";
import type { TagMap } from "../tags";
import { logGroupTaken, logStreamTaken, unknown } from "./errors";

export interface LogStream {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What becomes of some of a group's events, in the API's words; a metric, or that a function or a stream gets them. */
export interface LogFilter {
  readonly logGroupName: string;
  readonly filterName: string;
  readonly metricTransformations?: readonly { readonly metricName: string }[];
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
}

export interface LogGroup {
  readonly name: string;
  /** Without the `:*` that policies end in. */
  readonly arn: string;
  readonly logGroupClass: string;
  kmsKeyId?: string;
  /** @default - events never expire */
  retentionInDays?: number;
  tags: TagMap;
  /** By name. */
  readonly streams: Map<string, LogStream>;
  readonly metricFilters: Map<string, LogFilter>;
  readonly subscriptionFilters: Map<string, LogFilter>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** CloudWatch Logs, groups and streams: nothing is written into them here. */
export class LogGroups extends Registry<LogGroup> {
  constructor(private readonly environment: Environment) {
    super(() => unknown("log group"));
  }

  /** @throws AwsError ResourceAlreadyExistsException */
  create(settings: Pick<LogGroup, "name" | "logGroupClass" | "kmsKeyId" | "tags">): LogGroup {
    const { name } = settings;
    if (this.items.has(name)) throw logGroupTaken();
    const { partition, region, accountId, clock } = this.environment;
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
    const group: LogGroup = {
      ...settings,
      arn,
      streams: new Map(),
      metricFilters: new Map(),
      subscriptionFilters: new Map(),
      createdAt: clock.now(),
    };
    this.items.set(name, group);
    return group;
  }

  /** Milliseconds since the epoch. */
  readonly now = (): number => this.environment.clock.now();

  /** @throws AwsError ResourceAlreadyExistsException, ResourceNotFoundException */
  createStream(groupName: string, name: string): void {
    const { streams, arn } = this.get(groupName);
    if (streams.has(name)) throw logStreamTaken();
    streams.set(name, { name, arn: `${arn}:log-stream:${name}`, createdAt: this.environment.clock.now() });
  }

  /** @throws AwsError ResourceNotFoundException */
  deleteStream(groupName: string, name: string): void {
    if (this.get(groupName).streams.delete(name)) return;
    throw unknown("log stream");
  }

  /** In the order of their names. */
  override all(): readonly LogGroup[] {
    return [...super.all()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
