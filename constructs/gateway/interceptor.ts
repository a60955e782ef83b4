import { INVOKE_FUNCTION } from "../../aws/agentcore/actions";
import { INTERCEPTION_POINTS } from "../../aws/agentcore/values";
import type { BedrockagentcoreGatewayInterceptorConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import type { Permission } from "../iam/permission";
import type { Problem } from "../private/errors";
import { interceptorTaken } from "../private/problems/gateway";
import type { ILambdaFunction } from "./targets/lambda";

/** Where on a call's way an interceptor stands: before the target, or behind it. */
export type InterceptionPoint = "REQUEST" | "RESPONSE";

/** What an interceptor is told. */
export interface InterceptorOptions {
  /**
   * Whether the function sees the caller's headers, the bearer token among them. It must not log them.
   * @default false
   */
  readonly passRequestHeaders?: boolean;
}

/**
 * A Lambda function that every call of a gateway passes through. It gets `{ interceptorInputVersion: "1.0", mcp }` and
 * answers `{ interceptorOutputVersion: "1.0", mcp: { transformedGatewayRequest } }`, or `transformedGatewayResponse`: a
 * request that passes has to be in the answer, and a response in a request's place spares the target.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors-types.html
 */
export class LambdaInterceptor {
  /** The function sees calls before their target: to refuse, or to change them. */
  public static forRequest(lambdaFunction: ILambdaFunction, options: InterceptorOptions = {}): LambdaInterceptor {
    return new LambdaInterceptor("REQUEST", lambdaFunction, options);
  }

  /** The function sees answers before the caller: to filter, or to change them. */
  public static forResponse(lambdaFunction: ILambdaFunction, options: InterceptorOptions = {}): LambdaInterceptor {
    return new LambdaInterceptor("RESPONSE", lambdaFunction, options);
  }

  private constructor(
    /** Where the function stands. */
    public readonly interceptionPoint: InterceptionPoint,
    private readonly lambdaFunction: ILambdaFunction,
    private readonly options: InterceptorOptions,
  ) {}

  /** The gateway's `interceptor_configuration` block. @internal */
  public get block(): BedrockagentcoreGatewayInterceptorConfiguration {
    return {
      interceptionPoints: [this.interceptionPoint],
      interceptor: [{ lambda: [{ arn: this.lambdaFunction.arn }] }],
      inputConfiguration: [{ passRequestHeaders: this.options.passRequestHeaders ?? false }],
    };
  }

  /** What the gateway's role must be allowed. */
  public get permissions(): readonly Permission[] {
    return [{ sid: "InvokeInterceptor", actions: [INVOKE_FUNCTION], resources: [this.lambdaFunction.arn] }];
  }
}

/** CreateGateway, interceptorConfigurations: one of each kind. */
export function interceptorProblems(interceptors: readonly LambdaInterceptor[]): Problem[] {
  const points = interceptors.map(({ interceptionPoint }) => interceptionPoint);
  const isTaken = (point: InterceptionPoint): boolean => points.filter((each) => each === point).length > 1;
  return INTERCEPTION_POINTS.filter(isTaken).map(interceptorTaken);
}
