/** What a pool demands whose configuration names no policy: API reference, PasswordPolicyType. */
export const DEFAULT_PASSWORD_POLICY = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  /** Days. */
  temporaryPasswordValidityDays: 7,
};
