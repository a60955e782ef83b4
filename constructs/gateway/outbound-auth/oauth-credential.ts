import type { BedrockagentcoreGatewayTargetCredentialProviderConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { Construct } from "constructs";
import { MAX_CUSTOM_PARAMETERS, TARGET_SCOPES } from "../../../aws/agentcore/limits";
import type { Permission } from "../../iam/permission";
import type { OauthIdentityOptions } from "../../identity/oauth-identity";
import type { Problem } from "../../private/errors";
import { countProblems } from "../../private/ranges";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { NewerField } from "../../private/provider-version";
import { scopeProblems } from "../../private/scopes";
import { type CredentialKind, targetsTaking } from "../../../aws/agentcore/outbound-matrix";
import type {
  CredentialUser,
  IHttpRuntimeTargetCredential,
  IMcpServerTargetCredential,
  IOpenApiTargetCredential,
  ISmithyTargetCredential,
} from "./target-credential";
import { vaultPermissions } from "./vault-permissions";

/** Which token a gateway asks for in the name of a user, and of whom. */
export interface OauthAuthorizationCodeOptions extends OauthIdentityOptions {
  /**
   * Where users come back to after they consented.
   * @default - none
   */
  readonly defaultReturnUrl?: string;
}

/** What the OAuth grants have in common. */
export abstract class OauthCredential {
  /** Its column in the outbound matrix. */
  public abstract readonly kind: CredentialKind;
  /** The target's `credential_provider_configuration` block, as far as the bindings know it. @internal */
  public readonly block: BedrockagentcoreGatewayTargetCredentialProviderConfiguration;

  public constructor(
    /** What the gateway asks for, and of whom. */
    public readonly options: OauthIdentityOptions,
  ) {
    const { provider, scopes, customParameters = {} } = options;
    this.block = {
      oauth: [
        {
          providerArn: provider.credentialProviderArn,
          scopes: [...scopes],
          customParameters: Object.keys(customParameters).length > 0 ? { ...customParameters } : undefined,
        },
      ],
    };
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    const { scopes, customParameters = {} } = this.options;
    return [
      ...scopeProblems(scopes, TARGET_SCOPES.count),
      ...countProblems("custom parameters", Object.keys(customParameters).length, MAX_CUSTOM_PARAMETERS),
    ];
  }

  /** What the gateway's role must be allowed: the workload access token, the OAuth2 token and its client's secret. */
  public permissions(scope: Construct, { workloadIdentityArn }: CredentialUser): readonly Permission[] {
    const { credentialProviderArn, clientSecretArn } = this.options.provider;
    return vaultPermissions(scope, {
      action: "GetResourceOauth2Token",
      workloadIdentityArn,
      credentialProviderArn,
      secretArn: clientSecretArn,
    });
  }
}

/** The gateway fetches a token with the client credentials grant (M2M) and sends it as a bearer token. */
export class OauthCredentialProviderConfiguration
  extends OauthCredential
  implements
    IMcpServerTargetCredential,
    IOpenApiTargetCredential,
    ISmithyTargetCredential,
    IHttpRuntimeTargetCredential
{
  public readonly kind = "OAuth client credentials";
  public readonly targetKinds = targetsTaking(this.kind);
  public readonly authorizesMcpServer = true;
  public readonly authorizesOpenApi = true;
  public readonly authorizesSmithy = true;
  public readonly authorizesHttpRuntime = true;
  /** Left out, the grant type is client credentials, which providers since 6.25 can do. */
  public readonly newerFields: readonly NewerField[] = [];
}

const grantTypeField = (value: string, since: string): NewerField => ({
  feature: `The OAuth grant type ${value}`,
  path: "oauth.0.grant_type",
  value,
  since,
});

/** The workload access token is fetched in the name of the user who calls. */
function forUsers(permissions: readonly Permission[]): readonly Permission[] {
  return withAction(permissions, "GetWorkloadAccessToken", "GetWorkloadAccessTokenForJWT");
}

/** The permissions with one action more in the statement `sid`. */
function withAction(permissions: readonly Permission[], sid: string, action: string): readonly Permission[] {
  return permissions.map((permission) =>
    permission.sid === sid
      ? { ...permission, actions: [...permission.actions, `bedrock-agentcore:${action}`] }
      : permission,
  );
}

/**
 * Each user consents once, and the gateway calls the target in the user's name (3LO). The gateway's inbound authorizer
 * must be a JWT one: without a user there is nobody to ask.
 */
export class OauthAuthorizationCodeCredential
  extends OauthCredential
  implements IMcpServerTargetCredential, IOpenApiTargetCredential
{
  public readonly kind = "OAuth authorization code";
  public readonly targetKinds = targetsTaking(this.kind);
  public readonly authorizesMcpServer = true;
  public readonly authorizesOpenApi = true;
  public readonly newerFields: readonly NewerField[];

  public constructor(options: OauthAuthorizationCodeOptions) {
    super(options);
    const grantType = grantTypeField("AUTHORIZATION_CODE", PROVIDER_RELEASES.grantTypes);
    const { defaultReturnUrl } = options;
    this.newerFields = [
      grantType,
      ...(defaultReturnUrl === undefined
        ? []
        : [{ ...grantType, path: "oauth.0.default_return_url", value: defaultReturnUrl }]),
    ];
  }

  public override permissions(scope: Construct, user: CredentialUser): readonly Permission[] {
    return withAction(forUsers(super.permissions(scope, user)), "GetResourceOauth2Token", "CompleteResourceTokenAuth");
  }
}

/** The gateway exchanges its caller's token for one that the target accepts (RFC 8693). */
export class OauthTokenExchangeCredential
  extends OauthCredential
  implements IMcpServerTargetCredential, IOpenApiTargetCredential
{
  public readonly kind = "OAuth token exchange";
  public readonly targetKinds = targetsTaking(this.kind);
  public readonly authorizesMcpServer = true;
  public readonly authorizesOpenApi = true;
  /** No release is known to take it: hashicorp/terraform-provider-aws#48486 is open. */
  public readonly newerFields: readonly NewerField[] = [
    grantTypeField("TOKEN_EXCHANGE", PROVIDER_RELEASES.callerCredentials),
  ];

  public override permissions(scope: Construct, user: CredentialUser): readonly Permission[] {
    return forUsers(super.permissions(scope, user));
  }
}
