import { join } from "node:path";

import type { TerraformJson } from "./article-stack";
import { allowGateway } from "./policies";

type Resources = TerraformJson["resource"];

/** The handler of the function of `intercept`, as `--lambda` names it. */
export const INTERCEPTOR = `${join(__dirname, "servers/interceptor.js")}#handler`;

export interface Interception {
  readonly points?: readonly string[];
  readonly passRequestHeaders?: boolean;
  readonly debug?: boolean;
  /** What the gateway's role may do. */
  readonly permission?: string;
}

/** Gives the article's gateway an interceptor, the function `guard`. */
export function intercept(resources: Resources, interception: Interception): void {
  const {
    points = ["REQUEST", "RESPONSE"],
    passRequestHeaders = false,
    debug,
    permission = "lambda:InvokeFunction",
  } = interception;
  resources["aws_lambda_function"] = {
    guard: { function_name: "guard", role: "${aws_iam_role.gateway.arn}", handler: "interceptor.handler", timeout: 1 },
  };
  allowGateway(resources, "invoke_guard", permission, "${aws_lambda_function.guard.arn}");
  Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, {
    ...(debug && { exception_level: "DEBUG" }),
    interceptor_configuration: [
      {
        interception_points: points,
        interceptor: [{ lambda: [{ arn: "${aws_lambda_function.guard.arn}" }] }],
        input_configuration: [{ pass_request_headers: passRequestHeaders }],
      },
    ],
  });
}

const GATEWAY = '"${aws_bedrockagentcore_gateway.main.gateway_arn}"';
const ASKING = ["bedrock-agentcore:AuthorizeAction", "bedrock-agentcore:PartiallyAuthorizeActions"];

export interface Engine {
  readonly mode?: string;
  readonly validationMode?: string;
  /** What the gateway's role may do with the engine. */
  readonly allowed?: readonly string[];
}

/** Gives the article's gateway an engine with these policies. */
export function decideBy(resources: Resources, policies: Readonly<Record<string, string>>, engine: Engine = {}): void {
  const { mode = "ENFORCE", allowed = ASKING, validationMode } = engine;
  const arn = "${aws_bedrockagentcore_policy_engine.rules.policy_engine_arn}";
  resources["aws_bedrockagentcore_policy_engine"] = { rules: { name: "rules" } };
  resources["aws_bedrockagentcore_policy"] = Object.fromEntries(
    Object.entries(policies).map(([name, statement]) => [
      name,
      {
        name,
        policy_engine_id: "${aws_bedrockagentcore_policy_engine.rules.policy_engine_id}",
        definition: [{ cedar: [{ statement }] }],
        validation_mode: validationMode,
        depends_on: ["aws_bedrockagentcore_gateway_target.mcp_server"],
      },
    ]),
  );
  Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, {
    policy_engine_configuration: [{ arn, mode }],
  });
  allowGateway(resources, "ask_engine", allowed.length > 0 ? allowed : "sts:TagSession");
}

export const permit = (action = "action", when = ""): string =>
  `permit(principal is AgentCore::OAuthUser, ${action}, resource == AgentCore::Gateway::${GATEWAY})${when};`;
export const forbid = (action: string): string =>
  `forbid(principal, ${action}, resource == AgentCore::Gateway::${GATEWAY});`;
export const calls = (tool: string): string => `action == AgentCore::Action::"${tool}"`;
