type Values = Record<string, unknown>;

/** A synthesized stack, as far as the rules look at it. */
export interface SecurityStack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** Whether a rule is met from the start, when an option is set, or not at all. */
export type Verdict =
  | { readonly kind: "default" }
  | { readonly kind: "settable"; readonly option: string }
  | { readonly kind: "reason"; readonly why: string };

/** What scanners ask of one kind of resource, in the identifiers of each. */
export interface SecurityRule {
  readonly asks: string;
  readonly type: string;
  readonly checkov?: readonly string[];
  readonly tfsec?: readonly string[];
  readonly cdkNag?: readonly string[];
  readonly prowler?: readonly string[];
  readonly config?: readonly string[];
  readonly verdict: Verdict;
  /** Whether a resource does not meet the rule. */
  readonly fires: (values: Values, stack: SecurityStack) => boolean;
}

const byDefault: Verdict = { kind: "default" };
const settable = (option: string): Verdict => ({ kind: "settable", option });
const reason = (why: string): Verdict => ({ kind: "reason", why });

const block = (values: Values, name: string): Values => {
  const value = values[name];
  return (Array.isArray(value) ? (value[0] as Values | undefined) : (value as Values | undefined)) ?? {};
};
const passwords = (values: Values): Values => block(values, "password_policy");
const CHARACTERS = ["require_lowercase", "require_uppercase", "require_numbers", "require_symbols"];
const policyOf = (values: Values, name: string): string => (typeof values[name] === "string" ? values[name] : "");

export const rules: readonly SecurityRule[] = [
  {
    asks: "Passwords have 8 characters of all four kinds",
    type: "aws_cognito_user_pool",
    cdkNag: ["AwsSolutions-COG1"],
    prowler: ["lowercase", "uppercase", "number", "symbol"].map((kind) => `cognito_user_pool_password_policy_${kind}`),
    config: ["cognito-user-pool-password-policy-check"],
    verdict: byDefault,
    fires: (pool) =>
      Number(passwords(pool).minimum_length) < 8 || CHARACTERS.some((kind) => passwords(pool)[kind] !== true),
  },
  {
    asks: "Passwords have 14 characters",
    type: "aws_cognito_user_pool",
    prowler: ["cognito_user_pool_password_policy_minimum_length_14"],
    verdict: settable("`passwordPolicy: { minLength: 14 }`"),
    fires: (pool) => Number(passwords(pool).minimum_length) < 14,
  },
  {
    asks: "First passwords expire within 7 days",
    type: "aws_cognito_user_pool",
    prowler: ["cognito_user_pool_temporary_password_expiration"],
    verdict: byDefault,
    fires: (pool) => Number(passwords(pool).temporary_password_validity_days) > 7,
  },
  {
    asks: "Users have a second factor",
    type: "aws_cognito_user_pool",
    cdkNag: ["AwsSolutions-COG2"],
    prowler: ["cognito_user_pool_mfa_enabled"],
    config: ["cognito-user-pool-mfa-enabled"],
    verdict: settable("`mfa: Mfa.REQUIRED`"),
    fires: (pool) => pool.mfa_configuration !== "ON",
  },
  {
    asks: "Threat protection acts",
    type: "aws_cognito_user_pool",
    cdkNag: ["AwsSolutions-COG3"],
    prowler: ["cognito_user_pool_advanced_security_enabled"],
    config: ["cognito-user-pool-advanced-security-enabled"],
    verdict: settable("`standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION` (plan Plus)"),
    fires: (pool) => block(pool, "user_pool_add_ons").advanced_security_mode !== "ENFORCED",
  },
  {
    asks: "User pools cannot be deleted by mistake",
    type: "aws_cognito_user_pool",
    prowler: ["cognito_user_pool_deletion_protection_enabled"],
    config: ["cognito-user-pool-deletion-protection-enabled"],
    verdict: settable("`deletionProtection: true`"),
    fires: (pool) => pool.deletion_protection !== "ACTIVE",
  },
  {
    asks: "Nobody registers on their own",
    type: "aws_cognito_user_pool",
    prowler: ["cognito_user_pool_self_registration_disabled"],
    verdict: byDefault,
    fires: (pool) => block(pool, "admin_create_user_config").allow_admin_create_user_only !== true,
  },
  {
    asks: "A web ACL stands before the user pool",
    type: "aws_cognito_user_pool",
    prowler: ["cognito_user_pool_waf_acl_attached"],
    verdict: reason("ACLs belong to whoever runs them: `aws_wafv2_web_acl_association` with the pool's `userPoolArn`"),
    fires: () => true,
  },
  {
    asks: "Sign-in does not tell whether a user exists",
    type: "aws_cognito_user_pool_client",
    prowler: ["cognito_user_pool_client_prevent_user_existence_errors"],
    verdict: byDefault,
    fires: (client) => client.prevent_user_existence_errors !== "ENABLED",
  },
  {
    asks: "Tokens can be revoked",
    type: "aws_cognito_user_pool_client",
    prowler: ["cognito_user_pool_client_token_revocation_enabled"],
    verdict: byDefault,
    fires: (client) => client.enable_token_revocation === false,
  },
  {
    asks: "Images are scanned when pushed",
    type: "aws_ecr_repository",
    checkov: ["CKV_AWS_163"],
    tfsec: ["aws-ecr-enable-image-scans"],
    prowler: ["ecr_repositories_scan_images_on_push_enabled"],
    config: ["ecr-private-image-scanning-enabled"],
    verdict: byDefault,
    fires: (repository) => block(repository, "image_scanning_configuration").scan_on_push !== true,
  },
  {
    asks: "Tags of images never move",
    type: "aws_ecr_repository",
    checkov: ["CKV_AWS_51"],
    tfsec: ["aws-ecr-enforce-immutable-repository"],
    prowler: ["ecr_repositories_tag_immutability"],
    config: ["ecr-private-tag-immutability-enabled"],
    verdict: byDefault,
    fires: (repository) => repository.image_tag_mutability !== "IMMUTABLE",
  },
  {
    asks: "Repositories have a lifecycle policy",
    type: "aws_ecr_repository",
    prowler: ["ecr_repositories_lifecycle_policy_enabled"],
    config: ["ecr-private-lifecycle-policy-configured"],
    verdict: byDefault,
    fires: (_, { resource }) =>
      Object.keys(resource.aws_ecr_lifecycle_policy ?? {}).length <
      Object.keys(resource.aws_ecr_repository ?? {}).length,
  },
  {
    asks: "Images are encrypted with a key of one's own",
    type: "aws_ecr_repository",
    checkov: ["CKV_AWS_136"],
    tfsec: ["aws-ecr-repository-customer-key"],
    config: ["ecr-repository-cmk-encryption-enabled"],
    verdict: settable("`fromAsset({ repositoryKmsKeyArn })`"),
    fires: (repository) => block(repository, "encryption_configuration").encryption_type !== "KMS",
  },
  {
    asks: "Log groups expire",
    type: "aws_cloudwatch_log_group",
    checkov: ["CKV_AWS_66"],
    config: ["cw-loggroup-retention-period-check"],
    verdict: byDefault,
    fires: (group) => !(Number(group.retention_in_days) > 0),
  },
  {
    asks: "Logs stay for a year",
    type: "aws_cloudwatch_log_group",
    checkov: ["CKV_AWS_338"],
    prowler: ["cloudwatch_log_group_retention_policy_specific_days_enabled"],
    verdict: settable("`observability: { logRetentionInDays: 365 }`"),
    fires: (group) => Number(group.retention_in_days) < 365,
  },
  {
    asks: "Logs are encrypted with a key of one's own",
    type: "aws_cloudwatch_log_group",
    checkov: ["CKV_AWS_158"],
    tfsec: ["aws-cloudwatch-log-group-customer-key"],
    prowler: ["cloudwatch_log_group_kms_encryption_enabled"],
    config: ["cloudwatch-log-group-encrypted"],
    verdict: settable("`observability: { logKmsKeyArn }`"),
    fires: (group) => group.kms_key_id === undefined,
  },
  {
    asks: "Roles trust no stranger's resource",
    type: "aws_iam_role",
    checkov: ["CKV_AWS_60", "CKV_AWS_61"],
    prowler: ["iam_role_cross_service_confused_deputy_prevention"],
    verdict: byDefault,
    fires: (role) => {
      const trust = policyOf(role, "assume_role_policy");
      return trust.includes("bedrock-agentcore") && !trust.includes("aws:SourceAccount");
    },
  },
  {
    asks: "No action is allowed on everything that could be narrowed",
    type: "aws_iam_role_policy",
    checkov: ["CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"],
    prowler: ["iam_inline_policy_allows_privilege_escalation", "iam_inline_policy_no_administrative_privileges"],
    verdict: byDefault,
    fires: (policy) =>
      (
        JSON.parse(policyOf(policy, "policy")) as { Statement: { Action: string[]; Resource: string[] }[] }
      ).Statement.some(
        ({ Action, Resource }) => Resource.includes("*") && Action.join() !== "ecr:GetAuthorizationToken",
      ),
  },
  {
    asks: "Policies have no wildcard",
    type: "aws_iam_role_policy",
    tfsec: ["aws-iam-no-policy-wildcards"],
    cdkNag: ["AwsSolutions-IAM5"],
    verdict: reason("the execution role's four, each with its reason in the README; the gateway's role has none"),
    fires: (policy) => policyOf(policy, "policy").includes("*"),
  },
  {
    asks: "Roles have no inline policy",
    type: "aws_iam_role_policy",
    config: ["iam-no-inline-policy-check"],
    verdict: reason("a policy that names one gateway's resources is of use to its role alone, and goes with it"),
    fires: () => true,
  },
];

/** The rules of one verdict that some resource of a stack does not meet. */
export function firing(stack: SecurityStack, kind: Verdict["kind"]): SecurityRule[] {
  return rules.filter(
    ({ verdict, type, fires }) =>
      verdict.kind === kind && Object.values(stack.resource[type] ?? {}).some((values) => fires(values, stack)),
  );
}

const verdictInWords = (verdict: Verdict): string =>
  verdict.kind === "default" ? "yes" : verdict.kind === "settable" ? verdict.option : verdict.why;

const identifiers = (ids: readonly string[] = []): string => ids.map((id) => `\`${id}\``).join(", ") || "–";

/** The page of the documentation. */
export function securityPage(): string {
  const heads = ["what is asked", "met", "checkov", "tfsec", "cdk-nag", "prowler", "AWS Config"];
  const rows = rules.map(({ asks, verdict, checkov, tfsec, cdkNag, prowler, config }) => [
    asks,
    verdictInWords(verdict),
    ...[checkov, tfsec, cdkNag, prowler, config].map(identifiers),
  ]);
  return `# Security rules of other tools

What checkov, tfsec, cdk-nag, prowler and AWS Config ask of the resources that these constructs make, by the identifiers
of each. "yes" is met without an option; an option in code meets the rule when it is set; any other text says why the rule
is not met. A test makes this page, checks that no example breaks a rule of the first kind, and that a stack with the
options meets those of the second.

${[heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}
`;
}
