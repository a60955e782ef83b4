/** CreateUserPoolClient, AllowedOAuthScopes. */
export const MAX_CLIENT_SCOPES = 50;

/** CreateResourceServer, Scopes: how many, and characters of a description. */
export const RESOURCE_SERVER_SCOPES = { count: 100, descriptionLength: 256 };

/** CreateUserPoolClient, CallbackURLs and LogoutURLs. */
export const MAX_REDIRECT_URLS = 100;

/** The one host of redirect URLs that needs no TLS: API reference, CreateUserPoolClient, CallbackURLs. */
export const REDIRECT_HOST_WITHOUT_TLS = "localhost";

/** CreateUserPoolClient: how long tokens of a client may count. */
export const ACCESS_TOKEN_MINUTES = { shortest: 5, longest: 1_440 };
export const REFRESH_TOKEN_DAYS = { shortest: 1, longest: 3_650 };

/** CreateUserPoolClient, RefreshTokenRotation: seconds in which a refresh token counts a second time. */
export const ROTATION_GRACE_SECONDS = { shortest: 0, longest: 60 };

/** CreateUserPool, PasswordPolicyType. */
export const PASSWORD_LENGTH = { shortest: 6, longest: 99 };
export const TEMPORARY_PASSWORD_DAYS = { shortest: 1, longest: 365 };
export const PASSWORD_HISTORY = { shortest: 0, longest: 24 };

/** Of a group: API reference, CreateGroup. */
export const GROUP = {
  descriptionLength: 2048,
  roleArnLength: { shortest: 20, longest: 2048 },
  precedence: { shortest: 0, longest: 2 ** 31 - 1 },
};
