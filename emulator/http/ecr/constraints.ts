import { ACCOUNT_ID } from "../../../aws/agentcore/names";
import { structure, text } from "../../cloud/constraints";
import { signedOperations } from "../protocols/aws-json";

/** Constraints: botocore `ecr/2015-09-21`. */
export const REPOSITORY_NAME = text(
  256,
  "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*",
  2,
);
export const REGISTRY_ID = text(ACCOUNT_ID.maxLength, ACCOUNT_ID.pattern);
export const signed = signedOperations("InvalidParameterException");
export const BY_NAME = structure({ repositoryName: REPOSITORY_NAME, registryId: REGISTRY_ID.optional() });
