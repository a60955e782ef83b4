import type { z } from "zod";

import { check } from "../../cloud/cognito/constraints";
import type { Answer, AwsJsonOperation } from "../protocols/aws-json";

/** Operations by name. */
export type Operations = Record<string, AwsJsonOperation>;

type Run<Schema extends z.ZodType> = (request: z.output<Schema>) => Answer | Promise<Answer>;

/** An operation that callers sign with AWS credentials. */
export function signed<Schema extends z.ZodType>(schema: Schema, run: Run<Schema>): AwsJsonOperation {
  return { isSigned: true, run: async (request) => (await run(check(schema, request))) ?? {} };
}

/** An operation that users call themselves, without AWS credentials. */
export function unsigned<Schema extends z.ZodType>(schema: Schema, run: Run<Schema>): AwsJsonOperation {
  return { ...signed(schema, run), isSigned: false };
}
