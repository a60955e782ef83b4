// emulator/cloud/logs/: log groups and deliveries, without events.
import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import { Registry } from "../registry";
import type { TagMap } from "../tags";
import { arnInvalid, deliveryPartUnknown, deliveryTaken, destinationUnsupported, hasDelivery } from "./errors";

/** A resource whose service hands its logs or traces out. */
export interface DeliverySource {
  readonly name: string;
  readonly arn: string;
  readonly resourceArn: string;
  readonly service: string;
  readonly logType: string;
  tags: TagMap;
}

export interface DeliveryDestination {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly outputFormat?: string;
  /** Left out for traces, which go to X-Ray. */
  readonly resourceArn?: string;
  /** A JSON document. */
  policy?: string;
  tags: TagMap;
}

export interface Delivery {
  readonly id: string;
  readonly arn: string;
  readonly sourceName: string;
  readonly destinationArn: string;
  readonly destinationType: string;
  fieldDelimiter?: string;
  recordFields?: readonly string[];
  s3DeliveryConfiguration?: object;
  tags: TagMap;
}

/** CloudWatch Logs, deliveries of vended logs: they are kept, and nothing is delivered here. */
export class Deliveries extends Registry<Delivery> {
  readonly sources = new Map<string, DeliverySource>();
  readonly destinations = new Map<string, DeliveryDestination>();

  constructor(private readonly environment: Environment) {
    super((id) => deliveryPartUnknown(`Delivery ${id}`));
  }

  /** Makes or replaces it. @throws AwsError ValidationException */
  putSource(settings: Pick<DeliverySource, "name" | "resourceArn" | "logType">, tags: TagMap = {}): DeliverySource {
    const service = settings.resourceArn.split(":")[2] ?? "";
    if (service === "") throw arnInvalid(settings.resourceArn);
    const known = this.sources.get(settings.name);
    const arn = this.arn(`delivery-source:${settings.name}`);
    const source = { ...settings, arn, service, tags: known?.tags ?? tags };
    this.sources.set(settings.name, source);
    return source;
  }

  /** Makes or replaces it. */
  putDestination(
    settings: Pick<DeliveryDestination, "name" | "outputFormat" | "resourceArn"> & { readonly type?: string },
    tags: TagMap = {},
  ): DeliveryDestination {
    const known = this.destinations.get(settings.name);
    const type = settings.type ?? destinationType(settings.resourceArn);
    const arn = this.arn(`delivery-destination:${settings.name}`);
    const destination = { ...settings, arn, type, policy: known?.policy, tags: known?.tags ?? tags };
    this.destinations.set(settings.name, destination);
    return destination;
  }

  /** @throws AwsError ResourceNotFoundException, ConflictException */
  create(
    settings: Pick<
      Delivery,
      "sourceName" | "destinationArn" | "fieldDelimiter" | "recordFields" | "s3DeliveryConfiguration"
    >,
    tags: TagMap = {},
  ): Delivery {
    this.source(settings.sourceName);
    const { destinationArn } = settings;
    const destination = [...this.destinations.values()].find(({ arn }) => arn === destinationArn);
    if (!destination) throw deliveryPartUnknown(`Delivery Destination ${destinationArn}`);
    const isTaken = this.all().some(
      (other) => other.sourceName === settings.sourceName && other.destinationArn === destinationArn,
    );
    if (isTaken) throw deliveryTaken();
    const id = this.environment.random.text(16, DIGITS + LOWER_CASE + UPPER_CASE);
    const arn = this.arn(`delivery:${id}`);
    const delivery: Delivery = { ...settings, id, arn, destinationType: destination.type, tags };
    this.items.set(id, delivery);
    return delivery;
  }

  /** @throws AwsError ResourceNotFoundException */
  source(name: string): DeliverySource {
    const source = this.sources.get(name);
    if (!source) throw deliveryPartUnknown(`Delivery Source ${name}`);
    return source;
  }

  /** @throws AwsError ResourceNotFoundException */
  destination(name: string): DeliveryDestination {
    const destination = this.destinations.get(name);
    if (!destination) throw deliveryPartUnknown(`Delivery Destination ${name}`);
    return destination;
  }

  /** @throws AwsError ResourceNotFoundException, ConflictException while a delivery has it */
  deleteSource(name: string): void {
    this.source(name);
    if (this.all().some(({ sourceName }) => sourceName === name)) throw hasDelivery();
    this.sources.delete(name);
  }

  /** @throws AwsError ResourceNotFoundException, ConflictException while a delivery has it */
  deleteDestination(name: string): void {
    const { arn } = this.destination(name);
    if (this.all().some(({ destinationArn }) => destinationArn === arn)) throw hasDelivery();
    this.destinations.delete(name);
  }

  private arn(resource: string): string {
    const { partition, region, accountId } = this.environment;
    return `arn:${partition}:logs:${region}:${accountId}:${resource}`;
  }
}

/** Of an ARN's service: API reference, DeliveryDestination. */
const DESTINATION_TYPES: ReadonlyMap<string, string> = new Map([
  ["logs", "CWL"],
  ["s3", "S3"],
  ["firehose", "FH"],
]);

function destinationType(resourceArn = ""): string {
  const type = DESTINATION_TYPES.get(resourceArn.split(":")[2] ?? "");
  if (type !== undefined) return type;
  throw destinationUnsupported(resourceArn);
}
