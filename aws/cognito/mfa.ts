/** What a user can show beside the password (API reference, `SetUserPoolMfaConfig`), by the challenges that ask for it. */
export const MFA_FACTORS = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const;

export type MfaFactor = (typeof MFA_FACTORS)[number];

/** Whether users sign in with a second factor: nobody, those who turned one on, everybody. */
export const MFA_MODES = ["OFF", "OPTIONAL", "ON"] as const;

export type MfaMode = (typeof MFA_MODES)[number];

/** Where an answer to the challenge has the code (API reference, `RespondToAuthChallenge`). */
export const MFA_CODE_PARAMETERS = {
  SMS_MFA: "SMS_MFA_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
} as const satisfies Record<MfaFactor, string>;
