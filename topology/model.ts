/**
 * What a Terraform configuration declares, in the words of the AWS services instead of Terraform's.
 *
 * A *declaration* holds the evaluated arguments of one resource, as its service's create operation takes them; the
 * *attributes* are what the service adds when it creates the resource and what other resources may refer to.
 */

import type { Value } from "./language/value";

/** `custom_jwt_authorizer`: the inbound authorization of a runtime or a gateway by bearer token. */
export interface CustomJwtAuthorizer {
  readonly discoveryUrl: string;
  readonly allowedClients?: readonly string[];
  readonly allowedAudience?: readonly string[];
  readonly allowedScopes?: readonly string[];
  readonly customClaims?: readonly CustomClaim[];
}
/** A further claim that tokens must have. */
export interface CustomClaim {
  readonly name: string;
  readonly valueType: string;
  readonly operator: string;
  /** Exactly one of the two, for an operator that the service knows. */
  readonly value?: string;
  readonly values?: readonly string[];
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  /** Days. */
  readonly temporaryPasswordValidityDays: number;
}

export interface UserPoolDeclaration {
  readonly poolName: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly usernameAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  readonly allowAdminCreateUserOnly: boolean;
}
export interface UserPoolAttributes {
  readonly userPoolId: string;
  readonly arn: string;
}

export interface UserPoolDomainDeclaration {
  readonly domain: string;
  readonly userPoolId: string;
}
export type UserPoolDomainAttributes = Record<never, never>;

export interface ResourceServerDeclaration {
  readonly userPoolId: string;
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly { readonly scopeName: string; readonly scopeDescription: string }[];
}
export type ResourceServerAttributes = Record<never, never>;

export interface UserPoolClientDeclaration {
  readonly userPoolId: string;
  readonly clientName: string;
  readonly generateSecret: boolean;
  /** Whether a sign-in hides that a user does not exist; `UserNotFoundException` shows it when left out. */
  readonly preventUserExistenceErrors?: boolean;
  /** `ALLOW_…` names; empty when the configuration leaves the service's default. */
  readonly explicitAuthFlows: readonly string[];
  readonly allowedOAuthFlowsUserPoolClient: boolean;
  readonly allowedOAuthFlows: readonly string[];
  readonly allowedOAuthScopes: readonly string[];
  /** Where a sign-in in the browser may lead back to. @default - nowhere */
  readonly callbackUrls?: readonly string[];
  /** Where a sign-in leads that names none of them. */
  readonly defaultRedirectUri?: string;
  /** Where signing out may lead. @default - nowhere */
  readonly logoutUrls?: readonly string[];
  /** Left out where refresh tokens stay as they are. */
  readonly refreshTokenRotation?: RefreshTokenRotation;
  /** Seconds; 3,600 unless configured. */
  readonly accessTokenValidity: number;
  /** Seconds; 3,600 unless configured. */
  readonly idTokenValidity: number;
  /** Seconds; 30 days unless configured. */
  readonly refreshTokenValidity: number;
}
/** Each refresh token is replaced when it is used. */
export interface RefreshTokenRotation {
  /** For how long the replaced token goes on to be good. */
  readonly retryGracePeriodSeconds: number;
}
export interface UserPoolClientAttributes {
  readonly clientId: string;
  readonly clientSecret?: string;
}

export interface RoleDeclaration {
  readonly roleName: string;
  /** The trust policy, a JSON document. */
  readonly assumeRolePolicy: string;
  readonly inlinePolicies?: readonly InlinePolicy[];
  readonly managedPolicyArns?: readonly string[];
}
export interface InlinePolicy {
  readonly policyName: string;
  /** A JSON document. */
  readonly policy: string;
}
export interface RoleAttributes {
  readonly arn: string;
  readonly roleId: string;
}

export interface RolePolicyDeclaration extends InlinePolicy {
  readonly roleName: string;
}
export type RolePolicyAttributes = Record<never, never>;

/** A customer managed policy. */
export interface ManagedPolicyDeclaration extends InlinePolicy {
  /** `/` unless configured. */
  readonly path?: string;
}
export interface ManagedPolicyAttributes {
  readonly arn: string;
  readonly policyId: string;
}

/** Gives a managed policy, the account's own or one of AWS, to roles. */
export interface PolicyAttachmentDeclaration {
  readonly policyArn: string;
  readonly roleNames: readonly string[];
}
export type PolicyAttachmentAttributes = Record<never, never>;

/** The only inline policies that a role may have. */
export interface RolePoliciesExclusiveDeclaration {
  readonly roleName: string;
  readonly policyNames: readonly string[];
}
export type RolePoliciesExclusiveAttributes = Record<never, never>;

/** The managed policies that a role has, and no others. */
export interface RolePolicyAttachmentsExclusiveDeclaration {
  readonly roleName: string;
  readonly policyArns: readonly string[];
}
export type RolePolicyAttachmentsExclusiveAttributes = Record<never, never>;

export interface RepositoryDeclaration {
  readonly repositoryName: string;
}
export interface RepositoryAttributes {
  readonly arn: string;
  readonly registryId: string;
  readonly repositoryUrl: string;
}

/** `terraform_data`: holds a value; its provisioners (the image build) belong to the machine that applies. */
export interface TerraformDataDeclaration {
  readonly input?: Value;
}
export interface TerraformDataAttributes {
  readonly id: string;
}

export interface OAuth2CredentialProviderDeclaration {
  readonly name: string;
  /** For example `CustomOauth2`. */
  readonly vendor: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the vendor block is a custom one; its alternative is `authorizationServerMetadata`. */
  readonly discoveryUrl?: string;
  readonly authorizationServerMetadata?: {
    readonly issuer: string;
    readonly authorizationEndpoint: string;
    readonly tokenEndpoint: string;
  };
}
export interface OAuth2CredentialProviderAttributes {
  readonly credentialProviderArn: string;
  readonly clientSecretArn: string;
}

export interface ApiKeyCredentialProviderDeclaration {
  readonly name: string;
  readonly apiKey: string;
}
export interface ApiKeyCredentialProviderAttributes {
  readonly credentialProviderArn: string;
  readonly apiKeySecretArn: string;
}

export interface AgentRuntimeDeclaration {
  readonly agentRuntimeName: string;
  readonly roleArn: string;
  readonly containerUri?: string;
  /** Where the runtime has no image. */
  readonly code?: AgentRuntimeCode;
  readonly networkMode: string;
  /** `HTTP` unless configured. */
  readonly serverProtocol: string;
  /** IAM (SigV4) when left out. */
  readonly customJwtAuthorizer?: CustomJwtAuthorizer;
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly requestHeaderAllowlist: readonly string[];
}
/** An archive in S3, and how it is started. */
export interface AgentRuntimeCode {
  readonly bucket: string;
  /** The archive's key. */
  readonly prefix: string;
  readonly versionId?: string;
  /** Such as `PYTHON_3_13`. */
  readonly runtime: string;
  readonly entryPoint: readonly string[];
}
export interface AgentRuntimeAttributes {
  readonly agentRuntimeArn: string;
  readonly agentRuntimeId: string;
  readonly agentRuntimeVersion: string;
  readonly workloadIdentityArn: string;
}

/** An endpoint beside DEFAULT. */
export interface AgentRuntimeEndpointDeclaration {
  readonly agentRuntimeId: string;
  readonly name: string;
  /** The latest when left out. */
  readonly agentRuntimeVersion?: string;
  readonly description?: string;
}
export interface AgentRuntimeEndpointAttributes {
  readonly agentRuntimeArn: string;
  readonly agentRuntimeEndpointArn: string;
  readonly agentRuntimeVersion: string;
}

export interface BucketDeclaration {
  readonly bucketName: string;
}
export interface BucketAttributes {
  readonly arn: string;
}

export interface BucketObjectDeclaration {
  readonly bucketName: string;
  readonly objectKey: string;
}
export interface BucketObjectAttributes {
  readonly versionId: string;
}

/** An identity of a workload outside of AgentCore Runtime. */
export interface WorkloadIdentityDeclaration {
  readonly name: string;
  readonly allowedResourceOauth2ReturnUrls?: readonly string[];
}
export interface WorkloadIdentityAttributes {
  readonly workloadIdentityArn: string;
}

export interface GatewayDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly roleArn: string;
  readonly authorizerType: string;
  readonly customJwtAuthorizer?: CustomJwtAuthorizer;
  readonly protocolType: string;
  readonly instructions?: string;
  readonly searchType?: string;
  readonly supportedVersions?: readonly string[];
  readonly exceptionLevel?: string;
}
export interface GatewayAttributes {
  readonly gatewayArn: string;
  readonly gatewayId: string;
  readonly gatewayUrl: string;
  readonly workloadIdentityArn: string;
}

/** How the gateway authorizes itself to a target. */
export type OutboundCredential =
  | { readonly type: "NONE" }
  | { readonly type: "GATEWAY_IAM_ROLE"; readonly service?: string; readonly region?: string }
  | {
      readonly type: "API_KEY";
      readonly providerArn: string;
      /** `HEADER` when left out. */
      readonly location?: string;
      /** The name of the header or the query parameter; `Authorization` and `api_key` when left out. */
      readonly parameterName?: string;
      /** What stands before the key, for example `Bearer`. */
      readonly prefix?: string;
    }
  | {
      readonly type: "OAUTH";
      readonly providerArn: string;
      readonly scopes: readonly string[];
      /** Client credentials when left out. */
      readonly grantType?: string;
      /** Further members of the token request. */
      readonly customParameters?: Readonly<Record<string, string>>;
    };

/** A schema as it stands in JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A tool of a Lambda target, which its configuration describes. */
export interface LambdaTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
}

export interface GatewayTargetDeclaration {
  readonly gatewayIdentifier: string;
  readonly name: string;
  readonly description?: string;
  readonly credential: OutboundCredential;
  /** Left out for other target kinds, which `targetKind` names. */
  readonly mcpServer?: { readonly endpoint: string };
  /** Left out for other target kinds. */
  readonly lambda?: { readonly lambdaArn: string; readonly tools: readonly LambdaTool[] };
  /** The block inside `mcp`: `mcpServer`, `lambda`, `openApiSchema`, `smithyModel`, …; or one beside it, such as `http`. */
  readonly targetKind: string;
}
export interface GatewayTargetAttributes {
  readonly targetId: string;
}

/** As far as a gateway invokes it; its code belongs to the machine that applies. */
export interface LambdaFunctionDeclaration {
  readonly functionName: string;
  readonly handler?: string;
  /** Seconds; the service's default when left out. */
  readonly timeout?: number;
  /** MB; the service's default when left out. */
  readonly memorySize?: number;
  readonly environmentVariables: Readonly<Record<string, string>>;
}
export interface LambdaFunctionAttributes {
  readonly arn: string;
}

/** Every resource kind that the topology reads, with its declaration and its attributes. */
export interface ResourceKinds {
  userPool: { declaration: UserPoolDeclaration; attributes: UserPoolAttributes };
  userPoolDomain: { declaration: UserPoolDomainDeclaration; attributes: UserPoolDomainAttributes };
  userPoolClient: { declaration: UserPoolClientDeclaration; attributes: UserPoolClientAttributes };
  resourceServer: { declaration: ResourceServerDeclaration; attributes: ResourceServerAttributes };
  role: { declaration: RoleDeclaration; attributes: RoleAttributes };
  rolePolicy: { declaration: RolePolicyDeclaration; attributes: RolePolicyAttributes };
  managedPolicy: { declaration: ManagedPolicyDeclaration; attributes: ManagedPolicyAttributes };
  rolePolicyAttachment: { declaration: PolicyAttachmentDeclaration; attributes: PolicyAttachmentAttributes };
  policyAttachment: { declaration: PolicyAttachmentDeclaration; attributes: PolicyAttachmentAttributes };
  rolePoliciesExclusive: { declaration: RolePoliciesExclusiveDeclaration; attributes: RolePoliciesExclusiveAttributes };
  rolePolicyAttachmentsExclusive: {
    declaration: RolePolicyAttachmentsExclusiveDeclaration;
    attributes: RolePolicyAttachmentsExclusiveAttributes;
  };
  repository: { declaration: RepositoryDeclaration; attributes: RepositoryAttributes };
  terraformData: { declaration: TerraformDataDeclaration; attributes: TerraformDataAttributes };
  oauth2CredentialProvider: {
    declaration: OAuth2CredentialProviderDeclaration;
    attributes: OAuth2CredentialProviderAttributes;
  };
  apiKeyCredentialProvider: {
    declaration: ApiKeyCredentialProviderDeclaration;
    attributes: ApiKeyCredentialProviderAttributes;
  };
  agentRuntime: { declaration: AgentRuntimeDeclaration; attributes: AgentRuntimeAttributes };
  agentRuntimeEndpoint: { declaration: AgentRuntimeEndpointDeclaration; attributes: AgentRuntimeEndpointAttributes };
  workloadIdentity: { declaration: WorkloadIdentityDeclaration; attributes: WorkloadIdentityAttributes };
  gateway: { declaration: GatewayDeclaration; attributes: GatewayAttributes };
  bucket: { declaration: BucketDeclaration; attributes: BucketAttributes };
  bucketObject: { declaration: BucketObjectDeclaration; attributes: BucketObjectAttributes };
  lambdaFunction: { declaration: LambdaFunctionDeclaration; attributes: LambdaFunctionAttributes };
  gatewayTarget: { declaration: GatewayTargetDeclaration; attributes: GatewayTargetAttributes };
}

export type ResourceKind = keyof ResourceKinds;
export type Declaration<K extends ResourceKind> = ResourceKinds[K]["declaration"];
export type Attributes<K extends ResourceKind> = ResourceKinds[K]["attributes"];

/** A resource of the configuration, by its Terraform address. */
export interface TopologyResource<K extends ResourceKind = ResourceKind> {
  readonly address: string;
  readonly kind: K;
}
