import type { OauthIdentityOptions } from "../../identity/oauth-identity";
import { ApiKeyCredential, type ApiKeyIdentityOptions } from "./api-key-credential";
import {
  CallerIamCredential,
  type CallerIamOptions,
  IamRoleCredential,
  type IamRoleOptions,
  IamRoleServiceCredential,
  type IamRoleServiceOptions,
} from "./iam-credential";
import { JwtPassthroughCredential } from "./jwt-passthrough-credential";
import {
  OauthAuthorizationCodeCredential,
  type OauthAuthorizationCodeOptions,
  OauthCredentialProviderConfiguration,
  OauthTokenExchangeCredential,
} from "./oauth-credential";

/** How a gateway authorizes itself to a target. Which target takes which credential is in the types. */
export class GatewayCredentialProvider {
  /** With a token that a credential provider fetches with the client credentials grant (M2M). */
  public static fromOauthIdentity(options: OauthIdentityOptions): OauthCredentialProviderConfiguration {
    return new OauthCredentialProviderConfiguration(options);
  }

  /** With a token of the user who calls, who is asked for consent once (3LO). Needs AWS provider 6.40. */
  public static fromOauthAuthorizationCode(options: OauthAuthorizationCodeOptions): OauthAuthorizationCodeCredential {
    return new OauthAuthorizationCodeCredential(options);
  }

  /** With a token that the caller's token is exchanged for. No release of the AWS provider is known to take it. */
  public static fromOauthTokenExchange(options: OauthIdentityOptions): OauthTokenExchangeCredential {
    return new OauthTokenExchangeCredential(options);
  }

  /** With an API key. */
  public static fromApiKeyIdentity(options: ApiKeyIdentityOptions): ApiKeyCredential {
    return new ApiKeyCredential(options);
  }

  /** With a SigV4 signature of the gateway's role for `service`. Needs AWS provider 6.48. */
  public static fromIamRole(options: IamRoleServiceOptions): IamRoleServiceCredential;
  /** With a SigV4 signature of the gateway's role; the target says for which service. */
  public static fromIamRole(options?: IamRoleOptions): IamRoleCredential;
  public static fromIamRole(
    options: IamRoleOptions & Partial<IamRoleServiceOptions> = {},
  ): IamRoleCredential | IamRoleServiceCredential {
    const { service, region, permissions } = options;
    return service === undefined
      ? new IamRoleCredential({ permissions })
      : new IamRoleServiceCredential({ service, region, permissions });
  }

  /** With a SigV4 signature of the caller, who must have signed as well. Needs AWS provider 6.66. */
  public static fromCallerIam(options: CallerIamOptions): CallerIamCredential {
    return new CallerIamCredential(options);
  }

  /** With the token that the caller brought. Needs AWS provider 6.66. */
  public static fromJwtPassthrough(): JwtPassthroughCredential {
    return new JwtPassthroughCredential();
  }

  private constructor() {}
}
