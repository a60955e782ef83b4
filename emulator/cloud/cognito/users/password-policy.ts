import type { PasswordPolicy } from "../../../../topology";
import { passwordUnfit } from "../errors";

/**
 * Cognito's special characters; a space counts only inside a password, where the service's pattern forbids it anyway
 * (developer guide, user-pool-settings-policies).
 */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/;

/** @throws AwsError `InvalidPasswordException` with Cognito's message for the first requirement that is not met. */
export function enforcePasswordPolicy(policy: PasswordPolicy, password: string): void {
  const requirements: readonly [met: boolean, otherwise: string][] = [
    [password.length >= policy.minimumLength, "Password not long enough"],
    [!policy.requireUppercase || /[A-Z]/.test(password), "Password must have uppercase characters"],
    [!policy.requireLowercase || /[a-z]/.test(password), "Password must have lowercase characters"],
    [!policy.requireNumbers || /[0-9]/.test(password), "Password must have numeric characters"],
    [!policy.requireSymbols || SYMBOL.test(password), "Password must have symbol characters"],
  ];
  const unmet = requirements.find(([met]) => !met);
  if (unmet) throw passwordUnfit(unmet[1]);
}
