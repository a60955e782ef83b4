// constructs/gateway/outbound-auth/: what a gateway shows to its targets, and what its role needs for it.
import type { BedrockagentcoreGatewayTargetCredentialProviderConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { Construct } from "constructs";
import { MAX_API_KEY_TEXT } from "../../../aws/agentcore/limits";
import type { Permission } from "../../iam/permission";
import type { IApiKeyCredentialProvider } from "../../identity/api-key-credential-provider";
import type { Problem } from "../../private/errors";
import { lengthProblems } from "../../private/names";
import type { NewerField } from "../../private/provider-version";
import { type TargetKind, targetsTaking } from "../../../aws/agentcore/outbound-matrix";
import type {
  CredentialUser,
  IApiGatewayTargetCredential,
  IMcpServerTargetCredential,
  IOpenApiTargetCredential,
} from "./target-credential";
import { vaultPermissions } from "./vault-permissions";

/** How a gateway writes an API key into a request. */
export interface ApiKeyLocationOptions {
  /**
   * Name of the header or query parameter, 1 to 64 characters.
   * @default - the service's own choice
   */
  readonly credentialParameterName?: string;

  /**
   * What stands before the key in a header, 1 to 64 characters, for example `Bearer`.
   * @default - none
   */
  readonly credentialPrefix?: string;
}

/** Where a gateway puts an API key. */
export class ApiKeyCredentialLocation {
  /** Into a header of each request. */
  public static header(options: ApiKeyLocationOptions = {}): ApiKeyCredentialLocation {
    return new ApiKeyCredentialLocation("HEADER", options.credentialParameterName, options.credentialPrefix);
  }

  /** Into the query of each URL, where logs may show it. */
  public static queryParameter(
    options: Pick<ApiKeyLocationOptions, "credentialParameterName"> = {},
  ): ApiKeyCredentialLocation {
    return new ApiKeyCredentialLocation("QUERY_PARAMETER", options.credentialParameterName, undefined);
  }

  private constructor(
    /** The service's name of the place. */
    public readonly credentialLocation: string,
    /** Name of the header or query parameter; left out, the service chooses. */
    public readonly credentialParameterName: string | undefined,
    /** What stands before the key; left out, nothing. */
    public readonly credentialPrefix: string | undefined,
  ) {}
}

/** Which API key a gateway sends, and where. */
export interface ApiKeyIdentityOptions {
  /** Where AgentCore Identity keeps the key. */
  readonly provider: IApiKeyCredentialProvider;

  /** @default - ApiKeyCredentialLocation.header() */
  readonly credentialLocation?: ApiKeyCredentialLocation;
}

/** The gateway sends an API key. */
export class ApiKeyCredential
  implements IApiGatewayTargetCredential, IMcpServerTargetCredential, IOpenApiTargetCredential
{
  public readonly kind = "API key";
  public readonly targetKinds: readonly TargetKind[] = targetsTaking(this.kind);
  public readonly authorizesApiGateway = true;
  public readonly authorizesMcpServer = true;
  public readonly authorizesOpenApi = true;
  public readonly newerFields: readonly NewerField[] = [];
  /** @internal */
  public readonly block: BedrockagentcoreGatewayTargetCredentialProviderConfiguration;
  private readonly location: ApiKeyCredentialLocation;

  public constructor(private readonly options: ApiKeyIdentityOptions) {
    this.location = options.credentialLocation ?? ApiKeyCredentialLocation.header();
    const { credentialLocation, credentialParameterName, credentialPrefix } = this.location;
    const { credentialProviderArn: providerArn } = options.provider;
    this.block = { apiKey: [{ providerArn, credentialLocation, credentialParameterName, credentialPrefix }] };
  }

  public validate(): Problem[] {
    return [
      ...lengthProblems("credential parameter name", this.location.credentialParameterName, 1, MAX_API_KEY_TEXT),
      ...lengthProblems("credential prefix", this.location.credentialPrefix, 1, MAX_API_KEY_TEXT),
    ];
  }

  public permissions(scope: Construct, { workloadIdentityArn }: CredentialUser): readonly Permission[] {
    const { credentialProviderArn, apiKeySecretArn } = this.options.provider;
    return vaultPermissions(scope, {
      action: "GetResourceApiKey",
      workloadIdentityArn,
      credentialProviderArn,
      secretArn: apiKeySecretArn,
    });
  }
}
