import { Token } from "cdktf";
import type { Problem } from "./errors";
import { missingScopes, scopeTooLong } from "./problems/authorization";
import { tooManyEntries } from "./problems/values";

/** CreateGatewayTarget, oauthCredentialProvider.scopes; Cognito itself would take 256 + 1 + 256 characters. */
const MAX_SCOPE_LENGTH = 64;

/** What is wrong with full scope names that a gateway target asks for. CDKTF tokens are skipped. */
export function scopeProblems(scopes: readonly string[], maxCount: number): Problem[] {
  return [
    ...(scopes.length === 0 ? [missingScopes()] : []),
    ...(scopes.length > maxCount ? [tooManyEntries("scopes", scopes.length, maxCount)] : []),
    ...scopes
      .filter((scope) => !Token.isUnresolved(scope) && scope.length > MAX_SCOPE_LENGTH)
      .map((scope) => scopeTooLong(scope, MAX_SCOPE_LENGTH)),
  ];
}
