/** Whose token proves who acts for the caller, in a token exchange. */
export class ActorToken {
  /** Nobody's: the authorization server learns of the caller alone. */
  public static readonly NONE = new ActorToken("NONE");
  /** An identity token of the role that asks, from AWS IAM. */
  public static readonly AWS_IAM_ID_TOKEN = new ActorToken("AWS_IAM_ID_TOKEN_JWT");

  /** A token of the provider's own client, by client credentials. */
  public static clientCredentials(scopes: readonly string[] = []): ActorToken {
    return new ActorToken("M2M", scopes);
  }

  private constructor(
    /** The service's name of the token. */
    public readonly content: string,
    /** What the client's token is asked for with. */
    public readonly scopes: readonly string[] = [],
  ) {}
}

/** How a client changes its caller's token for one of its own that stands for the caller. */
export class OnBehalfOfTokenExchange {
  /** RFC 7523, as Microsoft Entra has it. */
  public static jwtAuthorizationGrant(): OnBehalfOfTokenExchange {
    return new OnBehalfOfTokenExchange({ grant_type: "JWT_AUTHORIZATION_GRANT" });
  }

  /** RFC 8693, as most others have it. */
  public static tokenExchange(actorToken: ActorToken = ActorToken.NONE): OnBehalfOfTokenExchange {
    const { content, scopes } = actorToken;
    const actor = { actor_token_content: content, actor_token_scopes: scopes.length > 0 ? [...scopes] : undefined };
    return new OnBehalfOfTokenExchange({ grant_type: "TOKEN_EXCHANGE", token_exchange_grant_type_config: [actor] });
  }

  private constructor(
    /** The provider's `on_behalf_of_token_exchange_config` block. @internal */
    public readonly block: object,
  ) {}
}
