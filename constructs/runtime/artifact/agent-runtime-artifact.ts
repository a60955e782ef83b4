// constructs/runtime/artifact/: what a runtime runs: an image, or an archive of code.
import type { Construct } from "constructs";
import { packageRoot } from "../../private/package-root";
import { AssetImage } from "./asset-image";
import type { BoundArtifact } from "./bound-artifact";
import type {
  AssetImageOptions,
  BundledServerImageOptions,
  EcrRepositoryImageOptions,
  ImageUriOptions,
} from "./container-image";
import { codeInS3, CodeArtifact } from "./code-artifact";
import type { CodeAssetOptions, S3CodeOptions } from "./code-archive";
import { imageFromUri } from "./container-uri";
import { imageArtifact } from "./image-artifact";
import { taggedImage } from "./tagged-image";

/** What a runtime runs: an image, for linux/arm64 only, or code. */
export class AgentRuntimeArtifact {
  /**
   * Builds the image during `apply`, for linux/arm64, and pushes it to an ECR repository made for it.
   *
   * The machine that applies needs Docker with buildx and the AWS CLI. The tag is a hash of the context's files, so an
   * unchanged context is not built again. The runtime gets the image by its digest, which `aws_ecr_image` reads.
   */
  public static fromAsset(options: AssetImageOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact((scope, runtimeName) =>
      imageArtifact(new AssetImage(scope, "Image", { runtimeName, ...options })),
    );
  }

  /** The MCP server that comes with this package, built like any other directory. */
  public static fromBundledServer(options: BundledServerImageOptions = {}): AgentRuntimeArtifact {
    return AgentRuntimeArtifact.fromAsset({ ...options, directory: packageRoot() });
  }

  /**
   * An image that something else has pushed to an ECR repository. A tag is looked up in each plan, and the runtime gets
   * what it names by digest. Where the same apply pushes the image, use fromImageUri with the `repositoryUrl` and the ARN
   * of the repository's resource or data source: there is nothing to look up yet.
   */
  public static fromEcrRepository(options: EcrRepositoryImageOptions): AgentRuntimeArtifact {
    const { repository, tag = "latest", digest } = options;
    return new AgentRuntimeArtifact((scope) =>
      imageArtifact(
        digest === undefined
          ? taggedImage(scope, repository, tag)
          : {
              containerUri: `${repository.repositoryUrl}@${digest}`,
              repositoryArn: repository.arn,
              dependencies: [],
            },
      ),
    );
  }

  /**
   * An image by its URI. The tag of a private repository is looked up in each plan, with `ecr:DescribeImages`, and the
   * runtime gets what it names by digest. A tag of `public.ecr.aws`, or of a URI that is a token, stays as it is, and no
   * plan notices that it names another image: a digest is surer.
   */
  public static fromImageUri(options: ImageUriOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact((scope) => imageArtifact(imageFromUri(scope, options)));
  }

  /** Code in an S3 bucket, as a zip archive. */
  public static fromS3(options: S3CodeOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact((scope) => codeInS3(scope, options));
  }

  /** Code of a directory, which synthesis packs and `apply` puts into an S3 bucket. No Docker takes part. */
  public static fromCodeAsset(options: CodeAssetOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact((scope) => new CodeArtifact(scope, "Code", options));
  }

  private constructor(
    /** Creates what the artifact needs inside `scope`, the runtime's construct. */
    public readonly bind: (scope: Construct, runtimeName: string) => BoundArtifact,
  ) {}
}
