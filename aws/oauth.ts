/** A scope: RFC 6749, section 3.3. */
export const SCOPE_PATTERN = "[\\x21\\x23-\\x5B\\x5D-\\x7E]+";
