/** A character (a UTF-16 code unit) as `\u` and four hexadecimal digits. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Go's JSON encoder escapes these for HTML and JavaScript, and Terraform and its providers keep it that way. */
export function escapedAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}
