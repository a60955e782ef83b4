/** What IAM asks of the statements of a policy. */

/** IAM user guide, "reference_policies_elements". */
export const POLICY_VERSIONS = ["2012-10-17", "2008-10-17"] as const;
export const EFFECTS = ["Allow", "Deny"] as const;
export const DOCUMENT_MEMBERS = ["Version", "Id", "Statement"] as const;
export const STATEMENT_MEMBERS = [
  "Sid",
  "Effect",
  "Principal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/** As far as its grammar goes, with a list for each that may be one or many. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Principal?: unknown;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
}

const actionsOf = ({ Action, NotAction }: PolicyStatement): readonly string[] => Action ?? NotAction ?? [];

const resourcesOf = ({ Resource, NotResource }: PolicyStatement): readonly string[] => Resource ?? NotResource ?? [];

function namesBoth({ Action, NotAction, Resource, NotResource }: PolicyStatement): boolean {
  return (Action && NotAction) !== undefined || (Resource && NotResource) !== undefined;
}

/** The sentences are those of getmoto/moto `moto/iam/policy_validation.py`; that on principals is believed. */
export function identityFault(statement: PolicyStatement): string | undefined {
  const [actions, resources] = [actionsOf(statement), resourcesOf(statement)];
  if (statement.Principal !== undefined) return "Policy document should not specify a principal.";
  if (namesBoth(statement)) return "Syntax errors in policy.";
  if (actions.length === 0) return "Policy statement must contain actions.";
  if (resources.length === 0) return "Policy statement must contain resources.";
  const stranger = resources.find((resource) => resource !== "*" && !resource.includes(":"));
  if (stranger !== undefined) return `Resource ${stranger} must be in ARN format or "*".`;
  if (actions.every((action) => action === "*" || action.includes(":"))) return undefined;
  return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
}

/** What the grammar of trust policies asks is documented (IAM user guide); the sentences are believed. */
export function trustFault(statement: PolicyStatement): string | undefined {
  const { Action, Resource, NotResource } = statement;
  if (Resource ?? NotResource) return "Has prohibited field Resource";
  if (statement.Principal === undefined) return "Missing required field Principal";
  if (actionsOf(statement).length === 0) return "Missing required field Action";
  if (namesBoth(statement)) return "Syntax errors in policy.";
  if (!Action || Action.every((action) => action === "*" || /^sts:/i.test(action))) return undefined;
  return "AssumeRole policy may only specify STS AssumeRole actions.";
}

/** Developer guide of AgentCore, "resource-based-policies", on what a statement needs; the sentences are believed. */
export function resourceFault(statement: PolicyStatement): string | undefined {
  if (statement.Principal === undefined) return "Missing required field Principal";
  if (actionsOf(statement).length === 0) return "Missing required field Action";
  if (namesBoth(statement)) return "Syntax errors in policy.";
  return resourcesOf(statement).length === 0 ? "Missing required field Resource" : undefined;
}

/** IAM user guide, "reference_policies_elements_sid"; the sentence is IAM's own (aws-cloudformation/cfn-lint#1376). */
const MALFORMED_SID =
  "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";

export function sidFault(statements: readonly PolicyStatement[]): string | undefined {
  const sids = statements.flatMap(({ Sid: sid }) => (sid ? [sid] : []));
  if (!sids.every((sid) => /^[0-9A-Za-z]+$/.test(sid))) return MALFORMED_SID;
  return new Set(sids).size < sids.length ? "Statement IDs (SID) in a single policy must be unique." : undefined;
}
