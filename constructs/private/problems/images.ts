import { problem, quote } from "./problem";

export const invalidContainerUri = (value: string) =>
  problem(
    "CONTAINER_URI_INVALID",
    `The container URI ${quote(value)} is not in Amazon ECR: use ` +
      `"<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>" or "public.ecr.aws/<repository>:<tag>".`,
  );

export const containerUriNeedsRepository = () =>
  problem(
    "CONTAINER_URI_INVALID",
    "The container URI is a value that Terraform only knows later, so the execution role cannot name its " +
      "repository: pass repositoryArn as well, or use AgentRuntimeArtifact.fromEcrRepository(…).",
  );

export const missingBuildContext = (directory: string) =>
  problem(
    "BUILD_CONTEXT_INVALID",
    `The build context ${quote(directory)} is not a directory: pass the directory that holds the Dockerfile.`,
  );

export const missingDockerfile = (directory: string, dockerfile: string) =>
  problem(
    "BUILD_CONTEXT_INVALID",
    `The build context ${quote(directory)} has no file ${quote(dockerfile)}: create it, or name another one with ` +
      "the option dockerfile.",
  );

export const invalidBuildOption = (value: string) =>
  problem(
    "NAME_INVALID",
    `The option ${quote(value)} of the image's build is not valid: use a text of one line, which is not empty.`,
  );

export const invalidBuildArg = (name: string, value: string) =>
  problem(
    "NAME_INVALID",
    `The build argument ${quote(name)} with the value ${quote(value)} is not valid: use a name of letters, digits ` +
      "and underscores, and a value of one line.",
  );
