import { z } from "zod";

import { AwsError } from "../errors";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMany)]).optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
});

const document = z.object({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]).transform((value) => (Array.isArray(value) ? value : [value])),
});

export type Statement = z.infer<typeof statement>;
export type PolicyDocument = z.infer<typeof document>;

/** A policy as it was given, which IAM gives back to the letter, and as it is evaluated. */
export interface Policy {
  readonly json: string;
  readonly document: PolicyDocument;
}

/** @throws AwsError MalformedPolicyDocument */
export function readPolicy(json: string): Policy {
  return { json, document: parsePolicyDocument(json) };
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
