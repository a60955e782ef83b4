/** What the page is told, as plain data: its scripts are checked against these types. */

/** A box of the picture. */
export interface Station {
  readonly id: string;
  readonly kind:
    | "caller"
    | "inboundPool"
    | "gateway"
    | "tokenVault"
    | "outboundPool"
    | "runtime"
    | "server"
    | "lambda"
    | "external"
    | "unknownEndpoint";
  readonly title: string;
  readonly name: string;
  /** Whether something of it failed to be created. */
  readonly failed: boolean;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** An arrow of the picture: who calls whom and what it shows there, or whose keys a token is verified with. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: "call" | "keys";
  readonly label: string;
}

export interface SystemView {
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
}

export interface HttpTarget {
  readonly name: string;
  readonly description?: string;
  readonly url: string;
  /** Whether the runtime is shown the caller's token. */
  readonly passesToken: boolean;
}

/** A gateway as a page calls it. */
export interface GatewayEndpoint {
  readonly name: string;
  readonly station: string;
  readonly url: string;
  /** `CUSTOM_JWT`, `AWS_IAM`, `NONE` or `AUTHENTICATE_ONLY` */
  readonly authorizerType: string;
  /** Whether it takes requests that are signed with SigV4. */
  readonly signs: boolean;
  /** Targets that are not there, since the emulator does not imitate them. */
  readonly leftOut: readonly { readonly target: string; readonly reason: string }[];
  /** One that the gateway takes in `MCP-Protocol-Version`. */
  readonly protocolVersion: string;
  /** Whether it wants an `Mcp-Session-Id` with that. */
  readonly keepsSessions: boolean;
  /** Those of a gateway without a protocol, each with a URL of its own. */
  readonly httpTargets?: readonly HttpTarget[];
  /** The lists that it has beside tools: `prompts`, `resources`. */
  readonly offers: readonly string[];
  /** Clients that can sign a user in with name and password alone, those that the gateway lets in first. */
  readonly signIn: readonly SignInClient[];
}

export interface SignInClient {
  readonly clientId: string;
  readonly clientName: string;
  readonly userPoolId: string;
  readonly poolName: string;
}

/** How far the deployment has come. */
export interface DeploymentState {
  /** `incomplete` where AWS refused resources and all that does not wait for them stands. */
  readonly status: "deploying" | "deployed" | "incomplete" | "failed";
  /** The Terraform address of the resource that failed first. */
  readonly address?: string;
  /** AWS's words for its failure. */
  readonly reason?: string;
}

/** What `/_emulator/system` answers. */
export interface ConsoleSystem extends SystemView {
  readonly region: string;
  readonly accountId: string;
  readonly deployment: DeploymentState;
  readonly endpoints: readonly GatewayEndpoint[];
  /** How many calls the emulator keeps; the page keeps as many. */
  readonly keptCalls: number;
}
