import type { OptionKinds } from "./problems";

/** What the options of the constructs take: a word of `OptionKind`, and the names; texts that a call needs are below. */
const NAMES = `
text: agentRuntimeVersion allowedClient apiKeyCredentialProviderName authorizationEndpoint authorizationServerId
bucketOwnerAccountId buildSsh certificateArn credentialParameterName credentialPrefix defaultReturnUrl description
digest dockerfile domainName domainPrefix executionRoleName extraHash filterPath gatewayTargetName gatewayUrl
instructions ipAddressType issuer kmsKeyArn logKmsKeyArn method oAuth2CredentialProviderName objectVersion
permissionsBoundaryArn policyEngineName policyName qualifier region repositoryArn repositoryKmsKeyArn repositoryName
resourceServerIdentifier rolePath routingDomain scopeDescription scopeName tag target targetEndpointName type
userPoolClientName userPoolName version workloadIdentityName
number: accessTokenValidityInMinutes apiKeyVersion clientSecretVersion idleRuntimeSessionTimeout keepLastImages
logRetentionInDays maxLifetime minLength passwordHistorySize refreshTokenRotationGracePeriodInSeconds
refreshTokenValidityInDays resourcePriority sessionTimeoutInSeconds tempPasswordValidityInDays
boolean: cacheDisabled deletionProtection deny enableResponseStreaming mutable passRequestHeaders requireDigits
requireLowercase requireSymbols requireUppercase restrictRuntime selfSignUpEnabled shortAddresses tracing
waitUntilReady
list: actions allowedAudience allowedClients allowedPermissions allowedQueryParameters allowedRequestHeaders
allowedResourceOauth2ReturnUrls allowedResponseHeaders allowedRoles allowedScopes allowlistedHeaders
artifactPermissions cacheFrom callbackUrls clientIds credentialProviderConfigurations customClaims dependencies
entrypoint exclude hostingEnvironments identityProviders interceptorConfigurations logoutUrls methods permissions
principals privateEndpointOverrides required resources responseTypes scopes securityGroupIds signIn subnetIds
supportedVersions toolFilters toolOverrides unless when workloadIdentities
object: agentRuntimeArtifact apiSchema authorizerConfiguration bucket clientAuthenticationMethod credentialLocation
exceptionLevel executionRole gateway gatewayRole inboundUserPool items lambdaFunction listingMode mcpToolSchema mfa
mode networkConfiguration onBehalfOfTokenExchange outboundUserPool policyEngine principal privateEndpoint
protocolConfiguration provider repository role runtime runtimeAuthorizerConfiguration runtimeEndpoint searchType
smithyModel standardThreatProtectionMode statement toolSchema userPool validationMode
options: allowedWorkloadConfiguration authorizationServerMetadata cacheTo customDomain gatewayClient
inboundUserPoolProps lifecycleConfiguration metadataConfiguration observability outboundUserPoolProps passwordPolicy
policyEngineConfiguration requestHeaderConfiguration s3Location
data: buildArgs buildContexts buildSecrets conditions customParameters endpoints environmentVariables inputSchema
outputSchema params properties tags
any: domain`;

/** Options that a call needs, and the calls: constructors, methods, and of those of one name that of a class by both. */
const NEEDED = `
actions resources sid: add addToPolicy addToRolePolicy
address reason rule: acknowledge
agentRuntimeArn agentRuntimeId agentRuntimeName: fromAgentRuntimeAttributes
agentRuntimeArtifact: Runtime
allowedAudience domain: usingAuth0 usingOkta
allowedAudience tenantId: usingEntra
apiKey: ApiKeyCredentialProvider
apiSchema credentialProviderConfigurations: addOpenApiTarget
apiSchema credentialProviderConfigurations gateway: forOpenApi
authorizerConfiguration: Gateway
bucket entrypoint path runtime: fromCodeAsset
bucket objectKey: fromS3
callbackUrls: authorizationCode
clientId clientSecret: usingAtlassian usingCustom usingGithub usingGoogle usingLinkedin usingMicrosoft usingSalesforce usingSlack
clientId clientSecret scopes userPoolId: fromOutboundUserPoolAttributes
clientId clientSecret vendor: usingIncluded
clientId userPoolId: fromUserPoolAttributes
clientSecretArn credentialProviderArn: fromOAuth2CredentialProviderAttributes
containerUri: fromImageUri
credentialProviderConfigurations endpoint: addMcpServerTarget
credentialProviderConfigurations endpoint gateway: forMcpServer
credentialProviderConfigurations gateway runtime: forHttpRuntime
credentialProviderConfigurations runtime: addHttpRuntimeTarget
directory: fromAsset
discoveryUrl: usingCustomJwt usingJWT
discoveryUrl name scopes tokenEndpoint userPoolId: MachineUserPoolClient
endpointName runtime: RuntimeEndpoint
entrypoint runtime s3Location: AgentRuntimeArtifact.fromS3
gateway: forbid permit
gateway lambdaFunction toolSchema: forLambda
gateway restApiId stage toolFilters: forApiGateway
gateway runtime: forRuntime
gateway smithyModel: forSmithy
gatewayArn gatewayId gatewayName role: fromGatewayAttributes
lambdaFunction toolSchema: addLambdaTarget
policyEngine statement: Policy
principals: addToResourcePolicy
projectName: McpServerBehindGateway
provider: ApiKeyCredential fromApiKeyIdentity
provider scopes: OauthAuthorizationCodeCredential OauthCredential OauthCredentialProviderConfiguration OauthTokenExchangeCredential fromOauthAuthorizationCode fromOauthIdentity fromOauthTokenExchange
repository: fromEcrRepository
restApiId stage toolFilters: addApiGatewayTarget
roleName runtimeName: ExecutionRole
runtime: addRuntimeTarget
securityGroupIds subnetIds: usingVpc
service: CallerIamCredential IamRoleServiceCredential fromCallerIam fromIamRole
signIn: addPublicClient
smithyModel: addSmithyTarget
statement: addPolicy
subnetIds vpcId: usingManagedVpc
userPool: usingCognito`;

function rowsOf(table: string): [string, string[]][] {
  return table
    .trim()
    .split(/\n(?=.*:)/)
    .map((row) => {
      const [head = "", names = ""] = row.split(": ");
      return [head, names.split(/\s+/)];
    });
}

const needed = rowsOf(NEEDED).map(([options, calls]) => [options.split(" "), calls] as const);

export const KINDS = Object.fromEntries([
  ...needed.flatMap(([options]) => options.map((name) => [name, "text"])),
  ...rowsOf(NAMES).flatMap(([kind, names]) => names.map((name) => [name, kind])),
]) as OptionKinds;

const required = new Map(needed.flatMap(([options, calls]) => calls.map((call) => [call, options] as const)));

/** @param call such as `Runtime`, `ApiSchema.fromS3` or `addPolicy` */
export const requiredBy = (call: string): readonly string[] =>
  required.get(call) ?? required.get(call.slice(call.indexOf(".") + 1)) ?? [];
