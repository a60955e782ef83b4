// constructs/observability/: delivery of logs and traces.
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { arnProblems } from "../private/arns";
import { reportProblems } from "../private/checks";
import { derivedName } from "../private/names";

/** Where the logs and traces of a gateway or runtime go. */
export interface ObservabilityConfiguration {
  /**
   * Days that CloudWatch keeps the logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or more, 0 for ever.
   * @default 30
   */
  readonly logRetentionInDays?: number;

  /**
   * ARN of the KMS key that encrypts the logs. Requests and answers of tools are in them.
   * @default - a key of AWS
   */
  readonly logKmsKeyArn?: string;

  /**
   * Whether traces go to X-Ray. To be found there, CloudWatch Transaction Search must be switched on once in the
   * account.
   * @default true
   */
  readonly tracing?: boolean;
}

export interface VendedLogsProps extends ObservabilityConfiguration {
  readonly resourceKind: "gateway" | "runtime";
  readonly resourceArn: string;
  readonly resourceId: string;
}

/** PutDeliverySource and PutDeliveryDestination: names of 1 to 60 characters. */
const MAX_NAME_LENGTH = 60;

/**
 * Delivers what the service itself writes about a gateway or runtime: APPLICATION_LOGS to a log group, TRACES to X-Ray.
 * CloudWatch allows deliveries to log groups below `/aws/vendedlogs/` by itself, so no resource policy is needed.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html
 */
export class VendedLogs extends Construct {
  public constructor(scope: Construct, id: string, props: VendedLogsProps) {
    super(scope, id);
    const { resourceKind, resourceId, logRetentionInDays = 30, logKmsKeyArn, tracing = true } = props;
    reportProblems(this, arnProblems("KMS key", logKmsKeyArn));
    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: `/aws/vendedlogs/bedrock-agentcore/${resourceKind}/APPLICATION_LOGS/${resourceId}`,
      retentionInDays: logRetentionInDays,
      kmsKeyId: logKmsKeyArn,
    });
    this.deliver("ApplicationLogs", "APPLICATION_LOGS", props.resourceArn, {
      deliveryDestinationConfiguration: [{ destinationResourceArn: logGroup.arn }],
    });
    if (tracing) this.deliver("Traces", "TRACES", props.resourceArn, { deliveryDestinationType: "XRAY" });
  }

  private deliver(
    id: string,
    logType: string,
    resourceArn: string,
    destinationOptions: Pick<
      ConstructorParameters<typeof CloudwatchLogDeliveryDestination>[2],
      "deliveryDestinationConfiguration" | "deliveryDestinationType"
    >,
  ): void {
    const scope = new Construct(this, id);
    const name = derivedName(scope, { separator: "-", maxLength: MAX_NAME_LENGTH });
    const source = new CloudwatchLogDeliverySource(scope, "Source", { name, logType, resourceArn });
    const destination = new CloudwatchLogDeliveryDestination(scope, "Destination", { name, ...destinationOptions });
    new CloudwatchLogDelivery(scope, "Resource", {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
    });
  }
}
