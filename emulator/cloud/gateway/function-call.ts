import { INVOKE_FUNCTION } from "../../../aws/agentcore/actions";
import type { HopRecorder } from "../../trace/hop-record";
import type { RoleSession } from "../iam/iam";
import { FunctionError } from "../lambda/execution-environment";
import type { LambdaFunctions } from "../lambda/lambda-functions";

/** The hops in which a gateway invokes a function. */
type FunctionHop = "Lambda function" | "request interceptor" | "response interceptor";

export interface FunctionCall {
  readonly lambdaArn: string;
  readonly event: unknown;
  readonly clientContext: object;
}

/**
 * Invokes a function as a gateway's role, and records whether it may and whether the function answered.
 *
 * @returns the function's answer as JSON
 * @throws AwsError AccessDeniedException, FunctionError
 */
export async function callFunction(
  functions: LambdaFunctions,
  session: RoleSession,
  { lambdaArn, event, clientContext }: FunctionCall,
  hop: HopRecorder<FunctionHop>,
): Promise<string> {
  const isAllowed = session.isAllowed(INVOKE_FUNCTION, lambdaArn);
  hop.check(INVOKE_FUNCTION, isAllowed, { expected: lambdaArn, actual: isAllowed ? "allowed" : "denied" });
  session.authorize(INVOKE_FUNCTION, [lambdaArn]);
  try {
    return await functions.invoke(lambdaArn, event, clientContext);
  } catch (error) {
    if (error instanceof FunctionError) {
      hop.check("result", false, { expected: "a result within the function's timeout", actual: error.message });
    }
    throw error;
  }
}
