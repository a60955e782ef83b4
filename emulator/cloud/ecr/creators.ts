// emulator/cloud/ecr/: image repositories, without images.
import type { Creators } from "../creators";
import type { Repositories } from "./repositories";

export function ecrCreators(repositories: Repositories): Pick<Creators, "repository"> {
  return {
    repository(declaration) {
      const { arn, registryId, repositoryUrl } = repositories.create(declaration);
      return { arn, registryId, repositoryUrl };
    },
  };
}
