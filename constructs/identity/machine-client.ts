import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { reportProblems } from "../private/checks";
import * as names from "../private/names";
import { type AccessTokenOptions, accessTokenArguments, tokenProblems } from "./token-validity";
import type { IUserPool, MachineClient } from "./user-pool";

/** What a machine's app client is made with. */
export interface MachineClientOptions extends AccessTokenOptions {
  /**
   * 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`.
   * @default - the pool's name, a hyphen and the client's id
   */
  readonly userPoolClientName?: string;

  /**
   * What the machine may ask for, by the scopeName of the pool's scopes: at least one.
   * @default - every scope of the pool
   */
  readonly scopes?: readonly string[];
}

/** What an app client with the client credentials grant is made with. */
export interface MachineClientArguments extends AccessTokenOptions {
  /** 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`. */
  readonly name: string;
  /** The pool that gets the client. */
  readonly userPoolId: string;
  /** Full names of scopes. */
  readonly scopes: readonly string[];
}

/** An app client that fetches tokens for itself, with a secret and the client credentials grant. */
export function createMachineClient(
  scope: Construct,
  id: string,
  { name, userPoolId, scopes, ...tokens }: MachineClientArguments,
): CognitoUserPoolClient {
  reportProblems(scope, [...names.nameProblems(names.USER_POOL_CLIENT_NAME, name), ...tokenProblems(tokens)]);
  return withChosenAddress(
    new CognitoUserPoolClient(scope, id, {
      name,
      userPoolId,
      generateSecret: true,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["client_credentials"],
      allowedOauthScopes: [...scopes],
      // Left out, Cognito would add sign-in flows for users to a client that has none.
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      ...accessTokenArguments(tokens),
    }),
  );
}

/** What a MachineUserPoolClient is made with: `InboundUserPool.addMachineClient` knows it all, an existing pool is told. */
export interface MachineUserPoolClientProps extends MachineClientArguments {
  /** The URL of the pool's OpenID discovery document. */
  readonly discoveryUrl: string;
  /** Where the pool issues tokens. */
  readonly tokenEndpoint: string;
  /**
   * The pool's domain, when this program makes it. Nobody gets a token before it exists.
   * @default - it exists already
   */
  readonly domain?: ITerraformDependable;
}

/**
 * A machine that calls a gateway: an app client of a user pool that fetches tokens with its id and secret.
 *
 * The secret is part of Terraform's state, as with every `aws_cognito_user_pool_client`: encrypt the state and restrict
 * who reads it.
 */
export class MachineUserPoolClient extends Construct implements IUserPool {
  public readonly userPoolId: string;
  public readonly discoveryUrl: string;
  public readonly clientId: string;
  /** Sensitive. */
  public readonly clientSecret: string;
  /** Full names of the scopes that the machine may ask for, `<resource server identifier>/<scope name>`. */
  public readonly scopes: readonly string[];
  /** Where the machine gets its tokens: `POST`, `grant_type=client_credentials`. */
  public readonly tokenEndpoint: string;
  public readonly machineClient: MachineClient;

  public constructor(scope: Construct, id: string, props: MachineUserPoolClientProps) {
    super(scope, id);
    const { discoveryUrl, tokenEndpoint, domain, ...client } = props;
    const resource = createMachineClient(this, "Resource", client);
    this.userPoolId = props.userPoolId;
    this.discoveryUrl = discoveryUrl;
    this.tokenEndpoint = tokenEndpoint;
    this.scopes = props.scopes;
    this.clientId = resource.id;
    this.clientSecret = resource.clientSecret;
    this.machineClient = { clientSecret: this.clientSecret, scopes: this.scopes, domain };
  }
}
