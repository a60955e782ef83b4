import { Construct } from "constructs";
import { AwsEnvironment } from "../private/aws-environment";
import { cognitoDiscoveryUrl } from "../private/cognito";
import { reportProblems } from "../private/checks";
import { secretProblems } from "../private/secrets";
import type { IUserPool, MachineClient } from "./user-pool";

/** What must be known of a user pool that something else made. */
export interface UserPoolAttributes {
  /** For example `us-east-1_AbCdEfGhI`. The pool is in the stack's account and region. */
  readonly userPoolId: string;
  /** The app client whose tokens count. */
  readonly clientId: string;
}

/** What must be known of a user pool of machines that something else made. */
export interface OutboundUserPoolAttributes extends UserPoolAttributes {
  /** Secret of the app client: the value of a sensitive variable or attribute. */
  readonly clientSecret: string;
  /** Full names of the scopes that the client may ask for, `<resource server identifier>/<scope name>`. */
  readonly scopes: readonly string[];
}

/** A user pool that something else made. */
export class ImportedUserPool extends Construct implements IUserPool {
  public readonly userPoolId: string;
  public readonly clientId: string;
  public readonly discoveryUrl: string;
  public readonly machineClient?: MachineClient;

  public constructor(scope: Construct, id: string, attributes: UserPoolAttributes & Partial<MachineClient>) {
    super(scope, id);
    const { userPoolId, clientId, clientSecret, scopes } = attributes;
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.discoveryUrl = cognitoDiscoveryUrl(AwsEnvironment.of(this), userPoolId);
    if (clientSecret !== undefined && scopes !== undefined) {
      reportProblems(this, secretProblems("client secret", clientSecret));
      this.machineClient = { clientSecret, scopes };
    }
  }
}
