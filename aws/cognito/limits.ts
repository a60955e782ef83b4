/** CreateUserPoolClient, AllowedOAuthScopes. */
export const MAX_CLIENT_SCOPES = 50;

/** CreateResourceServer, Scopes: how many, and characters of a description. */
export const RESOURCE_SERVER_SCOPES = { count: 100, descriptionLength: 256 };
