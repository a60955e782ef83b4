import { readFileSync, rmSync, statSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { AnnotationMetadataEntryType, App, type ITerraformDependable, Manifest, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../../private/addresses";
import { arnProblems } from "../../private/arns";
import { AwsEnvironment } from "../../private/aws-environment";
import { reportProblems } from "../../private/checks";
import { type Problem, throwOnProblems } from "../../private/errors";
import { LocalCommand } from "../../private/local-command";
import { providerCredentials } from "../../private/provider-credentials";
import { derivedName, nameProblems, REPOSITORY_NAME } from "../../private/names";
import { missingBuildContext, missingDockerfile } from "../../private/problems/images";
import { resolved } from "../../private/resolved";
import { movingBaseImages } from "./base-images";
import { BUILD_AND_PUSH } from "./build-and-push";
import { BuildContext } from "./build-context";
import { buildArgLines, buildOptions, buildProblems, isDirectoryContext } from "./build-options";
import type { AssetImageOptions, ContainerImage } from "./container-image";
import { isDirectory } from "./directories";

export interface AssetImageProps extends AssetImageOptions {
  readonly runtimeName: string;
}

/** A build whose files are in the stack's output. */
interface StagedBuild {
  /** Of all that the image is made of. */
  readonly hash: string;
  /** Relative to where Terraform runs, like the directories of `buildContexts`. */
  readonly contextPath: string;
  readonly dockerfile: string;
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly movingImages: readonly string[];
}

/** The only platform that AgentCore Runtime starts ("Architecture incompatible" otherwise). */
const PLATFORM = "linux/arm64";

const NEEDS = "Docker with buildx and the AWS CLI";

const MOVING = "name them by digest, or change extraHash, to have newer ones deployed";

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

/** An image that `apply` builds from a directory and pushes to its own ECR repository. The runtime has it by its digest. */
export class AssetImage extends Construct implements ContainerImage {
  public readonly containerUri: string;
  public readonly repositoryArn: string;
  public readonly dependencies: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: AssetImageProps) {
    super(scope, id);
    const { dockerfile = "Dockerfile" } = props;
    const directory = resolve(props.directory);
    const repositoryName = props.repositoryName ?? this.defaultRepositoryName(props.runtimeName);
    reportProblems(this, [
      ...nameProblems(REPOSITORY_NAME, repositoryName),
      ...arnProblems("KMS key", props.repositoryKmsKeyArn),
      ...buildProblems(props),
    ]);
    throwOnProblems(this, [
      ...(isDirectory(directory) ? missingDockerfileProblems(directory, dockerfile) : [missingBuildContext(directory)]),
      ...missingContextProblems(props),
    ]);

    const staged = this.stage(directory, dockerfile, props);
    const repository = this.createRepository(repositoryName, props);
    const build = this.createBuild(`${repository.repositoryUrl}:${staged.hash}`, staged, props);
    // Read after the push. A runtime that names a tag would start whatever the tag names by then.
    const pushed = withChosenAddress(
      new DataAwsEcrImage(this, "Pushed", {
        repositoryName: repository.name,
        imageTag: staged.hash,
        dependsOn: [build],
      }),
    );
    this.repositoryArn = repository.arn;
    this.containerUri = `${repository.repositoryUrl}@${pushed.imageDigest}`;
    this.dependencies = [build];
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

  /** Copies the build's contexts into the stack's output, from where Terraform runs. */
  private stage(directory: string, dockerfile: string, props: AssetImageProps): StagedBuild {
    const stack = TerraformStack.of(this);
    const workingDirectory = join(App.of(this).outdir, Manifest.stacksFolder, stack.node.id);
    const assets = posix.join("assets", stack.getLogicalId(this.node));
    rmSync(join(workingDirectory, assets), { recursive: true, force: true });
    const copy = (context: BuildContext, hash: string): string => {
      const path = posix.join(assets, hash);
      context.copyTo(join(workingDirectory, path));
      return path;
    };

    const buildContexts = Object.fromEntries(
      Object.entries(props.buildContexts ?? {}).map(([name, source]) => {
        if (!isDirectoryContext(source)) return [name, source];
        const context = new BuildContext({ directory: resolve(source), exclude: this.outputDirectoryIn(source) });
        return [name, copy(context, context.hash({ name }))];
      }),
    );
    const context = new BuildContext({ directory, dockerfile, exclude: this.outputDirectoryIn(directory) });
    const { target, extraHash } = props;
    const buildArgs = buildArgLines(props);
    const hash = context.hash({
      dockerfile,
      platform: PLATFORM,
      ...(buildArgs !== "" && { buildArgs: resolved(this, buildArgs) }),
      ...(target !== undefined && { target }),
      ...(props.buildContexts && { buildContexts }),
      ...(extraHash !== undefined && { extraHash }),
    });
    return {
      hash,
      contextPath: copy(context, hash),
      dockerfile,
      buildContexts,
      movingImages: movingBaseImages(
        readFileSync(join(directory, dockerfile), "utf8"),
        props.buildArgs ?? {},
        buildContexts,
      ),
    };
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

  private createBuild(imageUri: string, staged: StagedBuild, props: AssetImageProps): LocalCommand {
    const { contextPath, dockerfile, buildContexts, movingImages } = staged;
    const buildArgs = buildArgLines(props);
    const options = buildOptions({ ...props, buildContexts });
    const images = movingImages.map((image) => resolved(this, image)).join(", ");
    // Annotations would note where in the file system the program stands.
    this.node.addMetadata(
      AnnotationMetadataEntryType.INFO,
      `The machine that applies ${this.node.path} builds an image: it needs ${NEEDS}, and credentials that may push to ECR.` +
        (images === "" ? "" : ` It builds on ${images} as they are then: ${MOVING}.`),
    );
    return withChosenAddress(
      new LocalCommand(this, "Build", {
        input: { needs: NEEDS, ...(images !== "" && { base_images_by_tag: images }) },
        triggersReplace: { image: imageUri },
        command: BUILD_AND_PUSH,
        environment: {
          CONTEXT: contextPath,
          DOCKERFILE: posix.join(contextPath, dockerfile),
          IMAGE_URI: imageUri,
          PLATFORM,
          REGION: AwsEnvironment.of(this).region,
          ...providerCredentials(this),
          ...(buildArgs !== "" && { BUILD_ARGS: buildArgs }),
          ...(options.length > 0 && { BUILD_OPTIONS: options.join("\n") }),
        },
      }),
    );
  }
}

function missingDockerfileProblems(directory: string, dockerfile: string): Problem[] {
  const path = join(directory, dockerfile);
  const isInContext = path.startsWith(join(directory, sep));
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isInContext && isFile ? [] : [missingDockerfile(directory, dockerfile)];
}

function missingContextProblems({ buildContexts = {} }: AssetImageOptions): Problem[] {
  return Object.values(buildContexts)
    .filter((source) => isDirectoryContext(source) && !isDirectory(resolve(source)))
    .map((source) => missingBuildContext(resolve(source)));
}
