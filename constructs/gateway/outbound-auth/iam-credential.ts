import type { BedrockagentcoreGatewayTargetCredentialProviderConfiguration as CredentialBlock } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import { MAX_SIGNING_NAME } from "../../../aws/agentcore/limits";
import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { NewerField } from "../../private/provider-version";
import { lengthProblems } from "../../private/names";
import {
  MAY_NAME_A_SERVICE,
  SIGNED_FOR_A_NAMED_SERVICE,
  type TargetKind,
  targetsTaking,
} from "../../../aws/agentcore/outbound-matrix";
import type {
  IApiGatewayTargetCredential,
  IHttpRuntimeTargetCredential,
  ILambdaTargetCredential,
  IMcpServerTargetCredential,
  IOpenApiTargetCredential,
  ISmithyTargetCredential,
} from "./target-credential";

/** How a gateway signs with its role, where the target says for which service. */
export interface IamRoleOptions {
  /**
   * What the gateway's role must be allowed at the target. The target waits for it.
   * @default - what the target's kind is known to need: invoking the function, the runtime or the API; nothing for a
   * Smithy model
   */
  readonly permissions?: readonly Permission[];
}

/** How a gateway signs with its role, and for which service. */
export interface IamRoleServiceOptions extends IamRoleOptions {
  /** The service's name in SigV4 signatures, 1 to 64 characters: `bedrock-agentcore`, `execute-api`, `lambda`. */
  readonly service: string;

  /**
   * Region in the signature.
   * @default - the gateway's
   */
  readonly region?: string;
}

/** How a gateway signs with its caller's credentials. */
export interface CallerIamOptions {
  /** The service's name in SigV4 signatures, 1 to 64 characters. */
  readonly service: string;

  /**
   * Region in the signature.
   * @default - the gateway's
   */
  readonly region?: string;
}

/** The gateway signs with its service role; the kind of target says for which service. */
export class IamRoleCredential
  implements
    IApiGatewayTargetCredential,
    ILambdaTargetCredential,
    ISmithyTargetCredential,
    IHttpRuntimeTargetCredential
{
  public readonly kind = "gateway role";
  public readonly targetKinds: readonly TargetKind[] = targetsTaking(this.kind).filter(
    (kind) => !SIGNED_FOR_A_NAMED_SERVICE.includes(kind),
  );
  public readonly authorizesApiGateway = true;
  public readonly authorizesLambda = true;
  public readonly authorizesSmithy = true;
  public readonly authorizesHttpRuntime = true;
  /** @internal */
  public readonly block: CredentialBlock = { gatewayIamRole: [{}] };
  public readonly newerFields: readonly NewerField[] = [];

  public constructor(private readonly options: IamRoleOptions) {}

  public validate(): Problem[] {
    return [];
  }

  public permissions(): readonly Permission[] {
    return this.options.permissions ?? [];
  }
}

/** The gateway signs with its service role, for the named service. */
export class IamRoleServiceCredential
  implements IMcpServerTargetCredential, IOpenApiTargetCredential, IHttpRuntimeTargetCredential
{
  public readonly kind = "gateway role";
  public readonly targetKinds: readonly TargetKind[] = MAY_NAME_A_SERVICE;
  public readonly authorizesMcpServer = true;
  public readonly authorizesOpenApi = true;
  public readonly authorizesHttpRuntime = true;
  /** @internal */
  public readonly block: CredentialBlock = { gatewayIamRole: [{}] };
  public readonly newerFields: readonly NewerField[];

  public constructor(private readonly options: IamRoleServiceOptions) {
    const { service, region } = options;
    const signing = {
      feature: "Calling a target with the gateway's role (SigV4)",
      since: PROVIDER_RELEASES.iamService,
    };
    this.newerFields = [
      { ...signing, path: "gateway_iam_role.0.service", value: service },
      ...(region === undefined ? [] : [{ ...signing, path: "gateway_iam_role.0.region", value: region }]),
    ];
  }

  public validate(): Problem[] {
    return lengthProblems("service of the IAM credential", this.options.service, 1, MAX_SIGNING_NAME);
  }

  public permissions(): readonly Permission[] {
    return this.options.permissions ?? [];
  }
}

/** The gateway signs with the credentials of its caller, who signed too. */
export class CallerIamCredential implements IHttpRuntimeTargetCredential {
  public readonly kind = "caller IAM";
  public readonly targetKinds = targetsTaking(this.kind);
  public readonly authorizesHttpRuntime = true;
  /** @internal */
  public readonly block: CredentialBlock = {};
  public readonly newerFields: readonly NewerField[];

  public constructor(private readonly options: CallerIamOptions) {
    const { service, region } = options;
    this.newerFields = [
      {
        feature: "Calling a target with the caller's IAM credentials",
        path: "caller_iam_credentials",
        value: [region === undefined ? { service } : { service, region }],
        since: PROVIDER_RELEASES.callerCredentials,
      },
    ];
  }

  public validate(): Problem[] {
    return lengthProblems("service of the IAM credential", this.options.service, 1, MAX_SIGNING_NAME);
  }

  public permissions(): readonly Permission[] {
    return [];
  }
}
