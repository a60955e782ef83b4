import { rmSync, statSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { AnnotationMetadataEntryType, App, type ITerraformDependable, Manifest, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { reportProblems } from "../private/checks";
import { type Problem, throwOnProblems } from "../private/errors";
import { LocalCommand } from "../private/local-command";
import { providerCredentials } from "../private/provider-credentials";
import { derivedName, nameProblems, REPOSITORY_NAME } from "../private/names";
import { invalidBuildArg, missingBuildContext, missingDockerfile } from "../private/problems/images";
import { resolved } from "../private/resolved";
import type { AssetImageOptions, ContainerImage, DockerCacheOption } from "./container-image";
import { BuildContext } from "./build-context";
import { BUILD_AND_PUSH } from "./build-and-push";

export interface AssetImageProps extends AssetImageOptions {
  readonly runtimeName: string;
}

/** The only platform that AgentCore Runtime starts ("Architecture incompatible" otherwise). */
const PLATFORM = "linux/arm64";

const NEEDS = "Docker with buildx and the AWS CLI";

const UNTAGGED = {
  rulePriority: 1,
  description: "Untagged images go after a day",
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 },
  action: { type: "expire" },
};

const lastOnly = (count: number) => ({
  rulePriority: 2,
  description: `Keep the last ${count} images`,
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
  action: { type: "expire" },
});

/** An image that `apply` builds from a directory and pushes to its own ECR repository. */
export class AssetImage extends Construct implements ContainerImage {
  public readonly containerUri: string;
  public readonly repositoryArn: string;
  public readonly dependencies: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: AssetImageProps) {
    super(scope, id);
    const { dockerfile = "Dockerfile", buildArgs = {} } = props;
    const directory = resolve(props.directory);
    const repositoryName = props.repositoryName ?? this.defaultRepositoryName(props.runtimeName);
    reportProblems(this, [...nameProblems(REPOSITORY_NAME, repositoryName), ...buildArgsProblems(buildArgs)]);
    throwOnProblems(
      this,
      isDirectory(directory) ? missingDockerfileProblems(directory, dockerfile) : [missingBuildContext(directory)],
    );

    const context = new BuildContext({ directory, dockerfile, exclude: this.outputDirectoryIn(directory) });
    const buildArgLines = buildArgsInLines(buildArgs);
    const contextHash = context.hash({
      dockerfile,
      platform: PLATFORM,
      ...(buildArgLines !== "" && { buildArgs: resolved(this, buildArgLines) }),
      ...(props.target !== undefined && { target: props.target }),
      ...(props.buildContexts && { buildContexts: props.buildContexts }),
    });
    const contextPath = this.stage(context, contextHash);

    const repository = this.createRepository(repositoryName, props);
    this.repositoryArn = repository.arn;
    this.containerUri = `${repository.repositoryUrl}:${contextHash}`;
    this.dependencies = [this.createBuild(contextPath, dockerfile, buildArgLines, buildOptionLines(props))];
    // Annotations would note where in the file system the program stands.
    this.node.addMetadata(
      AnnotationMetadataEntryType.INFO,
      `The machine that applies ${this.node.path} builds an image: it needs ${NEEDS}, and credentials that may push to ECR.`,
    );
  }

  private defaultRepositoryName(runtimeName: string): string {
    return Token.isUnresolved(runtimeName)
      ? derivedName(this, { separator: "-", maxLength: 100 })
      : runtimeName.toLowerCase().replace(/_+/g, "-").replace(/-$/, "");
  }

  /** A context that holds the output of synthesis would contain itself, and change with every run. */
  private outputDirectoryIn(directory: string): string[] {
    const path = relative(directory, resolve(App.of(this).outdir))
      .split(sep)
      .join("/");
    return path === "" || path.startsWith("..") ? [] : [path];
  }

  /** Copies the context into the stack's output and returns its path there, from where Terraform runs. */
  private stage(context: BuildContext, contextHash: string): string {
    const stack = TerraformStack.of(this);
    const workingDirectory = join(App.of(this).outdir, Manifest.stacksFolder, stack.node.id);
    const assets = posix.join("assets", stack.getLogicalId(this.node));
    const contextPath = posix.join(assets, contextHash);
    rmSync(join(workingDirectory, assets), { recursive: true, force: true });
    context.copyTo(join(workingDirectory, contextPath));
    return contextPath;
  }

  private createRepository(name: string, props: AssetImageProps): EcrRepository {
    const { repositoryKmsKeyArn: kmsKey, keepLastImages } = props;
    const repository = withChosenAddress(
      new EcrRepository(this, "Repository", {
        name,
        // A tag is the hash of what the image is built from, and stays what it was pulled as.
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: kmsKey === undefined ? undefined : [{ encryptionType: "KMS", kmsKey }],
        forceDelete: true,
      }),
    );
    withChosenAddress(
      new EcrLifecyclePolicy(this, "LifecyclePolicy", {
        repository: repository.name,
        policy: JSON.stringify({
          rules: [UNTAGGED, ...(keepLastImages === undefined ? [] : [lastOnly(keepLastImages)])],
        }),
      }),
    );
    return repository;
  }

  private createBuild(
    contextPath: string,
    dockerfile: string,
    buildArgLines: string,
    buildOptions: string,
  ): LocalCommand {
    return withChosenAddress(
      new LocalCommand(this, "Build", {
        input: { needs: NEEDS },
        triggersReplace: { image: this.containerUri },
        command: BUILD_AND_PUSH,
        environment: {
          CONTEXT: contextPath,
          DOCKERFILE: posix.join(contextPath, dockerfile),
          IMAGE_URI: this.containerUri,
          PLATFORM,
          REGION: AwsEnvironment.of(this).region,
          ...providerCredentials(this),
          ...(buildArgLines !== "" && { BUILD_ARGS: buildArgLines }),
          ...(buildOptions !== "" && { BUILD_OPTIONS: buildOptions }),
        },
      }),
    );
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function missingDockerfileProblems(directory: string, dockerfile: string): Problem[] {
  const path = join(directory, dockerfile);
  const isInContext = path.startsWith(join(directory, sep));
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isInContext && isFile ? [] : [missingDockerfile(directory, dockerfile)];
}

function buildArgsInLines(buildArgs: Readonly<Record<string, string>>): string {
  return Object.entries(buildArgs)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
}

/** One argument of `docker buildx build` a line. */
function buildOptionLines(props: AssetImageProps): string {
  const { target, buildSsh, buildSecrets = {}, buildContexts = {}, cacheFrom = [], cacheTo } = props;
  const options: readonly (readonly [string, string])[] = [
    ...(target === undefined ? [] : [["--target", target] as const]),
    ...Object.entries(buildSecrets).map(([id, source]) => ["--secret", `id=${id},${source}`] as const),
    ...(buildSsh === undefined ? [] : [["--ssh", buildSsh] as const]),
    ...Object.entries(buildContexts).map(([name, source]) => ["--build-context", `${name}=${source}`] as const),
    ...cacheFrom.map((cache) => ["--cache-from", cacheOption(cache)] as const),
    ...(cacheTo ? [["--cache-to", cacheOption(cacheTo)] as const] : []),
  ];
  return options.flat().join("\n");
}

function cacheOption({ type, params = {} }: DockerCacheOption): string {
  return [`type=${type}`, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join();
}

function buildArgsProblems(buildArgs: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(buildArgs)
    .filter(([name, value]) => !/^[A-Za-z_]\w*$/.test(name) || value.includes("\n"))
    .map(([name, value]) => invalidBuildArg(name, value));
}
