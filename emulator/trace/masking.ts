/** How much of a body a trace keeps, in characters. */
export const KEPT_CHARACTERS = 2_000;

const MASK = "[masked]";

const SECRET_NAME =
  /password|secret|assertion|authorization|api[-_]?key|token$|^session$|(^|confirmation_?|mfa_?|otp_?)code$/i;
/** Three parts of a JWS or five of a JWE, the last ones perhaps cut off. */
const JWT = /eyJ[\w-]+(?:\.[\w-]*){1,4}/g;
/** A member of a JSON object whose value is a string, perhaps cut off, or a number. */
const JSON_MEMBER = /"([^"\\]{1,80})"(\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|(-?\d[\d.eE+-]*))/g;
const FORM_FIELD = /(^|[?&])([^=&?\s]{1,80})=([^&\s]*)/g;

/** Takes tokens, and the values of JSON members whose names speak of secrets, out of a text. */
export function maskSecrets(text: string): string {
  // Most texts are names and ARNs, in which nothing has to be looked for.
  const withoutMembers = text.includes('"')
    ? text.replace(JSON_MEMBER, (member, name: string, colon: string, number?: string) =>
        isSecret(name, number) ? `"${name}"${colon}"${MASK}"` : member,
      )
    : text;
  return withoutMembers.includes("eyJ") ? withoutMembers.replace(JWT, MASK) : withoutMembers;
}

/** A numeric `code` is that of a JSON-RPC error. */
function isSecret(name: string, number: string | undefined): boolean {
  return SECRET_NAME.test(name) && (number === undefined || name !== "code");
}

/** The same for a URL or an `application/x-www-form-urlencoded` body. */
export function maskFields(text: string): string {
  const masked = text.replace(FORM_FIELD, (field, before: string, name: string) =>
    SECRET_NAME.test(name) ? `${before}${name}=${MASK}` : field,
  );
  return maskSecrets(masked);
}

/** Cuts before it masks, so that a long body costs no more than a short one. */
export function shorten(text: string, mask: (text: string) => string = maskSecrets): string {
  const more = text.length - KEPT_CHARACTERS;
  return more > 0 ? `${mask(text.slice(0, KEPT_CHARACTERS))} … ${more} characters more` : mask(text);
}
