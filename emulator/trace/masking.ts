import { parseJson } from "../../targets/json";

/** How much of a body a trace keeps, in characters. */
export const KEPT_CHARACTERS = 2_000;

export const MASK = "[masked]";

const SECRET_NAME =
  /password|secret|assertion|authorization|api[-_]?key|tokens?$|^session$|(^|confirmation_?|mfa_?|otp_?|user_?)code$/i;
/** Three parts of a JWS or five of a JWE, the last ones perhaps cut off. */
const JWT = /eyJ[\w-]+(?:\.[\w-]*){1,4}/g;
/** What a header shows after the scheme. */
const CREDENTIALS = /\b(Basic|Bearer) +[\w~+/.-]{8,}=*/gi;
const FORM_FIELD = /(^|[?&])([^=&?\s]{1,80})=([^&\s]*)/g;

/** A string of JSON, perhaps cut off. */
const STRING = /"(?:[^"\\]|\\.)*(?:"|\\?$)/y;
const COLON = /\s*:\s*/y;
const NUMBER = /-?\d[\d.eE+-]*/y;
const BRACKETS_AND_STRINGS = /[[\]{}]|"(?:[^"\\]|\\.)*(?:"|\\?$)/g;

/** Names of secrets are short. */
const LONGEST_NAME = 80;
/** JSON inside of texts of JSON inside of texts. */
const DEEPEST_ENCODING = 4;

/** Whether a name speaks of a secret, so that its value is not shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * Takes tokens, and the values of JSON members whose names speak of secrets, out of a text: texts, numbers, lists and
 * objects, also in JSON that stands in a text of JSON.
 */
export function maskSecrets(text: string): string {
  return mask(text, DEEPEST_ENCODING);
}

function mask(text: string, depth: number): string {
  // Most texts are names and ARNs, in which nothing has to be looked for.
  const withoutMembers = text.includes('"') ? maskMembers(text, depth) : text;
  const withoutTokens = withoutMembers.includes("eyJ") ? withoutMembers.replace(JWT, MASK) : withoutMembers;
  return withoutTokens.includes(" ") ? withoutTokens.replace(CREDENTIALS, `$1 ${MASK}`) : withoutTokens;
}

function maskMembers(text: string, depth: number): string {
  let masked = "";
  let done = 0;
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', done)) {
    const string = matchAt(STRING, text, start) ?? '"';
    const end = start + string.length;
    const colon = matchAt(COLON, text, end);
    const value = colon === undefined ? undefined : valueAt(text, end + colon.length, nameIn(string));
    if (colon !== undefined && value !== undefined) {
      masked += `${text.slice(done, end)}${colon}"${MASK}"`;
      done = end + colon.length + value.length;
    } else {
      masked += text.slice(done, start) + (colon === undefined ? maskString(string, depth) : string);
      done = end;
    }
  }
  return masked + text.slice(done);
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

/** A name may be written with escapes. */
function nameIn(string: string): string {
  return string.length > LONGEST_NAME * 6 ? "" : (decoded(string) ?? string);
}

/** The value that begins here, where it is a secret; a truth and nothing are none. */
function valueAt(text: string, index: number, name: string): string | undefined {
  if (name.length > LONGEST_NAME || !isSecretName(name)) return undefined;
  const first = text[index];
  if (first === '"') return matchAt(STRING, text, index);
  if (first === "[" || first === "{") return bracketAt(text, index);
  // A numeric `code` is that of a JSON-RPC error, and a number of tokens is how many there may be.
  return name === "code" || /tokens$/i.test(name) ? undefined : matchAt(NUMBER, text, index);
}

/** A list or an object with all that is in it, perhaps cut off. */
function bracketAt(text: string, index: number): string {
  let depth = 0;
  BRACKETS_AND_STRINGS.lastIndex = index;
  for (let match = BRACKETS_AND_STRINGS.exec(text); match; match = BRACKETS_AND_STRINGS.exec(text)) {
    const [found] = match;
    if (found === "[" || found === "{") depth++;
    else if (found === "]" || found === "}") depth--;
    if (depth === 0) return text.slice(index, match.index + 1);
  }
  return text.slice(index);
}

/** A text that holds JSON, or names with escapes; what is nested deeper than anybody reads is not shown at all. */
function maskString(string: string, depth: number): string {
  if (!string.includes("\\")) return string;
  const text = decoded(string) ?? decoded(`${string.replace(/\\u?[0-9a-fA-F]{0,3}$/, "")}"`);
  if (text === undefined || depth === 0) return `"${MASK}"`;
  const masked = mask(text, depth - 1);
  return masked === text ? string : JSON.stringify(masked);
}

function decoded(string: string): string | undefined {
  const value = parseJson(string);
  return typeof value === "string" ? value : undefined;
}

/** The same for a URL or an `application/x-www-form-urlencoded` body, whose names and values may be percent-encoded. */
export function maskFields(text: string): string {
  const masked = text.replace(FORM_FIELD, (field, before: string, name: string, value: string) => {
    if (isSecretName(percentDecoded(name))) return `${before}${name}=${MASK}`;
    const plain = percentDecoded(value);
    const shown = maskSecrets(plain);
    return shown === plain ? field : `${before}${name}=${encodeURIComponent(shown)}`;
  });
  return maskSecrets(masked);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}

/** Cuts before it masks, so that a long body costs no more than a short one. */
export function shorten(text: string, masked: (text: string) => string = maskSecrets): string {
  const more = text.length - KEPT_CHARACTERS;
  return more > 0 ? `${masked(text.slice(0, KEPT_CHARACTERS))} … ${more} characters more` : masked(text);
}
