// aws/iam/: what IAM takes: names, and the grammar of policies.
import type { NameRule } from "../name-rule";

/** What IAM takes as names: botocore `iam/2010-05-08`. */

export const ROLE_NAME: NameRule = {
  pattern: "[\\w+=,.@-]+",
  maxLength: 64,
  description: "at most 64 letters, digits and characters of + = , . @ - _",
};

export const POLICY_NAME: NameRule = {
  ...ROLE_NAME,
  maxLength: 128,
  description: "at most 128 letters, digits and characters of + = , . @ - _",
};

/** Of a role's session: botocore `sts/2011-06-15`, `roleSessionNameType`. */
export const ROLE_SESSION_NAME: NameRule = { ...ROLE_NAME, pattern: "[\\w+=,.@-]*", minLength: 2 };

/** Of a role, with a slash at both ends: API reference, CreateRole, Path. */
export const ROLE_PATH: NameRule = {
  pattern: "/|/[\\x21-\\x7E]+/",
  maxLength: 512,
  description: 'a path with a slash at both ends, like "/service/"',
};
