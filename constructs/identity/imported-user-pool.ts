import { Construct } from "constructs";
import { cognitoDiscoveryUrl, regionOfUserPool } from "../private/cognito";
import { reportProblems } from "../private/checks";
import type { Problem } from "../private/errors";
import { nameProblems, USER_POOL_CLIENT_ID, USER_POOL_ID } from "../private/names";
import { secretProblems } from "../private/secrets";
import type { IUserPool, MachineClient } from "./user-pool";

/** What must be known of a user pool that something else made. */
export interface UserPoolAttributes {
  /** For example `us-east-1_AbCdEfGhI`, not its ARN. The id begins with the pool's region. */
  readonly userPoolId: string;

  /** The app client whose tokens count. */
  readonly clientId: string;

  /**
   * All app clients whose tokens count.
   * @default - clientId alone
   */
  readonly clientIds?: readonly string[];
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
  public readonly clientIds: readonly string[];
  public readonly discoveryUrl: string;
  public readonly machineClient?: MachineClient;

  public constructor(scope: Construct, id: string, attributes: UserPoolAttributes & Partial<MachineClient>) {
    super(scope, id);
    const { userPoolId, clientId, clientIds = [clientId], clientSecret, scopes } = attributes;
    reportProblems(this, [
      ...nameProblems(USER_POOL_ID, userPoolId),
      ...[...new Set([clientId, ...clientIds])].flatMap((each): Problem[] => nameProblems(USER_POOL_CLIENT_ID, each)),
    ]);
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.clientIds = clientIds;
    this.discoveryUrl = cognitoDiscoveryUrl(regionOfUserPool(userPoolId), userPoolId);
    if (clientSecret !== undefined && scopes !== undefined) {
      reportProblems(this, secretProblems("client secret", clientSecret));
      this.machineClient = { clientSecret, scopes };
    }
  }
}
