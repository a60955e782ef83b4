/** How people sign in to an app client in a browser. */
export interface AuthorizationCodeOptions {
  /**
   * Where Cognito sends the browser back with the code: 1 to 100 absolute URLs without a fragment, https, or http on
   * localhost, or of an app's own scheme. Cognito compares them character by character, the port too.
   * McpClientRedirectUrls has those of the usual MCP clients.
   */
  readonly callbackUrls: readonly string[];

  /**
   * Where Cognito may send the browser after signing out: at most 100, as callbackUrls.
   * @default - nowhere
   */
  readonly logoutUrls?: readonly string[];

  /**
   * What the client may ask for: `openid`, `email`, `profile`, `phone`, `aws.cognito.signin.user.admin`, and scopes of
   * the pool by their scopeName. A code without any scope is good for nothing, so there is at least one.
   * @default - openid, email and profile
   */
  readonly scopes?: readonly string[];

  /**
   * Names of the identity providers that people may choose from. Others than COGNITO must exist in the pool.
   * @default - COGNITO: the users of the pool itself
   */
  readonly identityProviders?: readonly string[];
}

/** A way in which people get tokens of an app client that has no secret. */
export class UserSignIn {
  /**
   * With a name and a password in one call (`USER_PASSWORD_AUTH`), as from a terminal. The program that signs in sees
   * the password: for one's own programs.
   */
  public static password(): UserSignIn {
    return new UserSignIn(["ALLOW_USER_PASSWORD_AUTH"], undefined);
  }

  /** With a name and a password that is proved and never sent (`USER_SRP_AUTH`). */
  public static srp(): UserSignIn {
    return new UserSignIn(["ALLOW_USER_SRP_AUTH"], undefined);
  }

  /** In the browser, at the pool's own domain: authorization code with PKCE. It is how MCP clients sign people in. */
  public static authorizationCode(options: AuthorizationCodeOptions): UserSignIn {
    return new UserSignIn([], options);
  }

  private constructor(
    /** Cognito's names of the flows. */
    public readonly authFlows: readonly string[],
    /** Given for the way through the browser. */
    public readonly authorizationCode: AuthorizationCodeOptions | undefined,
  ) {}
}
