import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of policy engines; AWS's words, where they are known. */

export const engineTaken = (name: string) =>
  refusal("policy-engine-taken", `A policy engine with name ${name} already exists.`);
export const engineUnknown = (id: string) => refusal("policy-engine-unknown", `Policy engine ${id} not found.`);
export const engineHasPolicies = (id: string) => new AwsError("ConflictException", `Policy engine ${id} has policies.`);
export const policyTaken = (name: string) =>
  refusal("policy-of-engine-taken", `A policy with name ${name} already exists.`);
export const policyUnknown = (id: string) => new AwsError("ResourceNotFoundException", `Policy ${id} not found.`);
export const notCedar = (name: string, errors: string) =>
  refusal("policy-not-cedar", `The policy ${name} is no Cedar: ${errors}`);
export const hasFindings = (name: string, findings: string) =>
  refusal("policy-findings", `The policy ${name} does not fit the gateway's tools: ${findings}`);

const undecided = (message: string) => new AwsError("InternalServerException", message);

/** @param what for example "tool call" */
export const evaluationFailed = (what: string) => undecided(`Policy evaluation failed for ${what}`);
export const engineGone = (arn: string) => undecided(`Policy engine ${arn} not found.`);
