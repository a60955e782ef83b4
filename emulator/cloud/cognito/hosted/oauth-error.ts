import type { CheckName } from "../../../trace/fixes";
import type { CheckRecorder } from "../../../trace/hop-record";

/** The endpoints of a domain, each a hop. */
export type DomainHop =
  | "authorize endpoint"
  | "sign-in page"
  | "sign-out endpoint"
  | "token endpoint"
  | "revocation endpoint"
  | "user info endpoint";

/** What the endpoints of a domain tell of their decisions. */
export type Checks<Name extends DomainHop> = CheckRecorder<CheckName<Name>>;

/** RFC 6749 sections 4.1.2.1 and 5.2, as far as the Cognito developer guide and reports from the field have it. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_token_type";

/** A refusal of the endpoints that programs ask. Cognito says no more than the code. */
export class OAuthError extends Error {
  /** @param status Cognito answers 400 even where RFC 6749 has 401, but for revocation */
  constructor(
    readonly code: OAuthErrorCode,
    readonly status: 400 | 401 = 400,
  ) {
    super(code);
    this.name = "OAuthError";
  }
}
