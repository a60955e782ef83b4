/** What `Authorization: SCHEME CREDENTIALS` says: RFC 9110, section 11.4. */
export interface Authorization {
  /** In lower case. */
  readonly scheme: string;
  /** Empty where there is nothing but the scheme. */
  readonly credentials: string;
}

export function readAuthorization(header: string): Authorization {
  const blank = header.indexOf(" ");
  if (blank < 0) return { scheme: header.toLowerCase(), credentials: "" };
  return { scheme: header.slice(0, blank).toLowerCase(), credentials: header.slice(blank + 1).trim() };
}

const KNOWN_SCHEMES = ["basic", "bearer", "aws4-hmac-sha256"];

/** The scheme as it may be shown: who forgets it has put the credentials in its place. */
export function shownScheme({ scheme }: Authorization): string {
  return KNOWN_SCHEMES.includes(scheme) ? scheme : "an unknown kind";
}
