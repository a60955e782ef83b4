// Lambda handlers as users write them.
const toolOf = (context) => context.clientContext.custom.bedrockAgentCoreToolName.split("___")[1];

exports.handler = async (event, context) => {
  switch (toolOf(context)) {
    case "get_order":
      return { orderId: event.orderId, pid: process.pid, region: process.env.AWS_REGION, stage: process.env.STAGE };
    case "context":
      return {
        ...context.clientContext.custom,
        arn: context.invokedFunctionArn,
        remaining: context.getRemainingTimeInMillis(),
      };
    case "throw":
      throw new RangeError("no such order");
    case "hang":
      return new Promise(() => setInterval(() => undefined, 1000));
    case "exit":
      return process.exit(7);
    default:
      return null;
  }
};

exports.withCallback = (event, context, callback) => callback(null, { echoed: event });
