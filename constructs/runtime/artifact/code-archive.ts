import type { IBucket } from "../../s3/bucket";
import type { AgentCoreRuntime } from "./agent-core-runtime";

/** An archive of code in S3. */
export interface CodeLocation {
  /** The bucket that holds the archive. */
  readonly bucket: IBucket;
  /** The archive's key, 1 to 1024 characters. */
  readonly objectKey: string;

  /**
   * The archive's version, 3 to 1024 characters. Without it, and with the same key, a runtime does not notice that there
   * is another archive.
   * @default - the newest
   */
  readonly objectVersion?: string;
}

/** How code is started. */
export interface CodeOptions {
  /** What runs the code. */
  readonly runtime: AgentCoreRuntime;

  /**
   * The file that starts the server, `.py` or `.js`, with at most one word before it: `["opentelemetry-instrument",
   * "main.py"]`. Each of 1 to 128 characters.
   */
  readonly entrypoint: readonly string[];
}

/** Code in S3. */
export interface S3CodeOptions extends CodeOptions {
  /** A zip archive of at most 250 MB, and 750 MB unpacked. */
  readonly s3Location: CodeLocation;
}

/** Code in a directory. */
export interface CodeAssetOptions extends CodeOptions {
  /**
   * The directory, with all that the code needs for linux/arm64. It becomes a zip archive of at most 250 MB; its files
   * have at most 750 MB.
   */
  readonly path: string;
  /** An existing bucket, which gets the archive under a key that is a hash of the files. */
  readonly bucket: IBucket;

  /**
   * What is left out, as patterns of a `.dockerignore`.
   * @default - nothing
   */
  readonly exclude?: readonly string[];
}
