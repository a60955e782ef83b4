import { enforce, structure, text } from "../../cloud/constraints";
import { AwsError } from "../../cloud/errors";
import type { Secrets } from "../../cloud/secrets-manager/secrets";
import type { AwsJsonOperation } from "../aws-json";
import { jsonService } from "../aws-service";

/** Constraints: botocore `secretsmanager/2017-10-17`. */
const BY_ID = structure({ SecretId: text(2048, undefined, 1) });
const VERSION = BY_ID.extend({
  VersionId: text(64, undefined, 32).optional(),
  VersionStage: text(256, undefined, 1).optional(),
});
/** Secrets have their latest version only. */
const CURRENT = "AWSCURRENT";

/** AWS Secrets Manager, `https://secretsmanager.REGION.amazonaws.com/`, for reading. */
export const secretsManager = jsonService({
  targetPrefix: "secretsmanager",
  signingName: "secretsmanager",
  operations: ({ secrets }) => ({ GetSecretValue: getSecretValue(secrets), DescribeSecret: describeSecret(secrets) }),
});

function getSecretValue(secrets: Secrets): AwsJsonOperation {
  return {
    isSigned: true,
    async run(request) {
      const { SecretId, VersionId, VersionStage = CURRENT } = enforce(VERSION, request, "ValidationException");
      const { arn, name, value, versionId, changedAt } = secrets.get(SecretId);
      if (VersionStage !== CURRENT) throw noSuchValue(`staging label: ${VersionStage}`);
      if (VersionId !== undefined && VersionId !== versionId) throw noSuchValue(`VersionId: ${VersionId}`);
      const version = { VersionId: versionId, VersionStages: [CURRENT], CreatedDate: changedAt / 1_000 };
      return { ARN: arn, Name: name, SecretString: value, ...version };
    },
  };
}

function describeSecret(secrets: Secrets): AwsJsonOperation {
  return {
    isSigned: true,
    async run(request) {
      const { SecretId } = enforce(BY_ID, request, "ValidationException");
      const { arn, name, owningService, versionId, createdAt, changedAt } = secrets.get(SecretId);
      return {
        ARN: arn,
        Name: name,
        OwningService: owningService,
        CreatedDate: createdAt / 1_000,
        LastChangedDate: changedAt / 1_000,
        VersionIdsToStages: { [versionId]: [CURRENT] },
      };
    },
  };
}

function noSuchValue(what: string): AwsError {
  const message = `Secrets Manager can't find the specified secret value for ${what}`;
  return new AwsError("ResourceNotFoundException", message);
}
