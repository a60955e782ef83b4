import { z } from "zod";

import { AwsError } from "../errors";

/** A list of one may stand without its brackets. */
function oneOrMany<Element extends z.ZodType>(element: Element) {
  return z.union([z.array(element), element.transform((only) => [only])]);
}

const texts = oneOrMany(z.string());
/** JSON's own numbers and booleans may stand for the strings that keys are compared with. */
const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), texts)]).optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany(conditionValue))).optional(),
});

const document = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: oneOrMany(statement),
});

export type Statement = z.infer<typeof statement>;
export type PolicyDocument = z.infer<typeof document>;

/** A policy as it was given, which IAM gives back to the letter, and as it is evaluated. */
export interface Policy {
  readonly json: string;
  readonly document: PolicyDocument;
}

/**
 * Reads a policy that says what a role may do.
 *
 * @throws AwsError MalformedPolicyDocument
 */
export function readPolicy(json: string): Policy {
  return read(json, identityFault);
}

/**
 * Reads a policy that says who may assume a role.
 *
 * @throws AwsError MalformedPolicyDocument
 */
export function readTrustPolicy(json: string): Policy {
  return read(json, trustFault);
}

function read(json: string, faultOf: (statement: Statement) => string | undefined): Policy {
  const document = parsePolicyDocument(json);
  const fault = document.Statement.map(faultOf).find((found) => found !== undefined) ?? faultOfSids(document);
  if (fault !== undefined) throw new AwsError("MalformedPolicyDocument", fault);
  return { json, document };
}

/** The sentences are those of getmoto/moto `moto/iam/policy_validation.py`; that on principals is believed. */
function identityFault({ Principal, Action, NotAction, Resource, NotResource }: Statement): string | undefined {
  const actions = Action ?? NotAction ?? [];
  const resources = Resource ?? NotResource ?? [];
  if (Principal !== undefined) return "Policy document should not specify a principal.";
  if ((Action && NotAction) ?? (Resource && NotResource)) return "Syntax errors in policy.";
  if (actions.length === 0) return "Policy statement must contain actions.";
  if (resources.length === 0) return "Policy statement must contain resources.";
  const stranger = resources.find((resource) => resource !== "*" && !resource.includes(":"));
  if (stranger !== undefined) return `Resource ${stranger} must be in ARN format or "*".`;
  if (actions.every((action) => action === "*" || action.includes(":"))) return undefined;
  return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
}

/** What the grammar of trust policies asks is documented (IAM user guide); the sentences are believed. */
function trustFault({ Principal, Action, NotAction, Resource, NotResource }: Statement): string | undefined {
  if (Resource ?? NotResource) return "Has prohibited field Resource";
  if (Principal === undefined) return "Missing required field Principal";
  if ((Action ?? NotAction ?? []).length === 0) return "Missing required field Action";
  if (Action && NotAction) return "Syntax errors in policy.";
  if (!Action || Action.every((action) => action === "*" || /^sts:/i.test(action))) return undefined;
  return "AssumeRole policy may only specify STS AssumeRole actions.";
}

/** IAM user guide, "reference_policies_elements_sid"; the sentence is IAM's own (aws-cloudformation/cfn-lint#1376). */
const MALFORMED_SID =
  "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";

function faultOfSids({ Statement: statements }: PolicyDocument): string | undefined {
  const sids = statements.flatMap(({ Sid: sid }) => (sid ? [sid] : []));
  if (!sids.every((sid) => /^[0-9A-Za-z]+$/.test(sid))) return MALFORMED_SID;
  return new Set(sids).size < sids.length ? "Statement IDs (SID) in a single policy must be unique." : undefined;
}

/** @throws AwsError MalformedPolicyDocument */
export function parsePolicyDocument(json: string): PolicyDocument {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
  }
  const result = document.safeParse(parsed);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue?.path.join(".");
    throw new AwsError("MalformedPolicyDocument", `Syntax errors in policy${place ? ` at ${place}` : ""}.`);
  }
  return result.data;
}
