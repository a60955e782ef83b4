import { createHash } from "node:crypto";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import * as agentcore from "../../review/names";
import type { Problem } from "./errors";
import { invalidName, invalidProjectName, lengthOutOfRange, unresolvedProjectName } from "./problems/values";

/** What a service takes as a name, and how messages call it. */
interface NameRule extends agentcore.NameRule {
  readonly what: string;
}

export const GATEWAY_NAME: NameRule = { ...agentcore.GATEWAY_NAME, what: "gateway name" };

export const TARGET_NAME: NameRule = { ...agentcore.TARGET_NAME, what: "gateway target name" };

export const RUNTIME_NAME: NameRule = { ...agentcore.RUNTIME_NAME, what: "runtime name" };

export const ENDPOINT_NAME: NameRule = { ...agentcore.RUNTIME_NAME, what: "runtime endpoint name" };

export const CREDENTIAL_PROVIDER_NAME: NameRule = {
  ...agentcore.CREDENTIAL_PROVIDER_NAME,
  what: "credential provider name",
};

export const WORKLOAD_IDENTITY_NAME: NameRule = {
  what: "workload identity name",
  pattern: /^[a-z0-9_.-]{3,}$/,
  maxLength: 255,
  description: "3 to 255 lower-case letters, digits, dots, hyphens and underscores",
};

export const USER_POOL_NAME: NameRule = {
  what: "user pool name",
  pattern: /^[\w\s+=,.@-]+$/,
  maxLength: 128,
  description: "at most 128 letters, digits, spaces and characters of + = , . @ - _",
};

export const USER_POOL_CLIENT_NAME: NameRule = { ...USER_POOL_NAME, what: "user pool client name" };

export const DOMAIN_PREFIX: NameRule = {
  what: "domain prefix",
  pattern: new RegExp(`^(?!.*(${agentcore.RESERVED_IN_DOMAINS.source}))[a-z0-9]([a-z0-9-]*[a-z0-9])?$`),
  maxLength: 63,
  description:
    "at most 63 lower-case letters, digits and hyphens, not beginning or ending in a hyphen, and without the words " +
    "aws, amazon and cognito",
};

export const RESOURCE_SERVER_IDENTIFIER: NameRule = {
  what: "resource server identifier",
  pattern: /^[\x21\x23-\x5B\x5D-\x7E]+$/,
  maxLength: 256,
  description: "at most 256 visible ASCII characters other than quotes and backslashes",
};

export const SCOPE_NAME: NameRule = {
  what: "scope name",
  pattern: /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/,
  maxLength: 256,
  description: "at most 256 visible ASCII characters other than slashes, quotes and backslashes",
};

export const ROLE_NAME: NameRule = {
  what: "role name",
  pattern: /^[\w+=,.@-]+$/,
  maxLength: 64,
  description: "at most 64 letters, digits and characters of + = , . @ - _",
};

export const REPOSITORY_NAME: NameRule = {
  what: "repository name",
  pattern: /^(?=.{2,})(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  maxLength: 256,
  description:
    "2 to 256 lower-case letters and digits, with single hyphens, underscores, dots and slashes between them",
};

/** Empty when the name fits, or when it is a CDKTF token, whose value is not known yet. */
export function nameProblems(rule: NameRule, value: string): Problem[] {
  if (Token.isUnresolved(value) || (rule.pattern.test(value) && value.length <= rule.maxLength)) {
    return [];
  }
  return [invalidName(rule.what, value, rule.description)];
}

/** Empty when the text fits, is left out, or is a CDKTF token. */
export function lengthProblems(what: string, value: string | undefined, minimum: number, maximum: number): Problem[] {
  if (value === undefined || Token.isUnresolved(value) || (value.length >= minimum && value.length <= maximum)) {
    return [];
  }
  return [lengthOutOfRange(what, value.length, minimum, maximum)];
}

/** The gateway's name, `<project>-gateway`, is the tightest of all names that are derived from the project's. */
const PROJECT_NAME_MAX_LENGTH = GATEWAY_NAME.maxLength - "-gateway".length;

/** A project name is part of a gateway, runtime, repository and Cognito domain name, so it must suit all of them. */
export function projectNameProblems(value: string): Problem[] {
  if (Token.isUnresolved(value)) {
    return [unresolvedProjectName()];
  }
  const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && value.length <= PROJECT_NAME_MAX_LENGTH;
  if (fits && DOMAIN_PREFIX.pattern.test(value)) {
    return [];
  }
  const rule =
    `at most ${PROJECT_NAME_MAX_LENGTH} lower-case letters, digits and single hyphens, beginning with a letter, ` +
    "ending in a letter or digit, and without the words aws, amazon and cognito, which Cognito forbids in domains";
  return [invalidProjectName(value, rule)];
}

interface DerivedNameOptions {
  readonly separator: "-" | "_";
  readonly maxLength: number;
}

const HASH_LENGTH = 8;

/**
 * A physical name for a construct that was given none: its path in readable form, shortened where it must be, and a
 * hash of the full path, so that two constructs never share a name.
 */
export function derivedName(construct: IConstruct, options: DerivedNameOptions): string {
  return nameFrom(construct.node.path, construct.node.path, options);
}

/** A construct's own id as a name, for what needs to be unique among few, and is short and stays the same. */
export function nameFromId({ node: { id } }: IConstruct, maxLength: number): string {
  const words = id.match(/[a-zA-Z0-9]+/g) ?? [];
  return words.join("-").slice(0, maxLength).replace(/-$/, "") || "target";
}

/** As `derivedName`, without the words that Cognito keeps for itself. */
export function derivedDomainName(construct: IConstruct, maxLength: number): string {
  const { path } = construct.node;
  return nameFrom(path, path.toLowerCase().split(agentcore.RESERVED_IN_DOMAINS).join("/"), {
    separator: "-",
    maxLength,
  });
}

function nameFrom(path: string, shown: string, options: DerivedNameOptions): string {
  const hash = createHash("sha256").update(path).digest("hex").slice(0, HASH_LENGTH);
  const words = shown.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const readable = words
    .join(options.separator)
    .replace(/^[^a-z]+/, "")
    .slice(0, options.maxLength - HASH_LENGTH - 1)
    .replace(/[-_]+$/, "");
  return [readable || "agentcore", hash].join(options.separator);
}
