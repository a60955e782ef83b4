import { Token } from "cdktf";
import { TARGET_SCOPES } from "../../aws/agentcore/limits";
import type { Problem } from "./errors";
import { missingScopes, scopeTooLong } from "./problems/authorization";
import { countProblems } from "./ranges";

/** What is wrong with full scope names that a gateway target asks for. CDKTF tokens are skipped. */
export function scopeProblems(scopes: readonly string[], maxCount: number): Problem[] {
  return [
    ...(scopes.length === 0 ? [missingScopes()] : []),
    ...countProblems("scopes", scopes.length, maxCount),
    ...scopes
      .filter((scope) => !Token.isUnresolved(scope) && scope.length > TARGET_SCOPES.length)
      .map((scope) => scopeTooLong(scope, TARGET_SCOPES.length)),
  ];
}
