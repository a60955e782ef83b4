import type { OptionKind, Taken } from "./problems";

/** What the options of the constructs take, by their names, where it is not a text: a word of `OptionKind`, and the names. */
const NAMES = `
number: accessTokenValidityInMinutes apiKeyVersion clientSecretVersion idleRuntimeSessionTimeout keepLastImages
logRetentionInDays maxLifetime minLength passwordHistorySize refreshTokenRotationGracePeriodInSeconds
refreshTokenValidityInDays resourcePriority sessionTimeoutInSeconds tempPasswordValidityInDays
switch: cacheDisabled deletionProtection deny mutable restrictRuntime selfSignUpEnabled shortAddresses tracing
waitUntilReady
boolean: enableResponseStreaming passRequestHeaders requireDigits requireLowercase requireSymbols requireUppercase
list: actions allowedAudience allowedClients allowedPermissions allowedQueryParameters allowedRequestHeaders
allowedResourceOauth2ReturnUrls allowedResponseHeaders allowedRoles allowedScopes allowlistedHeaders callbackUrls
clientIds exclude identityProviders logoutUrls methods principals resources responseTypes scopes
securityGroupIds subnetIds unless when workloadIdentities
knownList: entrypoint
objects: artifactPermissions cacheFrom hostingEnvironments permissions
privateEndpointOverrides toolFilters toolOverrides
instances: credentialProviderConfigurations customClaims interceptorConfigurations signIn supportedVersions
object: bucket executionRole gateway gatewayRole inboundUserPool lambdaFunction outboundUserPool policyEngine provider
repository role userPool
instance: agentRuntimeArtifact apiSchema authorizerConfiguration clientAuthenticationMethod credentialLocation
exceptionLevel listingMode mcpToolSchema mfa mode networkConfiguration onBehalfOfTokenExchange principal
privateEndpoint protocolConfiguration runtime runtimeAuthorizerConfiguration runtimeEndpoint searchType smithyModel
standardThreatProtectionMode statement toolSchema validationMode
options: allowedWorkloadConfiguration authorizationServerMetadata cacheTo customDomain gatewayClient
inboundUserPoolProps lifecycleConfiguration metadataConfiguration observability outboundUserPoolProps passwordPolicy
policyEngineConfiguration requestHeaderConfiguration s3Location
data: buildArgs buildContexts buildSecrets conditions customParameters endpoints environmentVariables params tags
any: domain`;

/**
 * Calls, and what they take: constructors, methods, and of those of one name that of a class by both. With a dot before it
 * stands an option that has options itself. `!` marks what they need, `*` a list of objects, `^` one of objects of classes
 * and `~` one of texts that must be known, each where others of the name need not, and `+` a call whose options they take,
 * too.
 */
const CALLS = `
.allowedWorkloadConfiguration: hostingEnvironments workloadIdentities
.artifactPermissions .permissions add addToPolicy addToRolePolicy: actions! resources! sid!
.authorizationServerMetadata: authorizationEndpoint! issuer! responseTypes tokenEndpoint!
.cacheFrom .cacheTo: params type!
.customDomain: certificateArn! domainName!
.executionRole .gatewayRole .role: arn! name!
.gateway: gatewayArn!
.gatewayClient: clientId! clientSecret! clientSecretVersion customParameters scopes!
.hostingEnvironments: gatewayArn!
.inboundUserPoolProps InboundUserPool: +OutboundUserPool refreshTokenRotationGracePeriodInSeconds
refreshTokenValidityInDays selfSignUpEnabled signIn
.inboundUserPool .outboundUserPool .userPool: clientId! clientIds discoveryUrl! userPoolId!
.lambdaFunction: arn!
.lifecycleConfiguration: idleRuntimeSessionTimeout maxLifetime
.metadataConfiguration: allowedQueryParameters allowedRequestHeaders allowedResponseHeaders
.observability: logKmsKeyArn logRetentionInDays tracing
.outboundUserPoolProps OutboundUserPool: accessTokenValidityInMinutes scopes* userPoolClientName customDomain deletionProtection domainPrefix mfa
passwordPolicy resourceServerIdentifier standardThreatProtectionMode tags userPoolName
.passwordPolicy: minLength passwordHistorySize requireDigits requireLowercase requireSymbols requireUppercase
tempPasswordValidityInDays
.policyEngine: policyEngineArn! policyEngineId!
.policyEngineConfiguration: mode! policyEngine!
.privateEndpointOverrides: domain! privateEndpoint!
.requestHeaderConfiguration: allowlistedHeaders!
.s3Location: bucket! objectKey! objectVersion
.scopes: scopeDescription! scopeName!
.toolFilters: filterPath! methods!
.toolOverrides: description method! name! path!
AgentRuntimeArtifact.fromS3: entrypoint! runtime! s3Location!
ApiKeyCredential fromApiKeyIdentity: credentialLocation provider!
ApiKeyCredentialProvider: apiKey! apiKeyCredentialProviderName apiKeyVersion tags
ApiSchema.fromS3 McpToolSchema.fromS3 ToolSchema.fromS3: bucket! bucketOwnerAccountId objectKey!
CallerIamCredential fromCallerIam: region service!
ExecutionRole: artifactPermissions permissionsBoundaryArn role roleName! rolePath runtimeName!
Gateway: authorizerConfiguration! description exceptionLevel gatewayName interceptorConfigurations kmsKeyArn
observability permissionsBoundaryArn policyEngineConfiguration protocolConfiguration role roleName rolePath tags
GatewayAuthorizer.usingAuth0: allowedAudience! allowedClient allowedPermissions allowedScopes customClaims domain!
GatewayAuthorizer.usingCognito: allowedClients allowedScopes customClaims userPool!
GatewayAuthorizer.usingEntra: allowedAudience! allowedClient allowedRoles allowedScopes customClaims tenantId!
GatewayAuthorizer.usingOkta: allowedAudience! allowedClient allowedScopes authorizationServerId customClaims domain!
IamRoleCredential: permissions
IamRoleServiceCredential fromIamRole: permissions region service!
MachineUserPoolClient: accessTokenValidityInMinutes discoveryUrl! domain name! scopes! tokenEndpoint! userPoolId!
McpServerBehindGateway: agentRuntimeArtifact authorizerConfiguration endpoints environmentVariables exceptionLevel
executionRole gateway gatewayRole gatewayTargetName inboundUserPool inboundUserPoolProps kmsKeyArn
lifecycleConfiguration networkConfiguration oAuth2CredentialProviderName observability outboundUserPool
outboundUserPoolProps permissionsBoundaryArn projectName! protocolConfiguration requestHeaderConfiguration rolePath
runtime runtimeAuthorizerConfiguration shortAddresses tags targetEndpointName waitUntilReady
OAuth2CredentialProvider.usingCognito: oAuth2CredentialProviderName tags userPool!
OauthAuthorizationCodeCredential fromOauthAuthorizationCode: +fromOauthIdentity defaultReturnUrl
Policy: +addPolicy policyEngine!
PolicyEngine: description kmsKeyArn policyEngineName tags
Runtime: agentRuntimeArtifact! authorizerConfiguration description environmentVariables executionRole
executionRoleName lifecycleConfiguration networkConfiguration observability permissionsBoundaryArn
protocolConfiguration requestHeaderConfiguration rolePath runtimeName tags
RuntimeAuthorizerConfiguration.usingAuth0: +GatewayAuthorizer.usingAuth0 allowedWorkloadConfiguration gatewayClient
RuntimeAuthorizerConfiguration.usingCognito: +GatewayAuthorizer.usingCognito allowedWorkloadConfiguration
RuntimeAuthorizerConfiguration.usingEntra: +GatewayAuthorizer.usingEntra allowedWorkloadConfiguration gatewayClient
RuntimeAuthorizerConfiguration.usingOkta: +GatewayAuthorizer.usingOkta allowedWorkloadConfiguration gatewayClient
RuntimeEndpoint: +addEndpoint endpointName! runtime!
WorkloadIdentity: allowedResourceOauth2ReturnUrls workloadIdentityName
acknowledge: address! reason! rule!
addApiGatewayTarget: credentialProviderConfigurations description gatewayTargetName metadataConfiguration
privateEndpoint restApiId! stage! toolFilters! toolOverrides
addEndpoint: description tags version
addHttpRuntimeTarget: credentialProviderConfigurations! description gatewayTargetName metadataConfiguration
privateEndpoint qualifier runtime!
addLambdaTarget: credentialProviderConfigurations description gatewayTargetName lambdaFunction! metadataConfiguration
privateEndpoint toolSchema!
addMachineClient: accessTokenValidityInMinutes scopes~ userPoolClientName
addMcpServerTarget: credentialProviderConfigurations! description endpoint! gatewayTargetName listingMode
mcpToolSchema metadataConfiguration privateEndpoint resourcePriority
addOpenApiTarget: apiSchema! credentialProviderConfigurations! description gatewayTargetName metadataConfiguration
privateEndpoint
addPolicy: description policyName statement! validationMode
addPublicClient: accessTokenValidityInMinutes refreshTokenRotationGracePeriodInSeconds refreshTokenValidityInDays
signIn! userPoolClientName
addRuntimeTarget: credentialProviderConfigurations description gatewayTargetName listingMode mcpToolSchema
metadataConfiguration privateEndpoint resourcePriority restrictRuntime runtime! runtimeEndpoint waitUntilReady
addSmithyTarget: credentialProviderConfigurations description gatewayTargetName metadataConfiguration privateEndpoint
smithyModel!
addToResourcePolicy: actions conditions deny principals! sid
authorizationCode: callbackUrls! identityProviders logoutUrls scopes~
forApiGateway: +addApiGatewayTarget gateway!
forHttpRuntime: +addHttpRuntimeTarget gateway!
forLambda: +addLambdaTarget gateway!
forMcpServer: +addMcpServerTarget gateway!
forOpenApi: +addOpenApiTarget gateway!
forRequest forResponse: passRequestHeaders
forRuntime: +addRuntimeTarget gateway!
forSmithy: +addSmithyTarget gateway!
forbid permit: actions^ gateway! principal unless when
fromAgentRuntimeAttributes: agentRuntimeArn! agentRuntimeId! agentRuntimeName! agentRuntimeVersion
authorizerConfiguration protocolConfiguration role
fromAsset: +fromBundledServer buildContexts buildSecrets buildSsh cacheDisabled cacheFrom cacheTo directory!
dockerfile extraHash target
fromBundledServer: buildArgs keepLastImages repositoryKmsKeyArn repositoryName
fromCodeAsset: bucket! entrypoint! exclude path! runtime!
fromEcrRepository: digest repository! tag
fromGatewayAttributes: gatewayArn! gatewayId! gatewayName! gatewayUrl role!
fromImageUri: containerUri! repositoryArn
fromOAuth2CredentialProviderAttributes: clientSecretArn! credentialProviderArn!
fromOauthIdentity fromOauthTokenExchange: customParameters provider! scopes!
fromOutboundUserPoolAttributes: +fromUserPoolAttributes clientSecret! scopes!
fromRoleArn: mutable
fromUserPoolAttributes: clientId! clientIds userPoolId!
grantInvoke grantInvokeRuntime: arn! mutable name!
header: credentialParameterName credentialPrefix
mcp: enableResponseStreaming instructions searchType sessionTimeoutInSeconds supportedVersions
usingAtlassian usingGithub usingGoogle usingLinkedin usingSalesforce usingSlack: clientId! clientSecret!
clientSecretVersion oAuth2CredentialProviderName tags
usingCustom: +usingSlack authorizationServerMetadata clientAuthenticationMethod discoveryUrl onBehalfOfTokenExchange
privateEndpoint privateEndpointOverrides
usingCustomJwt: allowedAudience allowedClients allowedScopes customClaims discoveryUrl! privateEndpoint
privateEndpointOverrides
usingIncluded: +usingSlack authorizationEndpoint issuer tokenEndpoint vendor!
usingJWT: +usingCustomJwt allowedWorkloadConfiguration gatewayClient
usingManagedVpc: ipAddressType routingDomain securityGroupIds subnetIds! tags vpcId!
usingMicrosoft: +usingSlack tenantId
usingVpc: securityGroupIds! subnetIds!`;

function rowsOf(table: string): [string, string[]][] {
  return table
    .trim()
    .split(/\n(?=.*:)/)
    .map((row) => {
      const [head = "", names = ""] = row.split(": ");
      return [head, names.split(/\s+/)];
    });
}

const kinds = new Map(
  rowsOf(NAMES).flatMap(([kind, names]) => names.map((name) => [name, kind as OptionKind] as const)),
);
const calls = new Map(
  rowsOf(CALLS).flatMap(([names, words]) => names.split(" ").map((name) => [name, words] as const)),
);

const wordsOf = (call: string): string[] =>
  (calls.get(call) ?? []).flatMap((word) => (word.startsWith("+") ? wordsOf(word.slice(1)) : [word]));

const MARKED: Readonly<Record<string, OptionKind>> = { "*": "objects", "^": "instances", "~": "knownList" };

function taken(call: string): Taken {
  const words = wordsOf(call);
  const named = words.map((word) => [/\w+/.exec(word)?.[0] ?? "", word.at(-1)] as const);
  return {
    kinds: Object.fromEntries(named.map(([name, mark]) => [name, MARKED[mark ?? ""] ?? kinds.get(name) ?? "text"])),
    required: named.flatMap(([name, mark]) => (mark === "!" ? [name] : [])),
  };
}

/** @param call such as `Runtime`, `ApiSchema.fromS3` or `addPolicy` */
export const takenBy = (call: string): Taken => taken(calls.has(call) ? call : call.slice(call.indexOf(".") + 1));

/** What the objects of an option take, or those of its list; undefined where others say what they hold. */
export const takenWithin = (option: string): Taken | undefined =>
  calls.has(`.${option}`) ? taken(`.${option}`) : undefined;
