// emulator/http/secrets-manager/: the API of AWS Secrets Manager.
import { z } from "zod";

import { parseJson } from "../../../targets/json";
import { boolean, integer, listOf, NOT_EMULATED, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import {
  policyNotJson,
  valueMissing,
  valueTwice,
  valueUnknown,
  windowOfForcedDeletion,
} from "../../cloud/secrets-manager/errors";
import {
  CURRENT,
  type Secret,
  type Secrets,
  type SecretValue,
  type SecretVersion,
} from "../../cloud/secrets-manager/secrets";
import { signedOperations, type AwsJsonOperation } from "../protocols/aws-json";
import { jsonService } from "../protocols/aws-service";
import { readShape, shapeOf } from "../protocols/member-names";
import { addTags, readTagList, removeTags, tagKeys, tagList, tagShapes } from "../protocols/tag-list";
import { seconds } from "../protocols/times";

/** Constraints: botocore `secretsmanager/2017-10-17`. */
const BY_ID = structure({ SecretId: text(2_048, undefined, 1) });
const VERSION_ID = text(64, undefined, 32);
const STAGE = text(256, undefined, 1);
const VALUE = structure({
  ClientRequestToken: VERSION_ID.optional(),
  SecretString: text(65_536).optional(),
  SecretBinary: text(UNBOUNDED).optional(),
});
const SETTINGS = VALUE.extend({ Description: text(2_048).optional(), KmsKeyId: text(2_048).optional() });
const NEW_SECRET = SETTINGS.extend({
  Name: text(512, undefined, 1),
  Tags: tagList().optional(),
  AddReplicaRegions: NOT_EMULATED,
  ForceOverwriteReplicaSecret: boolean().optional(),
});
const DELETION = BY_ID.extend({
  RecoveryWindowInDays: integer(7, 30).optional(),
  ForceDeleteWithoutRecovery: boolean().optional(),
});
const VERSION = BY_ID.extend({ VersionId: VERSION_ID.optional(), VersionStage: STAGE.optional() });
const LIMITS = { most: 100, refusal: "InvalidParameterException" } as const;
const PAGE = { MaxResults: integer(1, 100).optional(), NextToken: text(4_096, undefined, 1).optional() };

/** Days that a deleted secret can be restored unless the request says otherwise: API reference, DeleteSecret. */
const RECOVERY_DAYS = 30;

const signed = signedOperations("InvalidParameterException");

/** AWS Secrets Manager, `https://secretsmanager.REGION.amazonaws.com/`, without rotation and replicas. */
export const secretsManager = jsonService({
  targetPrefix: "secretsmanager",
  signingName: "secretsmanager",
  operations: ({ secrets }) => ({
    ...secretOperations(secrets),
    ...versionOperations(secrets),
    ...policyOperations(secrets),
    ...tagOperations(secrets),
  }),
});

function secretOperations(secrets: Secrets): Record<string, AwsJsonOperation> {
  return {
    CreateSecret: signed(NEW_SECRET, (request) => {
      const { Name, Description, KmsKeyId, Tags, ClientRequestToken: versionId } = request;
      const settings = { ...readShape({ Name, Description, KmsKeyId }), tags: readTagList(Tags) };
      const secret = secrets.create({ ...settings, value: readValue(request), versionId });
      return { ...identityShape(secret), VersionId: secret.versions.at(-1)?.versionId };
    }),
    DescribeSecret: signed(BY_ID, ({ SecretId }) => secretShape(secrets.find(SecretId))),
    ListSecrets: signed(structure({ ...PAGE, IncludePlannedDeletion: boolean().optional() }), (request) => {
      const { IncludePlannedDeletion: isWhole = false } = request;
      const all = secrets.all().filter(({ deletionAt }) => isWhole || deletionAt === undefined);
      const page = paginate(all, readShape(request), LIMITS);
      return { SecretList: page.items.map(secretShape), NextToken: page.nextToken };
    }),
    UpdateSecret: signed(BY_ID.extend(SETTINGS.shape), (request) => {
      const secret = secrets.get(request.SecretId);
      secret.description = request.Description ?? secret.description;
      secret.kmsKeyId = request.KmsKeyId ?? secret.kmsKeyId;
      const value = readValue(request);
      const version = value && secrets.put(secret.arn, value, request.ClientRequestToken);
      return { ...identityShape(secret), VersionId: version?.versionId };
    }),
    DeleteSecret: signed(DELETION, ({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery: isForced }) => {
      if (isForced && RecoveryWindowInDays !== undefined) throw windowOfForcedDeletion();
      const secret = secrets.delete(SecretId, isForced ? undefined : (RecoveryWindowInDays ?? RECOVERY_DAYS));
      return { ...identityShape(secret), DeletionDate: seconds(secret.deletionAt) };
    }),
    RestoreSecret: signed(BY_ID, ({ SecretId }) => identityShape(secrets.restore(SecretId))),
  };
}

function versionOperations(secrets: Secrets): Record<string, AwsJsonOperation> {
  return {
    PutSecretValue: signed(
      BY_ID.extend(VALUE.shape).extend({ VersionStages: listOf(STAGE, 20, 1).optional() }),
      (request) => {
        const value = readValue(request);
        if (!value) throw valueMissing();
        const secret = secrets.get(request.SecretId);
        const version = secrets.put(secret.arn, value, request.ClientRequestToken, request.VersionStages);
        return { ...identityShape(secret), VersionId: version.versionId, VersionStages: version.stages };
      },
    ),
    GetSecretValue: signed(VERSION, ({ SecretId, VersionId, VersionStage }) => {
      const secret = secrets.get(SecretId);
      const version = findVersion(secret, VersionId, VersionStage);
      const { value } = version;
      const content = "text" in value ? { SecretString: value.text } : { SecretBinary: value.binary };
      return { ...identityShape(secret), ...content, ...versionShape(version) };
    }),
    ListSecretVersionIds: signed(BY_ID.extend({ ...PAGE, IncludeDeprecated: boolean().optional() }), (request) => {
      const secret = secrets.get(request.SecretId);
      const shown = secret.versions.filter(({ stages }) => request.IncludeDeprecated === true || stages.length > 0);
      const page = paginate(shown, readShape(request), LIMITS);
      return { ...identityShape(secret), Versions: page.items.map(versionShape), NextToken: page.nextToken };
    }),
    UpdateSecretVersionStage: signed(
      BY_ID.extend({
        VersionStage: STAGE,
        RemoveFromVersionId: VERSION_ID.optional(),
        MoveToVersionId: VERSION_ID.optional(),
      }),
      ({ SecretId, VersionStage, MoveToVersionId }) => {
        const secret = secrets.get(SecretId);
        const to = MoveToVersionId === undefined ? undefined : findVersion(secret, MoveToVersionId, undefined);
        secrets.moveStage(secret, VersionStage, to);
        return identityShape(secret);
      },
    ),
  };
}

function policyOperations(secrets: Secrets): Record<string, AwsJsonOperation> {
  return {
    PutResourcePolicy: signed(
      BY_ID.extend({ ResourcePolicy: text(20_480, undefined, 1), BlockPublicPolicy: boolean().optional() }),
      ({ SecretId, ResourcePolicy }) => {
        const secret = secrets.get(SecretId);
        if (parseJson(ResourcePolicy) === undefined) throw policyNotJson();
        secret.resourcePolicy = ResourcePolicy;
        return identityShape(secret);
      },
    ),
    GetResourcePolicy: signed(BY_ID, ({ SecretId }) => {
      const secret = secrets.get(SecretId);
      return { ...identityShape(secret), ResourcePolicy: secret.resourcePolicy };
    }),
    DeleteResourcePolicy: signed(BY_ID, ({ SecretId }) => {
      const secret = secrets.get(SecretId);
      secret.resourcePolicy = undefined;
      return identityShape(secret);
    }),
  };
}

function tagOperations(secrets: Secrets): Record<string, AwsJsonOperation> {
  return {
    TagResource: signed(BY_ID.extend({ Tags: tagList() }), ({ SecretId, Tags }) =>
      addTags(secrets.get(SecretId), readTagList(Tags)),
    ),
    UntagResource: signed(BY_ID.extend({ TagKeys: tagKeys() }), ({ SecretId, TagKeys }) =>
      removeTags(secrets.get(SecretId), TagKeys),
    ),
  };
}

/** @throws AwsError InvalidParameterException for both at once */
function readValue({ SecretString, SecretBinary }: z.output<typeof VALUE>): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) throw valueTwice();
  if (SecretBinary !== undefined) return { binary: SecretBinary };
  return SecretString === undefined ? undefined : { text: SecretString };
}

function findVersion(secret: Secret, versionId: string | undefined, stage: string | undefined): SecretVersion {
  const label = stage ?? (versionId === undefined ? CURRENT : undefined);
  const found = secret.versions.find(
    (version) =>
      (versionId === undefined || version.versionId === versionId) &&
      (label === undefined || version.stages.includes(label)),
  );
  if (found) return found;
  const what = label === undefined || versionId !== undefined ? `VersionId: ${versionId}` : `staging label: ${label}`;
  throw valueUnknown(what);
}

function identityShape({ arn, name }: Secret): object {
  return { ARN: arn, Name: name };
}

function versionShape({ versionId, stages, createdAt }: SecretVersion): object {
  return { VersionId: versionId, VersionStages: stages, CreatedDate: seconds(createdAt) };
}

function secretShape(secret: Secret): object {
  const { description, kmsKeyId, owningService, tags, versions, createdAt, changedAt, deletionAt } = secret;
  const labelled = versions.filter(({ stages }) => stages.length > 0);
  return {
    ...identityShape(secret),
    ...shapeOf({ description, kmsKeyId, owningService }),
    CreatedDate: seconds(createdAt),
    LastChangedDate: seconds(changedAt),
    DeletedDate: seconds(deletionAt),
    Tags: tagShapes(tags),
    VersionIdsToStages: Object.fromEntries(labelled.map(({ versionId, stages }) => [versionId, stages])),
  };
}
