/** Lets a user's access token serve for the user's own account: developer guide, "cognito-user-pools-define-resource-servers". */
export const SELF_SERVICE_SCOPE = "aws.cognito.signin.user.admin";

/** Scopes that every user pool has. */
export const STANDARD_SCOPES: readonly string[] = ["openid", "email", "phone", "profile", SELF_SERVICE_SCOPE];
