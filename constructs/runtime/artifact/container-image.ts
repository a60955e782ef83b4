import type { ITerraformDependable } from "cdktf";

/** An ECR repository: the `EcrRepository` resource and the `DataAwsEcrRepository` data source of the AWS provider. */
export interface IImageRepository {
  /** `arn:<partition>:ecr:<region>:<account>:repository/<name>`. */
  readonly arn: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repositoryUrl: string;
}

/** A cache of builds, as BuildKit takes it: `{ type: "registry", params: { ref: "…" } }`. */
export interface DockerCacheOption {
  /** For example `registry`, `gha`, `s3`, `local`. */
  readonly type: string;
  /**
   * What the type takes.
   * @default - nothing
   */
  readonly params?: Readonly<Record<string, string>>;
}

/** How an image's repository keeps it. */
export interface RepositoryOptions {
  /**
   * Name of the ECR repository that is created: 2 to 256 lower-case letters, digits and single separators.
   * @default - the runtime's name, in lower case and with hyphens
   */
  readonly repositoryName?: string;

  /**
   * ARN of the KMS key that encrypts the images. Another one makes the repository anew.
   * @default - a key of AWS's own (AES-256)
   */
  readonly repositoryKmsKeyArn?: string;

  /**
   * How many of the last images stay. Endpoints that are pinned to an older version of the runtime need its image: the
   * review warns of them.
   * @default - all with a tag; others go after a day
   */
  readonly keepLastImages?: number;
}

/** An image that is built from a directory. */
export interface AssetImageOptions extends RepositoryOptions {
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
   * The stage of the Dockerfile to build.
   * @default - the last
   */
  readonly target?: string;

  /**
   * Secrets of the build by id, each `src=<absolute path>` or `env=<variable>` of the machine that applies. They are in
   * no layer.
   * @default - none
   */
  readonly buildSecrets?: Readonly<Record<string, string>>;

  /**
   * The SSH agent or keys of the build, as in `docker build --ssh`: `default`.
   * @default - none
   */
  readonly buildSsh?: string;

  /**
   * Further contexts of the build by name: a directory, whose changes build the image again, or
   * `docker-image://<image>@<digest>`, which replaces an image of the Dockerfile.
   * @default - none
   */
  readonly buildContexts?: Readonly<Record<string, string>>;

  /**
   * Where the build finds what others built.
   * @default - the builder's own cache
   */
  readonly cacheFrom?: readonly DockerCacheOption[];

  /**
   * Where the build leaves what it built.
   * @default - the builder's own cache
   */
  readonly cacheTo?: DockerCacheOption;

  /**
   * Whether every step is run anew.
   * @default false
   */
  readonly cacheDisabled?: boolean;

  /**
   * Anything else on which the image depends, such as the week, or the digest that the tag of a base image has now: with
   * another text, it is built again. Docker looks at base images that are named by a tag only while it builds.
   * @default - the files, the build arguments, the target and the further contexts alone
   */
  readonly extraHash?: string;
}

/** The image of the MCP server that comes with this package. */
export interface BundledServerImageOptions extends RepositoryOptions {
  /**
   * Build arguments: BUNDLE_IMAGE and RUNTIME_IMAGE replace the base images.
   * @default - images of Docker's and Google's public registries
   */
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** An image in an ECR repository. */
export interface EcrRepositoryImageOptions {
  /** An existing repository. */
  readonly repository: IImageRepository;

  /**
   * The image's tag. Each plan looks up what it names, so that a tag that has moved is deployed.
   * @default "latest"
   */
  readonly tag?: string;

  /**
   * The image's digest, `sha256:` and 64 digits, in place of a tag.
   * @default - none
   */
  readonly digest?: string;
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
