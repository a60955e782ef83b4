import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of IAM, in its words. */

export const roleTaken = (name: string) => refusal("role-taken", `Role with name ${name} already exists.`);
export const roleUnknown = (name: string) => refusal("role-unknown", `The role with name ${name} cannot be found.`);
export const policyTaken = (name: string) =>
  refusal("policy-taken", `A policy called ${name} already exists. Duplicate names are not allowed.`);

/** Of a policy that is to be attached. */
export const policyNotAttachable = (arn: string) =>
  refusal("policy-unknown", `Policy ${arn} does not exist or is not attachable.`);
export const policyNotJson = () => refusal("policy-not-json", "This policy contains invalid Json");
export const policySyntax = (place = "") =>
  refusal("policy-syntax", `Syntax errors in policy${place && ` at ${place}`}.`);
export const policyGrammar = (fault: string) => refusal("policy-grammar", fault);
export const operatorNotEmulated = (operator: string) =>
  refusal("condition-operator", `The condition operator ${operator} is not emulated.`);

/** Of a resource's own policy. */
export const resourcePolicyInvalid = (fault: string) => refusal("resource-policy", fault);
export const resourceUnknown = (arn: string) => refusal("policy-resource-unknown", `Resource ${arn} not found.`);
export const accessDenied = (denial: string) => refusal("access-denied", denial);

const noSuchEntity = (message: string) => new AwsError("NoSuchEntity", message);
export const rolePolicyUnknown = (name: string) => noSuchEntity(`The role policy with name ${name} cannot be found.`);
export const policyUnknown = (arn: string) => noSuchEntity(`Policy ${arn} was not found.`);
export const versionUnknown = (arn: string, versionId: string) =>
  noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`);
export const boundaryUnknown = (roleName: string) => noSuchEntity(`Role ${roleName} has no permissions boundary.`);

/** STS does not tell a role that is not there from one that may not be assumed. */
export const roleNotAssumable = (callerArn: string, roleArn: string) =>
  new AwsError(
    "AccessDenied",
    `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
export const sessionTooLong = (limit: string) =>
  new AwsError("ValidationError", `The requested DurationSeconds exceeds the ${limit}`);

const deleteConflict = (message: string) => new AwsError("DeleteConflict", message);
export const roleHasAttachedPolicies = () => deleteConflict("Cannot delete entity, must detach all policies first.");
export const roleHasPolicies = () => deleteConflict("Cannot delete entity, must delete policies first.");
export const policyAttached = () => deleteConflict("Cannot delete a policy attached to entities.");
export const policyHasVersions = () =>
  deleteConflict(
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.",
  );
export const versionIsDefault = () => deleteConflict("Cannot delete the default version of a policy.");
export const tooManyVersions = (most: number) =>
  new AwsError(
    "LimitExceeded",
    `A managed policy can have up to ${most} versions. Before you create a new version, You must delete an existing version before you create a new one.`,
  );
