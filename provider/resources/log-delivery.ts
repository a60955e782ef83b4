import { arn, generatedId } from "./account";
import { isArn, isOneOf, matches } from "../validation/rules";
import { type ResourceFacts, text } from "./facts";

const name = matches("name", /^[\w-]{1,60}$/);

/** `aws_cloudwatch_log_delivery_source`: log_delivery_source.go of the provider, and PutDeliverySource. */
export const logDeliverySource: ResourceFacts = {
  validate: [name, isArn("resource_arn"), matches("log_type", /^\w{1,255}$/)],
  create: [isOneOf("log_type", ["APPLICATION_LOGS", "USAGE_LOGS", "TRACES"])],
  replacedBy: ["name", "log_type", "resource_arn"],
  assigned: (resource, account) => ({
    arn: arn(account, "logs", `delivery-source:${text(resource, "name")}`),
    service: "bedrock-agentcore",
  }),
};

/** `aws_cloudwatch_log_delivery_destination`: log_delivery_destination.go of the provider, and PutDeliveryDestination. */
export const logDeliveryDestination: ResourceFacts = {
  validate: [
    name,
    isOneOf("delivery_destination_type", ["S3", "CWL", "FH", "XRAY"]),
    isArn("delivery_destination_configuration.destination_resource_arn"),
  ],
  replacedBy: ["name"],
  assigned: (resource, account) => ({
    arn: arn(account, "logs", `delivery-destination:${text(resource, "name")}`),
    delivery_destination_type: "CWL",
  }),
};

/** `aws_cloudwatch_log_delivery`: log_delivery.go of the provider. */
export const logDelivery: ResourceFacts = {
  validate: [isArn("delivery_destination_arn"), matches("delivery_source_name", /^[\w-]{1,60}$/)],
  replacedBy: ["delivery_source_name", "delivery_destination_arn"],
  assigned: (resource, account) => {
    const id = generatedId(`delivery ${text(resource, "delivery_source_name")}`, 16);
    return { id, arn: arn(account, "logs", `delivery:${id}`) };
  },
};
