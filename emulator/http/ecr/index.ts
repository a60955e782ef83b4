// emulator/http/ecr/: the API of Amazon ECR.
import { apiHost, repositoryUrl } from "../../../aws/hosts";
import { parseJson } from "../../../targets/json";
import type { Account } from "../../cloud/account";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { invalidParameter, lifecyclePolicyMissing, repositoryPolicyMissing } from "../../cloud/ecr/errors";
import type { Repositories, Repository } from "../../cloud/ecr/repositories";
import { pageOf } from "../../cloud/pagination";
import type { AwsJsonOperation } from "../protocols/aws-json";
import { jsonService } from "../protocols/aws-service";
import { addTags, readTagList, removeTags, tagKeys, tagList, tagShapes } from "../protocols/tag-list";
import { BY_NAME, REGISTRY_ID, REPOSITORY_NAME, signed } from "./constraints";
import { imageOperations, LIMITS } from "./images";

const MUTABILITY = oneOf(["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"]);
const SCANNING = structure({ scanOnPush: boolean().optional() });
const NEW_REPOSITORY = BY_NAME.extend({
  imageTagMutability: MUTABILITY.optional(),
  imageTagMutabilityExclusionFilters: NOT_EMULATED,
  imageScanningConfiguration: SCANNING.optional(),
  encryptionConfiguration: structure({
    encryptionType: oneOf(["AES256", "KMS", "KMS_DSSE"]),
    kmsKey: text(2_048, undefined, 1).optional(),
  }).optional(),
  tags: tagList().optional(),
});
const DESCRIBE_REPOSITORIES = structure({
  repositoryNames: listOf(REPOSITORY_NAME, 100, 1).optional(),
  maxResults: integer(1, 1_000).optional(),
  nextToken: text(UNBOUNDED).optional(),
});
const BY_ARN = structure({ resourceArn: text(UNBOUNDED) });
const LIFECYCLE_POLICY = text(30_720, undefined, 100);

/** Amazon ECR, `https://api.ecr.REGION.amazonaws.com/`: private repositories, and of images what can be told without their layers. */
export const ecr = jsonService({
  targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
  signingName: "ecr",
  host: (region) => apiHost("api.ecr", region),
  operations: (account) => ({
    ...repositoryOperations(account.repositories),
    ...imageOperations(account.repositories),
    ...policyOperations(account.repositories),
    ...tagOperations(account.repositories),
    GetAuthorizationToken: authorizationToken(account),
  }),
});

function repositoryOperations(repositories: Repositories): Record<string, AwsJsonOperation> {
  return {
    CreateRepository: signed(NEW_REPOSITORY, (request) => {
      const { repositoryName, imageTagMutability, imageScanningConfiguration, encryptionConfiguration } = request;
      const settings = { imageTagMutability, ...imageScanningConfiguration, ...encryptionConfiguration };
      const tags = readTagList(request.tags);
      return { repository: repositoryShape(repositories.create({ repositoryName }, { ...settings, tags })) };
    }),
    DescribeRepositories: signed(DESCRIBE_REPOSITORIES, (request) => {
      const found = request.repositoryNames?.map((name) => repositories.get(name)) ?? repositories.all();
      return pageOf("repositories", found.map(repositoryShape), request, LIMITS);
    }),
    DeleteRepository: signed(BY_NAME.extend({ force: boolean().optional() }), ({ repositoryName, force = false }) => ({
      repository: repositoryShape(repositories.delete(repositoryName, force)),
    })),
    PutImageTagMutability: signed(
      BY_NAME.extend({ imageTagMutability: MUTABILITY }),
      ({ repositoryName, imageTagMutability }) => {
        const repository = repositories.get(repositoryName);
        repository.imageTagMutability = imageTagMutability;
        return { ...identityShape(repository), imageTagMutability };
      },
    ),
    PutImageScanningConfiguration: signed(BY_NAME.extend({ imageScanningConfiguration: SCANNING }), (request) => {
      const repository = repositories.get(request.repositoryName);
      const { scanOnPush = false } = request.imageScanningConfiguration;
      repository.scanOnPush = scanOnPush;
      return { ...identityShape(repository), imageScanningConfiguration: { scanOnPush } };
    }),
  };
}

function policyOperations(repositories: Repositories): Record<string, AwsJsonOperation> {
  return {
    PutLifecyclePolicy: signed(BY_NAME.extend({ lifecyclePolicyText: LIFECYCLE_POLICY }), (request) => {
      const repository = repositories.get(request.repositoryName);
      repository.lifecyclePolicy = checkJson(request.lifecyclePolicyText, "lifecyclePolicyText");
      return { ...identityShape(repository), lifecyclePolicyText: repository.lifecyclePolicy };
    }),
    GetLifecyclePolicy: signed(BY_NAME, ({ repositoryName }) => lifecycleShape(repositories.get(repositoryName))),
    DeleteLifecyclePolicy: signed(BY_NAME, ({ repositoryName }) => {
      const repository = repositories.get(repositoryName);
      const shape = lifecycleShape(repository);
      repository.lifecyclePolicy = undefined;
      return shape;
    }),
    SetRepositoryPolicy: signed(
      BY_NAME.extend({ policyText: text(10_240), force: boolean().optional() }),
      ({ repositoryName, policyText }) => {
        const repository = repositories.get(repositoryName);
        repository.policy = checkJson(policyText, "PolicyText");
        return policyShape(repository);
      },
    ),
    GetRepositoryPolicy: signed(BY_NAME, ({ repositoryName }) => policyShape(repositories.get(repositoryName))),
    DeleteRepositoryPolicy: signed(BY_NAME, ({ repositoryName }) => {
      const repository = repositories.get(repositoryName);
      const shape = policyShape(repository);
      repository.policy = undefined;
      return shape;
    }),
  };
}

function tagOperations(repositories: Repositories): Record<string, AwsJsonOperation> {
  return {
    ListTagsForResource: signed(BY_ARN, ({ resourceArn }) => ({
      tags: tagShapes(repositories.withArn(resourceArn).tags),
    })),
    TagResource: signed(BY_ARN.extend({ tags: tagList() }), ({ resourceArn, tags }) =>
      addTags(repositories.withArn(resourceArn), readTagList(tags)),
    ),
    UntagResource: signed(BY_ARN.extend({ tagKeys: tagKeys() }), ({ resourceArn, tagKeys: keys }) =>
      removeTags(repositories.withArn(resourceArn), keys),
    ),
  };
}

/** Hours that a token is good for: API reference, GetAuthorizationToken. */
const TOKEN_HOURS = 12;

/** Nothing here takes the token: no registry is emulated. */
function authorizationToken({ environment }: Account): AwsJsonOperation {
  const { accountId, region, random, clock } = environment;
  return signed(structure({ registryIds: listOf(REGISTRY_ID, 10, 1).optional() }), () => ({
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${random.uuid()}`).toString("base64"),
        expiresAt: clock.now() / 1_000 + TOKEN_HOURS * 3_600,
        proxyEndpoint: `https://${repositoryUrl(accountId, region, "").replace(/\/$/, "")}`,
      },
    ],
  }));
}

function checkJson(document: string, member: string): string {
  if (parseJson(document) === undefined) throw invalidParameter(member, "Invalid JSON provided");
  return document;
}

function identityShape({ registryId, repositoryName }: Repository): object {
  return { registryId, repositoryName };
}

function repositoryShape(repository: Repository): object {
  const { encryptionType, kmsKey, imageTagMutability, scanOnPush } = repository;
  return {
    ...identityShape(repository),
    repositoryArn: repository.arn,
    repositoryUri: repository.repositoryUrl,
    createdAt: repository.createdAt / 1_000,
    imageTagMutability,
    imageScanningConfiguration: { scanOnPush },
    encryptionConfiguration: { encryptionType, kmsKey },
  };
}

function lifecycleShape(repository: Repository): object {
  const { lifecyclePolicy } = repository;
  if (lifecyclePolicy !== undefined) return { ...identityShape(repository), lifecyclePolicyText: lifecyclePolicy };
  throw lifecyclePolicyMissing(repository);
}

function policyShape(repository: Repository): object {
  const { policy } = repository;
  if (policy !== undefined) return { ...identityShape(repository), policyText: policy };
  throw repositoryPolicyMissing(repository);
}
