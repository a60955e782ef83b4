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
