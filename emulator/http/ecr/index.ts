import { apiHost } from "../../../aws/hosts";
import { enforce, integer, listOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import type { Repository } from "../../cloud/ecr/repositories";
import { paginate } from "../../cloud/pagination";
import { jsonService } from "../aws-service";

/** Constraints: botocore `ecr/2015-09-21`. */
const REPOSITORY_NAME = text(256, "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*", 2);
const DESCRIBE_REPOSITORIES = structure({
  repositoryNames: listOf(REPOSITORY_NAME, 100, 1).optional(),
  maxResults: integer(1, 1_000).optional(),
  nextToken: text(UNBOUNDED).optional(),
});

/** Amazon ECR, `https://api.ecr.REGION.amazonaws.com/`: which private repositories there are. */
export const ecr = jsonService({
  targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
  signingName: "ecr",
  host: (region) => apiHost("api.ecr", region),
  operations: ({ repositories }) => ({
    DescribeRepositories: {
      isSigned: true,
      async run(input) {
        const request = enforce(DESCRIBE_REPOSITORIES, input, "InvalidParameterException");
        const found = request.repositoryNames?.map((name) => repositories.get(name)) ?? repositories.all();
        const page = paginate(found, request, { most: 1_000, refusal: "InvalidParameterException" });
        return { repositories: page.items.map(repositoryShape), nextToken: page.nextToken };
      },
    },
  }),
});

function repositoryShape({ arn, registryId, repositoryName, repositoryUrl, createdAt }: Repository): object {
  return { repositoryArn: arn, registryId, repositoryName, repositoryUri: repositoryUrl, createdAt: createdAt / 1_000 };
}
