import { boolean, listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import type { Deliveries, Delivery, DeliveryDestination, DeliverySource } from "../../cloud/logs/deliveries";
import { signedOperations, type AwsJsonOperation } from "../protocols/aws-json";
import { TAG_MAP } from "../protocols/tag-list";

/** Constraints: botocore `logs/2014-03-28`. */
const NAME = text(60, "[\\w-]*", 1);
const ARN = text(UNBOUNDED);
const BY_NAME = structure({ name: NAME });
const BY_ID = structure({ id: text(64, "[0-9A-Za-z]+", 1) });
const DESTINATION = BY_NAME.extend({
  outputFormat: oneOf(["json", "plain", "w3c", "raw", "parquet"]).optional(),
  deliveryDestinationType: oneOf(["S3", "CWL", "FH", "XRAY"]).optional(),
  deliveryDestinationConfiguration: structure({ destinationResourceArn: ARN }).optional(),
  tags: TAG_MAP.optional(),
});
const BY_DESTINATION = structure({ deliveryDestinationName: NAME });
const CONFIGURATION = structure({
  recordFields: listOf(text(64, undefined, 1), 128).optional(),
  fieldDelimiter: text(5).optional(),
  s3DeliveryConfiguration: structure({
    suffixPath: text(256, undefined, 1).optional(),
    enableHiveCompatiblePath: boolean().optional(),
  }).optional(),
});

const signed = signedOperations("ValidationException");

/** Sources, destinations and deliveries of vended logs. */
export function deliveryOperations(deliveries: Deliveries): Record<string, AwsJsonOperation> {
  return {
    ...sourceOperations(deliveries),
    ...destinationOperations(deliveries),
    CreateDelivery: signed(
      CONFIGURATION.extend({ deliverySourceName: NAME, deliveryDestinationArn: ARN, tags: TAG_MAP.optional() }),
      ({ deliverySourceName: sourceName, deliveryDestinationArn: destinationArn, tags, ...configuration }) => ({
        delivery: deliveryShape(deliveries.create({ sourceName, destinationArn, ...configuration }, tags)),
      }),
    ),
    GetDelivery: signed(BY_ID, ({ id }) => ({ delivery: deliveryShape(deliveries.get(id)) })),
    DescribeDeliveries: signed(structure({}), () => ({ deliveries: deliveries.all().map(deliveryShape) })),
    UpdateDeliveryConfiguration: signed(BY_ID.extend(CONFIGURATION.shape), ({ id, ...configuration }) => {
      Object.assign(deliveries.get(id), configuration);
    }),
    DeleteDelivery: signed(BY_ID, ({ id }) => deliveries.delete(id)),
  };
}

function sourceOperations(deliveries: Deliveries): Record<string, AwsJsonOperation> {
  return {
    PutDeliverySource: signed(
      BY_NAME.extend({ resourceArn: ARN, logType: text(255, "[\\w]*", 1), tags: TAG_MAP.optional() }),
      ({ tags, ...settings }) => ({ deliverySource: sourceShape(deliveries.putSource(settings, tags)) }),
    ),
    GetDeliverySource: signed(BY_NAME, ({ name }) => ({ deliverySource: sourceShape(deliveries.source(name)) })),
    DescribeDeliverySources: signed(structure({}), () => ({
      deliverySources: [...deliveries.sources.values()].map(sourceShape),
    })),
    DeleteDeliverySource: signed(BY_NAME, ({ name }) => deliveries.deleteSource(name)),
  };
}

function destinationOperations(deliveries: Deliveries): Record<string, AwsJsonOperation> {
  return {
    PutDeliveryDestination: signed(DESTINATION, (request) => {
      const { name, outputFormat, deliveryDestinationType: type, tags } = request;
      const resourceArn = request.deliveryDestinationConfiguration?.destinationResourceArn;
      const destination = deliveries.putDestination({ name, outputFormat, type, resourceArn }, tags);
      return { deliveryDestination: destinationShape(destination) };
    }),
    GetDeliveryDestination: signed(BY_NAME, ({ name }) => ({
      deliveryDestination: destinationShape(deliveries.destination(name)),
    })),
    DescribeDeliveryDestinations: signed(structure({}), () => ({
      deliveryDestinations: [...deliveries.destinations.values()].map(destinationShape),
    })),
    DeleteDeliveryDestination: signed(BY_NAME, ({ name }) => deliveries.deleteDestination(name)),
    PutDeliveryDestinationPolicy: signed(
      BY_DESTINATION.extend({ deliveryDestinationPolicy: text(51_200, undefined, 1) }),
      ({ deliveryDestinationName, deliveryDestinationPolicy }) => {
        deliveries.destination(deliveryDestinationName).policy = deliveryDestinationPolicy;
        return { policy: { deliveryDestinationPolicy } };
      },
    ),
    GetDeliveryDestinationPolicy: signed(BY_DESTINATION, ({ deliveryDestinationName }) => ({
      policy: { deliveryDestinationPolicy: deliveries.destination(deliveryDestinationName).policy },
    })),
    DeleteDeliveryDestinationPolicy: signed(BY_DESTINATION, ({ deliveryDestinationName }) => {
      deliveries.destination(deliveryDestinationName).policy = undefined;
    }),
  };
}

function sourceShape({ resourceArn, ...source }: DeliverySource): object {
  return { ...source, resourceArns: [resourceArn] };
}

function destinationShape({ name, arn, type, outputFormat, resourceArn, tags }: DeliveryDestination): object {
  return {
    name,
    arn,
    deliveryDestinationType: type,
    outputFormat,
    deliveryDestinationConfiguration: resourceArn === undefined ? undefined : { destinationResourceArn: resourceArn },
    tags,
  };
}

function deliveryShape({ sourceName, destinationArn, destinationType, ...delivery }: Delivery): object {
  return {
    ...delivery,
    deliverySourceName: sourceName,
    deliveryDestinationArn: destinationArn,
    deliveryDestinationType: destinationType,
  };
}
