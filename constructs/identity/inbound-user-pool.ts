import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { cognitoDiscoveryUrl, PASSWORD_POLICY } from "../private/cognito";
import { reportProblems } from "../private/checks";
import { derivedName, nameProblems, USER_POOL_CLIENT_NAME, USER_POOL_NAME } from "../private/names";
import { ImportedUserPool, type UserPoolAttributes } from "./imported-user-pool";
import type { IUserPool } from "./user-pool";

/** What an InboundUserPool is made with. */
export interface InboundUserPoolProps {
  /**
   * 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`.
   * @default - derived from the construct's path
   */
  readonly userPoolName?: string;

  /**
   * 1 to 128 characters, as in the pool's name.
   * @default - the pool's name and `-client`
   */
  readonly userPoolClientName?: string;

  /**
   * Whether people may create their own accounts. Every user of the pool may call the gateway, and the client id is
   * no secret, so with `true` the whole internet may.
   * @default false
   */
  readonly selfSignUpEnabled?: boolean;
}

/**
 * The Cognito user pool of the people who call a gateway. Its app client is public: it has no secret, and signs users
 * in with a name and a password (`USER_PASSWORD_AUTH`).
 *
 * Tokens last an hour, refresh tokens 30 days.
 */
export class InboundUserPool extends Construct implements IUserPool {
  /** A user pool that something else made, with one of its app clients. */
  public static fromUserPoolAttributes(scope: Construct, id: string, attributes: UserPoolAttributes): IUserPool {
    const { userPoolId, clientId } = attributes;
    return new ImportedUserPool(scope, id, { userPoolId, clientId });
  }

  public readonly userPoolId: string;
  /** ARN of the pool. */
  public readonly userPoolArn: string;
  public readonly clientId: string;
  public readonly discoveryUrl: string;

  public constructor(scope: Construct, id: string, props: InboundUserPoolProps = {}) {
    super(scope, id);
    const name = props.userPoolName ?? derivedName(this, { separator: "-", maxLength: 100 });
    const clientName = props.userPoolClientName ?? `${name}-client`;
    reportProblems(this, [...nameProblems(USER_POOL_NAME, name), ...nameProblems(USER_POOL_CLIENT_NAME, clientName)]);

    const userPool = this.createUserPool(name, props.selfSignUpEnabled ?? false);
    this.userPoolId = userPool.id;
    this.userPoolArn = userPool.arn;
    this.discoveryUrl = cognitoDiscoveryUrl(AwsEnvironment.of(this), userPool.id);
    this.clientId = this.createClient(clientName).id;
  }

  private createUserPool(name: string, selfSignUpEnabled: boolean): CognitoUserPool {
    return withChosenAddress(
      new CognitoUserPool(this, "Resource", {
        name,
        passwordPolicy: PASSWORD_POLICY,
        autoVerifiedAttributes: ["email"],
        adminCreateUserConfig: { allowAdminCreateUserOnly: !selfSignUpEnabled },
        accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      }),
    );
  }

  private createClient(name: string): CognitoUserPoolClient {
    return withChosenAddress(
      new CognitoUserPoolClient(this, "Client", {
        name,
        userPoolId: this.userPoolId,
        generateSecret: false,
        explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        preventUserExistenceErrors: "ENABLED",
        accessTokenValidity: 1,
        idTokenValidity: 1,
        refreshTokenValidity: 30,
        tokenValidityUnits: [{ accessToken: "hours", idToken: "hours", refreshToken: "days" }],
      }),
    );
  }
}
