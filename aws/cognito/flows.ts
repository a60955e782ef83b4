/** CreateUserPoolClient, ExplicitAuthFlows: those without `ALLOW_` are of before, and stand alone. */
export const AUTH_FLOWS = [
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_AUTH_FLOW_ONLY",
  "USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_AUTH",
] as const;

/** CreateUserPoolClient, AllowedOAuthFlows. */
export const OAUTH_FLOWS = ["code", "implicit", "client_credentials"] as const;
