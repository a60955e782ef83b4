import { createHash } from "node:crypto";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import * as agentcore from "../../aws/agentcore/names";
import * as cognito from "../../aws/cognito/names";
import * as iam from "../../aws/iam/names";
import { isName, type NameRule as ServiceNameRule } from "../../aws/name-rule";
import type { Problem } from "./errors";
import { invalidName, invalidProjectName, lengthOutOfRange, unresolvedProjectName } from "./problems/values";

/** What a service takes as a name, and how messages call it. */
interface NameRule extends ServiceNameRule {
  readonly what: string;
}

export const GATEWAY_NAME: NameRule = { ...agentcore.GATEWAY_NAME, what: "gateway name" };

export const TARGET_NAME: NameRule = { ...agentcore.TARGET_NAME, what: "gateway target name" };

export const RUNTIME_NAME: NameRule = { ...agentcore.RUNTIME_NAME, what: "runtime name" };

export const ENDPOINT_NAME: NameRule = { ...agentcore.RUNTIME_NAME, what: "runtime endpoint name" };

export const GATEWAY_ID: NameRule = { ...agentcore.GATEWAY_ID, what: "gateway id" };

export const RUNTIME_ID: NameRule = { ...agentcore.RUNTIME_ID, what: "runtime id" };

export const POLICY_ENGINE_NAME: NameRule = { ...agentcore.POLICY_NAME, what: "policy engine name" };

export const POLICY_NAME: NameRule = { ...agentcore.POLICY_NAME, what: "policy name" };

export const CREDENTIAL_PROVIDER_NAME: NameRule = {
  ...agentcore.CREDENTIAL_PROVIDER_NAME,
  what: "credential provider name",
};

/** The service's own rule, for identities that exist. */
export const WORKLOAD_IDENTITY: NameRule = { ...agentcore.WORKLOAD_IDENTITY_NAME, what: "workload identity name" };

/** IAM compares case, and the service lowers it. */
export const WORKLOAD_IDENTITY_NAME: NameRule = {
  ...agentcore.WORKLOAD_IDENTITY_NAME,
  what: "workload identity name",
  pattern: "[a-z0-9_.-]+",
  description: "3 to 255 lower-case letters, digits, dots, hyphens and underscores",
};

export const USER_POOL_NAME: NameRule = { ...cognito.USER_POOL_NAME, what: "user pool name" };

export const USER_POOL_CLIENT_NAME: NameRule = { ...cognito.USER_POOL_NAME, what: "user pool client name" };

export const USER_POOL_ID: NameRule = { ...cognito.USER_POOL_ID, what: "user pool id" };

export const USER_POOL_CLIENT_ID: NameRule = { ...cognito.USER_POOL_CLIENT_ID, what: "user pool client id" };

export const DOMAIN_PREFIX: NameRule = {
  ...cognito.DOMAIN_PREFIX,
  what: "domain prefix",
  pattern: `(?!.*(${cognito.RESERVED_WORDS.join("|")}))${cognito.DOMAIN_PREFIX.pattern}`,
};

export const CUSTOM_DOMAIN: NameRule = { ...cognito.CUSTOM_DOMAIN, what: "custom domain" };

export const RESOURCE_SERVER_IDENTIFIER: NameRule = {
  ...cognito.RESOURCE_SERVER_IDENTIFIER,
  what: "resource server identifier",
};

export const SCOPE_NAME: NameRule = { ...cognito.SCOPE_NAME, what: "scope name" };

export const ROLE_NAME: NameRule = { ...iam.ROLE_NAME, what: "role name" };

export const ROLE_PATH: NameRule = { ...iam.ROLE_PATH, what: "role path" };

export const REPOSITORY_NAME: NameRule = { ...agentcore.REPOSITORY_NAME, what: "repository name" };

/** Empty when the name fits, or when it is a CDKTF token or stands for a list of them, whose values are not known yet. */
export function nameProblems(rule: NameRule, value: string): Problem[] {
  if (Token.isUnresolved(value) || Token.isUnresolved([value]) || isName(rule, value)) return [];
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

function fitsEveryName(project: string): boolean {
  const fits = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(project) && project.length <= PROJECT_NAME_MAX_LENGTH;
  return fits && isName(DOMAIN_PREFIX, project);
}

/** A project name is part of a gateway, runtime, repository and Cognito domain name, so it must suit all of them. */
export function projectNameProblems(value: unknown): Problem[] {
  if (Token.isUnresolved(value)) return [unresolvedProjectName()];
  if (typeof value === "string" && fitsEveryName(value)) return [];
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
  return nameFrom(
    path,
    path
      .toLowerCase()
      .split(new RegExp(cognito.RESERVED_WORDS.join("|")))
      .join("/"),
    {
      separator: "-",
      maxLength,
    },
  );
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
