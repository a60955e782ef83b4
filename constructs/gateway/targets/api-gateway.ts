// constructs/gateway/targets/: what a gateway can call, one file for each kind.
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { INVOKE_API } from "../../../aws/agentcore/actions";
import type { Permission } from "../../iam/permission";
import { AwsEnvironment } from "../../private/aws-environment";
import { apiGatewayNeedsFilter } from "../../private/problems/schemas";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { NewerField } from "../../private/provider-version";
import { IamRoleCredential } from "../outbound-auth/iam-credential";
import type { IApiGatewayTargetCredential } from "../outbound-auth/target-credential";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** Methods of a REST API that become tools. */
export interface ApiGatewayToolFilter {
  /** Path in the API, with its parameters: `/pets/{petId}`. */
  readonly filterPath: string;
  /** HTTP methods in capitals, at least one. */
  readonly methods: readonly string[];
}

/** Another name or description for one method's tool. */
export interface ApiGatewayToolOverride {
  /** The tool's name. */
  readonly name: string;
  /** Path in the API. */
  readonly path: string;
  /** HTTP method in capitals. */
  readonly method: string;
  /**
   * What the tool does; models read it.
   * @default - the API's own
   */
  readonly description?: string;
}

/** What an API Gateway target of a gateway is made with. */
export interface ApiGatewayTargetOptions extends GatewayTargetOptions {
  /** Id of the REST API, in the gateway's account and region. */
  readonly restApiId: string;
  /** Name of the stage. */
  readonly stage: string;
  /** The methods that become tools, at least one. */
  readonly toolFilters: readonly ApiGatewayToolFilter[];

  /**
   * Other names and descriptions.
   * @default - none
   */
  readonly toolOverrides?: readonly ApiGatewayToolOverride[];

  /**
   * How the gateway authorizes itself to the stage: one way, or an empty list for none.
   * @default - [GatewayCredentialProvider.fromIamRole()]
   */
  readonly credentialProviderConfigurations?: readonly IApiGatewayTargetCredential[];
}

/** What an API Gateway target is made with. */
export interface ApiGatewayTargetProps extends ApiGatewayTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function apiGatewayConfiguration(target: Construct, props: ApiGatewayTargetProps): TargetConfiguration {
  const { gateway, credentialProviderConfigurations: credentials = [new IamRoleCredential({})] } = props;
  const [credential] = credentials;
  return {
    kind: "API Gateway stage",
    gateway,
    credentials,
    block: { mcp: [{}] },
    newerFields: [targetField(props)],
    permissions: credential?.kind === "gateway role" ? [invokePermission(target, props)] : [],
    findProblems: () => (props.toolFilters.length > 0 ? [] : [apiGatewayNeedsFilter()]),
  };
}

function targetField({ restApiId, stage, toolFilters, toolOverrides = [] }: ApiGatewayTargetProps): NewerField {
  const toolConfiguration = {
    tool_filter: toolFilters.map(({ filterPath, methods }) => ({ filter_path: filterPath, methods: [...methods] })),
    ...(toolOverrides.length > 0 && { tool_override: toolOverrides.map((override) => ({ ...override })) }),
  };
  return {
    feature: "An API Gateway target",
    path: "target_configuration.0.mcp.0.api_gateway",
    value: [{ rest_api_id: restApiId, stage, api_gateway_tool_configuration: [toolConfiguration] }],
    since: PROVIDER_RELEASES.grantTypes,
  };
}

/** Exactly the filtered methods. A path parameter can have any value, so IAM sees `*` in its place. */
function invokePermission(target: Construct, { restApiId, stage, toolFilters }: ApiGatewayTargetProps): Permission {
  const environment = AwsEnvironment.of(target);
  const resources = toolFilters.flatMap(({ filterPath, methods }) =>
    methods.map((method) =>
      environment.arn("execute-api", `${restApiId}/${stage}/${method}${withoutParameters(filterPath)}`),
    ),
  );
  return { sid: "InvokeApi", actions: [INVOKE_API], resources };
}

function withoutParameters(path: string): string {
  return Token.isUnresolved(path) ? Fn.replace(path, "/[{][^}]*[}]/", "*") : path.replace(/\{[^}]*\}/g, "*");
}
