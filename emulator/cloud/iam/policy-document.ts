import { z } from "zod";

import {
  type DOCUMENT_MEMBERS,
  EFFECTS,
  identityFault,
  POLICY_VERSIONS,
  type PolicyStatement,
  resourceFault,
  sidFault,
  type STATEMENT_MEMBERS,
  trustFault,
} from "../../../aws/iam/policy-grammar";
import { parseJson } from "../../../targets/json";

import { AwsError } from "../errors";
import { policyGrammar, policyNotJson, policySyntax, resourcePolicyInvalid } from "./errors";

/** A list of one may stand without its brackets. */
function oneOrMany<Element extends z.ZodType>(element: Element) {
  return z.union([z.array(element), element.transform((only) => [only])]);
}

const texts = oneOrMany(z.string());
/** JSON's own numbers and booleans may stand for the strings that keys are compared with. */
const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(EFFECTS),
  Principal: z.union([z.literal("*"), z.record(z.string(), texts)]).optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany(conditionValue))).optional(),
} satisfies Record<(typeof STATEMENT_MEMBERS)[number], z.ZodType>);

const document = z.strictObject({
  Version: z.enum(POLICY_VERSIONS).optional(),
  Id: z.string().optional(),
  Statement: oneOrMany(statement),
} satisfies Record<(typeof DOCUMENT_MEMBERS)[number], z.ZodType>);

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

/**
 * Reads a policy that says who may call a resource.
 *
 * @throws AwsError ValidationException
 */
export function readResourcePolicy(json: string): Policy {
  try {
    return read(json, resourceFault);
  } catch (error) {
    throw error instanceof AwsError ? resourcePolicyInvalid(error.message) : error;
  }
}

function read(json: string, faultOf: (statement: PolicyStatement) => string | undefined): Policy {
  const document = parsePolicyDocument(json);
  const fault = document.Statement.map(faultOf).find((found) => found !== undefined) ?? sidFault(document.Statement);
  if (fault !== undefined) throw policyGrammar(fault);
  return { json, document };
}

/** @throws AwsError MalformedPolicyDocument */
export function parsePolicyDocument(json: string): PolicyDocument {
  const parsed = parseJson(json);
  if (parsed === undefined) throw policyNotJson();
  const result = document.safeParse(parsed);
  if (!result.success) throw policySyntax(result.error.issues[0]?.path.join("."));
  // Zod has left out what has this name, and a statement with a condition less applies to more.
  if (JSON.stringify(parsed).includes('"__proto__":')) throw policySyntax("__proto__");
  return result.data;
}
