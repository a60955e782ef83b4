import type { PolicyEngineConfiguration } from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import type { Gateway } from "./gateways";
import type { ToolDescription } from "./tool";

/** Who calls a gateway, as policies know it; without claims or an ARN, nobody in particular. */
export interface PolicyCaller {
  /** Of the token that the caller has shown. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The token itself. */
  readonly token?: string;
  /** Of the role's session or user that has signed. */
  readonly arn?: string;
  /** The same, but of the role itself, with its path. */
  readonly principal?: string;
}

/** What is asked of an engine. */
export interface PolicyQuestion {
  readonly gateway: Gateway;
  readonly configuration: PolicyEngineConfiguration;
  readonly caller: PolicyCaller;
}

/** Decides about the calls of a gateway's tools, where the gateway has a policy engine. */
export interface ToolPolicy {
  /**
   * @returns why the call is denied, in AWS's words; undefined for one that goes on
   * @throws AwsError InternalServerException where the gateway's role may not ask
   */
  refusal(question: PolicyQuestion, tool: ToolDescription, toolArguments: unknown, trace: Trace): string | undefined;

  /** Whether there are arguments with which the caller may call a tool. @throws AwsError as `refusal` */
  listable(question: PolicyQuestion, trace: Trace): (tool: ToolDescription) => boolean;
}
