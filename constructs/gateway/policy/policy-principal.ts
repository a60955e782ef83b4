import { cedarPattern, cedarString } from "./cedar";

/** Who a statement is about. Every condition that is added has to hold. */
export class PolicyPrincipal {
  /** Everybody who may call the gateway. */
  public static any(): PolicyPrincipal {
    return new PolicyPrincipal("principal", []);
  }

  /** Callers of a gateway with a JWT authorizer. AWS knows the claims of their tokens. */
  public static oauthUser(): OAuthUserPrincipal {
    return new OAuthUserPrincipal([]);
  }

  /** Callers of a gateway that takes SigV4. AWS knows their ARN. */
  public static iamEntity(): IamEntityPrincipal {
    return new IamEntityPrincipal([]);
  }

  protected constructor(
    /** The principal's part of a statement's head. */
    public readonly head: string,
    /** Expressions of Cedar that have to hold of the principal. */
    public readonly conditions: readonly string[],
  ) {}
}

/** Callers whose tokens a JWT authorizer accepts. */
export class OAuthUserPrincipal extends PolicyPrincipal {
  /** @internal */
  public constructor(conditions: readonly string[]) {
    super("principal is AgentCore::OAuthUser", conditions);
  }

  /** The token has the claim, with this text: `username` and `client_id` of Cognito, `sub`, `role`. */
  public withClaim(name: string, value: string): OAuthUserPrincipal {
    return this.where(name, `== ${cedarString(value)}`);
  }

  /**
   * The token has the claim, and its text fits the pattern, in which `*` is any text. AWS knows lists, like those of
   * `cognito:groups`, as one text.
   */
  public withClaimLike(name: string, pattern: string): OAuthUserPrincipal {
    return this.where(name, `like ${cedarPattern(pattern)}`);
  }

  /** The token has the scope, as one of the words of its claim `scope`. */
  public withScope(scope: string): OAuthUserPrincipal {
    const literal = scope.replaceAll("*", "\\*");
    const value = `principal.getTag("scope")`;
    const words = [`${literal} *`, `* ${literal}`, `* ${literal} *`].map(
      (each) => `${value} like ${cedarPattern(each)}`,
    );
    const isWord = [`${value} == ${cedarString(scope)}`, ...words].join(" || ");
    return new OAuthUserPrincipal([...this.conditions, `principal.hasTag("scope") && (${isWord})`]);
  }

  private where(name: string, comparison: string): OAuthUserPrincipal {
    const claim = cedarString(name);
    const condition = `principal.hasTag(${claim}) && principal.getTag(${claim}) ${comparison}`;
    return new OAuthUserPrincipal([...this.conditions, condition]);
  }
}

/** Callers whose signatures AWS checks. */
export class IamEntityPrincipal extends PolicyPrincipal {
  /** @internal */
  public constructor(conditions: readonly string[]) {
    super("principal is AgentCore::IamEntity", conditions);
  }

  /** The caller's ARN fits the pattern, in which `*` is any text: `arn:aws:sts::123456789012:assumed-role/ci/*`. */
  public withArnLike(pattern: string): IamEntityPrincipal {
    return new IamEntityPrincipal([...this.conditions, `principal.id like ${cedarPattern(pattern)}`]);
  }
}
