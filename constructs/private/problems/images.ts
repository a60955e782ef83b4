import type { Problem } from "../errors";
import { quote } from "./quote";

export function invalidContainerUri(value: string): Problem {
  return {
    code: "CONTAINER_URI_INVALID",
    message:
      `The container URI ${quote(value)} is not in Amazon ECR: use ` +
      `"<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>" or "public.ecr.aws/<repository>:<tag>".`,
  };
}

export function containerUriNeedsRepository(): Problem {
  return {
    code: "CONTAINER_URI_INVALID",
    message:
      "The container URI is a value that Terraform only knows later, so the execution role cannot name its " +
      "repository: pass repositoryArn as well, or use AgentRuntimeArtifact.fromEcrRepository(…).",
  };
}

export function missingBuildContext(directory: string): Problem {
  return {
    code: "BUILD_CONTEXT_INVALID",
    message: `The build context ${quote(directory)} is not a directory: pass the directory that holds the Dockerfile.`,
  };
}

export function missingDockerfile(directory: string, dockerfile: string): Problem {
  return {
    code: "BUILD_CONTEXT_INVALID",
    message:
      `The build context ${quote(directory)} has no file ${quote(dockerfile)}: create it, or name another one with ` +
      "the option dockerfile.",
  };
}

export function invalidBuildOption(value: string): Problem {
  return {
    code: "NAME_INVALID",
    message: `The option ${quote(value)} of the image's build is not valid: use a text of one line, which is not empty.`,
  };
}

export function invalidBuildArg(name: string, value: string): Problem {
  return {
    code: "NAME_INVALID",
    message:
      `The build argument ${quote(name)} with the value ${quote(value)} is not valid: use a name of letters, digits ` +
      "and underscores, and a value of one line.",
  };
}
