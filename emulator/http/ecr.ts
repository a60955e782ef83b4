import { enforce, integer, listOf, structure, text, UNBOUNDED } from "../cloud/constraints";
import type { Repositories, Repository } from "../cloud/ecr/repositories";
import type { Environment } from "../cloud/environment";
import { paginate } from "../cloud/pagination";
import { awsJsonHandler, type FetchHandler } from "./aws-json";

/** Constraints: botocore `ecr/2015-09-21`. */
const REPOSITORY_NAME = text(256, "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*", 2);
const DESCRIBE_REPOSITORIES = structure({
  repositoryNames: listOf(REPOSITORY_NAME, 100, 1).optional(),
  maxResults: integer(1, 1_000).optional(),
  nextToken: text(UNBOUNDED).optional(),
});

/** Amazon ECR, `https://api.ecr.REGION.amazonaws.com/`: which private repositories there are. */
export function ecrHandler(repositories: Repositories, { region, random }: Environment): FetchHandler {
  return awsJsonHandler({
    targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
    signingName: "ecr",
    region,
    operations: {
      DescribeRepositories: {
        isSigned: true,
        async run(input) {
          const request = enforce(DESCRIBE_REPOSITORIES, input, "InvalidParameterException");
          const found = request.repositoryNames?.map((name) => repositories.get(name)) ?? repositories.all();
          const page = paginate(found, request, { most: 1_000, refusal: "InvalidParameterException" });
          return { repositories: page.items.map(repositoryShape), nextToken: page.nextToken };
        },
      },
    },
    requestId: () => random.uuid(),
  });
}

function repositoryShape({ arn, registryId, repositoryName, repositoryUrl, createdAt }: Repository): object {
  return { repositoryArn: arn, registryId, repositoryName, repositoryUri: repositoryUrl, createdAt: createdAt / 1_000 };
}
