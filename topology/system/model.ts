/** The authenticated system that an inventory declares: entities in the words of the services, linked to each other. */

import type { Instance } from "../modules/inventory";
import type { OutboundCredential, TargetSource } from "../../targets";
import type { Shown } from "../arguments/block";
import type { Symbolic, Text, TextList, Unknown } from "../language";

/**
 * A link to another entity holds its candidates: one as a rule, several where the source does not tell which, none
 * where it names something that is not shown.
 */
export type Link<T> = readonly T[];

export interface Entity {
  readonly address: string;
  readonly instance: Instance;
}

export interface UserPool extends Entity {
  readonly name?: Text;
  /** Whether only administrators create users; Cognito lets everybody sign up unless configured. */
  readonly adminCreateUserOnly: boolean | Unknown;
  /** Filled while reading. */
  readonly domains: Entity[];
  readonly resourceServers: ResourceServer[];
}

export interface ResourceServer extends Entity {
  readonly identifier?: Text;
  /** `<identifier>/<scope name>`. */
  readonly scopes: readonly Text[];
  /** Whether it has scopes that the source does not show. */
  readonly isOpen: boolean;
}

export interface UserPoolClient extends Entity {
  readonly userPool: Link<UserPool>;
  readonly name?: Text;
  readonly generateSecret: boolean | Unknown;
  readonly oauthEnabled: boolean | Unknown;
  readonly oauthFlows?: TextList;
  readonly scopes?: TextList;
  /** Left out: SRP, custom and refresh. */
  readonly explicitAuthFlows?: TextList;
}

/** Where tokens come from: the discovery document, and the user pool behind it. */
export interface Issuer {
  readonly discoveryUrl: Text;
  readonly userPool: Link<UserPool>;
}

export interface CredentialProvider extends Entity {
  readonly name?: Text;
  readonly clientId?: Text;
  readonly client: Link<UserPoolClient>;
  /** Left out with authorization server metadata and vendors that have their own. */
  readonly issuer?: Issuer;
}

export interface ApiKeyProvider extends Entity {
  readonly name?: Text;
}

export interface JwtAuthorizer {
  readonly issuer?: Issuer;
  readonly allowedClients?: TextList;
  readonly allowedAudience?: TextList;
  readonly allowedScopes?: TextList;
  readonly hasCustomClaims: boolean;
}

/** `JWT`, `IAM` (SigV4), `NONE`; undefined where the source does not tell. */
export type InboundAuthorization = "JWT" | "IAM" | "NONE" | undefined;

export interface Runtime extends Entity {
  readonly name?: Text;
  readonly protocol?: Text;
  readonly inbound: InboundAuthorization;
  readonly authorizer?: JwtAuthorizer;
  readonly role: Link<Role>;
  readonly containerUri?: Text;
  readonly repository: Link<Instance>;
}

export interface Gateway extends Entity {
  readonly name?: Text;
  readonly inbound: InboundAuthorization;
  readonly authorizer?: JwtAuthorizer;
  readonly roleArn?: Text;
  readonly role: Link<Role>;
  /** The functions that each of its interceptors can mean. */
  readonly interceptors: readonly Link<Instance>[];
  readonly searchType?: Text | undefined;
  readonly supportedVersions?: TextList | undefined;
  readonly responseStreaming?: boolean | Unknown | undefined;
  /** Undefined where the source does not tell. */
  readonly keepsSessions: boolean | undefined;
  readonly targets: Target[];
}

type Credential<T> = Extract<OutboundCredential<Shown>, { readonly type: T }>;

export type OutboundAuthorization =
  | Exclude<OutboundCredential<Shown>, { readonly type: "API_KEY" | "OAUTH" }>
  | (Credential<"API_KEY"> & { readonly provider: Link<ApiKeyProvider> })
  | (Credential<"OAUTH"> & { readonly provider: Link<CredentialProvider> });

/** Names of headers and of query parameters. */
export interface PassedOn {
  readonly allowedRequestHeaders: TextList | undefined;
  readonly allowedResponseHeaders: TextList | undefined;
  readonly allowedQueryParameters: TextList | undefined;
}

export interface Target extends Entity, TargetSource<Shown> {
  readonly name?: Text;
  readonly gatewayIdentifier?: Text;
  readonly gateway: Link<Gateway>;
  /** What passes the gateway beside arguments and results. */
  readonly passedOn?: PassedOn | undefined;
  /** Such as `mcp_server` or `lambda`; undefined where the source does not tell. */
  readonly kind?: string;
  /** The functions that a Lambda target can mean. */
  readonly lambdaFunction: Link<Instance>;
  /** The REST APIs whose stage an API Gateway target can mean. */
  readonly restApi: Link<Instance>;
  /** The runtimes that the endpoint can mean. */
  readonly runtime: Link<Runtime>;
  /** Undefined where the source does not tell, or where the way is none of these. */
  readonly outbound?: OutboundAuthorization;
}

export interface Statement {
  /** The policy or role that holds it. */
  readonly address: string;
  readonly effect: string;
  readonly actions: readonly Text[];
  readonly notActions: readonly Text[];
  readonly resources: readonly Text[];
  readonly notResources: readonly Text[];
  readonly principals: Symbolic | undefined;
  readonly conditions: Symbolic | undefined;
}

export interface PolicyDocument extends Entity {
  /** Undefined where the source does not show the document. */
  readonly statements?: readonly Statement[];
  /** Whether it is one that AWS manages, which nobody here can narrow. */
  readonly isOfAws?: boolean;
}

export interface Role extends Entity {
  readonly name?: Text;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** What the source does not show of its policies: `what … allows`, `whether it has …`. */
  readonly unshown: readonly string[];
}

export interface System {
  readonly userPools: readonly UserPool[];
  readonly userPoolClients: readonly UserPoolClient[];
  readonly credentialProviders: readonly CredentialProvider[];
  readonly runtimes: readonly Runtime[];
  readonly gateways: readonly Gateway[];
  readonly targets: readonly Target[];
  readonly roles: readonly Role[];
}
