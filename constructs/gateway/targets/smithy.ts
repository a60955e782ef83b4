import { IamRoleCredential } from "../outbound-auth/iam-credential";
import type { ISmithyTargetCredential } from "../outbound-auth/target-credential";
import type { ApiSchema } from "./api-schema";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** What a Smithy target of a gateway is made with. */
export interface SmithyTargetOptions extends GatewayTargetOptions {
  /** The model as JSON. */
  readonly smithyModel: ApiSchema;

  /**
   * How the gateway authorizes itself to the service: exactly one way. With the gateway's role, name what it may do in
   * `GatewayCredentialProvider.fromIamRole({ permissions })`.
   * @default - [GatewayCredentialProvider.fromIamRole()]
   */
  readonly credentialProviderConfigurations?: readonly [ISmithyTargetCredential];
}

/** What a Smithy target is made with. */
export interface SmithyTargetProps extends SmithyTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function smithyConfiguration(props: SmithyTargetProps): TargetConfiguration {
  const { gateway, smithyModel } = props;
  return {
    kind: "Smithy model",
    gateway,
    credentials: props.credentialProviderConfigurations ?? [new IamRoleCredential({})],
    block: { mcp: [{ smithyModel: [smithyModel.block] }] },
    permissions: smithyModel.permissions,
    findProblems: () => smithyModel.problems,
  };
}
