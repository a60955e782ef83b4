import type { NameRule } from "../name-rule";
import { SCOPE_PATTERN } from "../oauth";

/** What Cognito takes as names and ids: botocore `cognito-idp/2016-04-18`. */

/** Of user pools and of their clients. */
export const USER_POOL_NAME: NameRule = {
  pattern: "[\\w\\s+=,.@-]+",
  maxLength: 128,
  description: "at most 128 letters, digits, spaces and characters of + = , . @ - _",
};

export const USER_POOL_ID: NameRule = {
  pattern: "[\\w-]+_[0-9a-zA-Z]+",
  maxLength: 55,
  description: 'the id, which begins with the region, like "us-east-1_AbCdEfGhI", not the ARN or the name',
};

/** Of an app client. */
export const USER_POOL_CLIENT_ID: NameRule = {
  pattern: "[\\w+]+",
  maxLength: 128,
  description: "the id of an app client, 1 to 128 letters and digits",
};

/** A domain of one's own. */
export const CUSTOM_DOMAIN: NameRule = {
  pattern: "(?=.*\\.)[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?",
  maxLength: 63,
  description: 'at most 63 lower-case letters, digits, hyphens and dots, like "auth.example.com"',
};

/** A domain of Cognito's own. */
export const DOMAIN_PREFIX: NameRule = {
  pattern: "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
  maxLength: 63,
  description:
    "at most 63 lower-case letters, digits and hyphens, not beginning or ending in a hyphen, and without the words " +
    "aws, amazon and cognito",
};

/** What Cognito keeps for itself in such a domain: developer guide, "cognito-user-pools-assign-domain-prefix". */
export const RESERVED_WORDS = ["aws", "amazon", "cognito"];

export function reservedWordIn(domain: string): string | undefined {
  return RESERVED_WORDS.find((word) => domain.includes(word));
}

export const RESOURCE_SERVER_IDENTIFIER: NameRule = {
  pattern: SCOPE_PATTERN,
  maxLength: 256,
  description: "at most 256 visible ASCII characters other than quotes and backslashes",
};

export const SCOPE_NAME: NameRule = {
  pattern: "[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+",
  maxLength: 256,
  description: "at most 256 visible ASCII characters other than slashes, quotes and backslashes",
};

/** Letters, marks, symbols, digits and punctuation. */
export const VISIBLE = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

export const WITHOUT_SPACES = "[\\S]+";

/** Of users, and of groups. */
export const USERNAME: NameRule = {
  pattern: VISIBLE,
  maxLength: 128,
  description: "at most 128 letters, digits, marks, symbols and punctuation, without spaces",
};

export const PASSWORD: NameRule = {
  pattern: WITHOUT_SPACES,
  minLength: 0,
  maxLength: 256,
  description: "at most 256 characters without spaces",
};
