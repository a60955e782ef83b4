import type { Construct } from "constructs";
import { packageRoot } from "../private/package-root";
import { AssetImage } from "./asset-image";
import type {
  AssetImageOptions,
  BundledServerImageOptions,
  ContainerImage,
  EcrRepositoryImageOptions,
  ImageUriOptions,
} from "./container-image";
import { imageFromUri } from "./container-uri";

/** The container that a runtime runs. AgentCore runs linux/arm64 images only. */
export class AgentRuntimeArtifact {
  /**
   * Builds the image during `apply`, for linux/arm64, and pushes it to an ECR repository made for it.
   *
   * The machine that applies needs Docker with buildx and the AWS CLI. The tag is a hash of the context's files, so an
   * unchanged context is not built again.
   */
  public static fromAsset(options: AssetImageOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact(
      (scope, runtimeName) => new AssetImage(scope, "Image", { runtimeName, ...options }),
    );
  }

  /** The MCP server that comes with this package, built like any other directory. */
  public static fromBundledServer(options: BundledServerImageOptions = {}): AgentRuntimeArtifact {
    return AgentRuntimeArtifact.fromAsset({ ...options, directory: packageRoot() });
  }

  /** An image that something else pushes to an ECR repository. */
  public static fromEcrRepository(options: EcrRepositoryImageOptions): AgentRuntimeArtifact {
    const { repository, tag = "latest", digest } = options;
    return new AgentRuntimeArtifact(() => ({
      containerUri: `${repository.repositoryUrl}${digest === undefined ? `:${tag}` : `@${digest}`}`,
      repositoryArn: repository.arn,
      dependencies: [],
    }));
  }

  /** An image by its URI. */
  public static fromImageUri(options: ImageUriOptions): AgentRuntimeArtifact {
    return new AgentRuntimeArtifact((scope) => imageFromUri(scope, options));
  }

  private constructor(
    /** Creates what the image needs inside `scope`, the runtime's construct. */
    public readonly bind: (scope: Construct, runtimeName: string) => ContainerImage,
  ) {}
}
