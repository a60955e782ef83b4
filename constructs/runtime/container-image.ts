import type { ITerraformDependable } from "cdktf";

/** An ECR repository: the `EcrRepository` resource and the `DataAwsEcrRepository` data source of the AWS provider. */
export interface IImageRepository {
  /** `arn:<partition>:ecr:<region>:<account>:repository/<name>`. */
  readonly arn: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repositoryUrl: string;
}

/** An image that is built from a directory. */
export interface AssetImageOptions {
  /**
   * The Docker build context. Its `.dockerignore` decides which files are in it; the image is built again when one of
   * these files changes.
   */
  readonly directory: string;

  /**
   * Path of the Dockerfile in the context. A `<dockerfile>.dockerignore` beside it goes before the `.dockerignore`.
   * @default "Dockerfile"
   */
  readonly dockerfile?: string;

  /**
   * Build arguments of the Dockerfile, single lines. The image's history shows them: no secrets. The Dockerfile that
   * comes with this package takes BUNDLE_IMAGE and RUNTIME_IMAGE, to replace its base images.
   * @default - none
   */
  readonly buildArgs?: Readonly<Record<string, string>>;

  /**
   * Name of the ECR repository that is created: 2 to 256 lower-case letters, digits and single separators.
   * @default - the runtime's name, in lower case and with hyphens
   */
  readonly repositoryName?: string;
}

/** The image of the MCP server that comes with this package. */
export interface BundledServerImageOptions {
  /**
   * Build arguments: BUNDLE_IMAGE and RUNTIME_IMAGE replace the base images.
   * @default - images of Docker's and Google's public registries
   */
  readonly buildArgs?: Readonly<Record<string, string>>;

  /**
   * Name of the ECR repository that is created: 2 to 256 lower-case letters, digits and single separators.
   * @default - the runtime's name, in lower case and with hyphens
   */
  readonly repositoryName?: string;
}

/** An image in an ECR repository. */
export interface EcrRepositoryImageOptions {
  /** An existing repository. */
  readonly repository: IImageRepository;

  /**
   * The image's tag. A runtime does not notice when a tag moves: use a new tag for each image.
   * @default "latest"
   */
  readonly tag?: string;
}

/** An image by its URI. */
export interface ImageUriOptions {
  /**
   * `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or with a digest, or an image of `public.ecr.aws`.
   */
  readonly containerUri: string;

  /**
   * ARN of the image's ECR repository, which the execution role may then read.
   * @default - taken from the URI; required when the URI is a CDKTF token
   */
  readonly repositoryArn?: string;
}

/** An image that a runtime can start. */
export interface ContainerImage {
  /** What the runtime pulls. */
  readonly containerUri: string;
  /** The repository that the execution role must read; left out for public images. */
  readonly repositoryArn?: string;
  /** What must exist before the image can be pulled. */
  readonly dependencies: readonly ITerraformDependable[];
}
