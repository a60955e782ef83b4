import { structure, text } from "../../cloud/constraints";

/** Constraints: botocore `ecr/2015-09-21`. */
export const REPOSITORY_NAME = text(
  256,
  "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*",
  2,
);
export const BY_NAME = structure({ repositoryName: REPOSITORY_NAME, registryId: text(12, "[0-9]{12}").optional() });
