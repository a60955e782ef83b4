import { AwsError } from "../errors";
import { refusal } from "../refusal";

/** The errors of runtimes; AWS's words, where they are known. */

export const runtimeTaken = (name: string) =>
  refusal("runtime-taken", `An agent runtime named ${name} already exists.`);
export const runtimeUnknown = (id: string) => refusal("runtime-unknown", `Agent runtime ${id} was not found.`);
export const versionUnknown = (version: string, runtimeId: string) =>
  refusal("runtime-version-unknown", `Version ${version} of agent runtime ${runtimeId} was not found.`);
export const endpointTaken = (name: string) =>
  refusal("runtime-endpoint-taken", `An endpoint named ${name} already exists.`);
export const endpointUnknown = (name: string) =>
  new AwsError("ResourceNotFoundException", `The endpoint ${name} was not found.`);
export const defaultEndpointFixed = () =>
  new AwsError("ValidationException", "The DEFAULT endpoint follows the latest version.");
export const defaultEndpointUndeletable = () =>
  new AwsError("ConflictException", "The DEFAULT endpoint cannot be deleted.");
export const runtimeInMotion = (id: string, status: string) =>
  new AwsError("ConflictException", `Agent runtime ${id} is in the status ${status}.`);
export const artifactCount = () =>
  refusal(
    "artifact-count",
    "agentRuntimeArtifact must have exactly one of containerConfiguration and codeConfiguration.",
  );
export const imageDenied = (uri = "") => refusal("image-denied", `Access denied while validating ECR URI '${uri}'.`);
export const roleNotAssumable = (arn: string) =>
  refusal(
    "runtime-role-not-assumable",
    `Role validation failed for '${arn}'. Please verify that the role exists and its trust policy allows assumption by this service.`,
  );
export const accountClosed = () => refusal("account-closed", "The account is being closed.");
/** Of a runtime's container or a gateway's target; the sentence is our own. */
export const headerRestricted = (header: string) =>
  refusal("header-restricted", `The header ${header} cannot be propagated.`);
