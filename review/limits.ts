/** Limits of the services, each with the operation and member of their API models that state it. */

/** CreateAgentRuntime, environmentVariables: how many, and characters of a name and of a value. */
export const ENVIRONMENT_VARIABLES = { count: 50, nameLength: 100, valueLength: 5_000 };

/** CreateAgentRuntime, lifecycleConfiguration: seconds, a minute to two weeks. */
export const LIFECYCLE_SECONDS = { shortest: 60, longest: 1_209_600 };

/** CreateGatewayTarget, oauthCredentialProvider.scopes; Cognito itself would take 256 + 1 + 256 characters. */
export const TARGET_SCOPES = { count: 100, length: 64 };

/** CreateUserPoolClient, AllowedOAuthScopes. */
export const MAX_CLIENT_SCOPES = 50;
