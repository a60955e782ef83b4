/** What AgentCore takes as a name. */
export interface NameRule {
  /** The pattern of the service's API model, applied to the whole value. */
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** For messages, after "use". */
  readonly description: string;
}

/** Words that Cognito keeps for itself in domain prefixes. */
export const RESERVED_IN_DOMAINS = /aws|amazon|cognito/;

const HYPHENATED = /^([0-9a-zA-Z]-?)+$/;

/**
 * The service's own limit is 48, but it names the gateway `<name>-<10 characters>` and takes identifiers of up to 50
 * characters elsewhere, which leaves 39 (awslabs/nx-plugin-for-aws caps the name for the same reason).
 */
export const GATEWAY_NAME: NameRule = {
  pattern: HYPHENATED,
  maxLength: 39,
  description: "at most 39 letters, digits and single hyphens, beginning with a letter or digit",
};

export const TARGET_NAME: NameRule = {
  pattern: HYPHENATED,
  maxLength: 100,
  description: "at most 100 letters, digits and single hyphens, beginning with a letter or digit",
};

/** Of runtimes and of their endpoints. */
export const RUNTIME_NAME: NameRule = {
  pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/,
  maxLength: 48,
  description: "at most 48 letters, digits and underscores, beginning with a letter",
};

export const CREDENTIAL_PROVIDER_NAME: NameRule = {
  pattern: /^[a-zA-Z0-9\-_]+$/,
  maxLength: 128,
  description: "at most 128 letters, digits, hyphens and underscores",
};
