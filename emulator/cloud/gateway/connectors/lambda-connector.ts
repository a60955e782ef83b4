import { INVOKE_FUNCTION } from "../../../../aws/agentcore/actions";
import { TOOL_NAME_SEPARATOR } from "../../../../aws/agentcore/names";
import { SERVICE_PRINCIPAL } from "../../../../aws/agentcore/endpoints";
import type { Backend, GatewayTargetDeclaration } from "../../../../topology";
import type { Trace } from "../../../trace/hop-record";
import type { Environment } from "../../environment";
import { AwsError } from "../../errors";
import type { Iam } from "../../iam/iam";
import { FunctionError } from "../../lambda/execution-environment";
import type { LambdaFunctions } from "../../lambda/lambda-functions";
import { callFunction } from "../function-call";
import { lambdaDenied } from "../errors";
import type { Gateway } from "../gateways";
import type { OutboundAuthorization } from "../outbound/outbound-authorization";
import { type Incoming, passedHeaders, passedParameters } from "../outbound/passed-on";
import type { Target } from "../target";
import type { Catalogue, TargetConnector, ToolCall, ToolResult } from "../target-connector";
import { functionDenied, inItsWords } from "../target-errors";

type LambdaBackend = Backend & { readonly speaks: "Lambda" };

/** Targets that are Lambda functions, whose tools the configuration describes. */
export class LambdaConnector implements TargetConnector<LambdaBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly iam: Iam,
    private readonly outbound: OutboundAuthorization,
    private readonly functions: LambdaFunctions,
  ) {}

  /** The service assumes the role and looks at its policies before it accepts the target (aws/aws-cdk#36826). */
  validate({ declaration, attributes }: Gateway, _: GatewayTargetDeclaration, { lambdaArn }: LambdaBackend): void {
    const session = this.iam.assumeRole({
      roleArn: declaration.roleArn,
      service: SERVICE_PRINCIPAL,
      sourceArn: attributes.gatewayArn,
      sessionName: () => `gateway-session-${this.environment.random.uuid()}`,
    });
    if (session?.isAllowed(INVOKE_FUNCTION, lambdaArn)) return;
    throw lambdaDenied();
  }

  async synchronize(_: Gateway, __: Target, { tools }: LambdaBackend): Promise<Catalogue> {
    return { tools };
  }

  async callTool(
    gateway: Gateway,
    target: Target,
    { lambdaArn }: LambdaBackend,
    call: ToolCall,
    trace: Trace,
  ): Promise<ToolResult> {
    const session = this.outbound.assumeServiceRole(gateway, trace);
    return trace.hop({ name: "Lambda function", station: lambdaArn }, async (hop) => {
      const clientContext = this.clientContext(gateway, target, call);
      try {
        const text = await callFunction(
          this.functions,
          session,
          { lambdaArn, event: call.arguments, clientContext },
          hop,
        );
        return { content: [{ type: "text", text }], isError: false };
      } catch (error) {
        if (error instanceof AwsError && error.code === "AccessDeniedException") throw functionDenied(lambdaArn);
        if (!(error instanceof FunctionError)) throw error;
        hop.fail(error.message);
        throw inItsWords(error);
      }
    });
  }

  /** What a function is told beside the arguments: developer guide, "gateway-add-target-lambda". */
  private clientContext({ attributes }: Gateway, { targetId, declaration }: Target, call: ToolCall): object {
    return {
      custom: {
        bedrockAgentCoreMessageVersion: "1.0",
        bedrockAgentCoreAwsRequestId: this.environment.random.uuid(),
        bedrockAgentCoreMcpMessageId: String(call.requestId),
        bedrockAgentCoreGatewayId: attributes.gatewayId,
        bedrockAgentCoreTargetId: targetId,
        bedrockAgentCoreToolName: `${declaration.name}${TOOL_NAME_SEPARATOR}${call.name}`,
        ...passedTo(declaration, call.caller.incoming),
      },
    };
  }
}

/** Where functions find what passes beside the arguments, seen by users. */
function passedTo({ passedOn }: GatewayTargetDeclaration, incoming?: Incoming): object {
  if (!incoming || (!passedOn && incoming.authorization === undefined)) return {};
  const { authorization } = incoming;
  return {
    bedrockAgentCorePropagatedHeaders: {
      ...passedHeaders(passedOn, incoming),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    bedrockAgentCorePropagatedQueryParameters: passedParameters(passedOn, incoming),
  };
}
