import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { App, Manifest, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { CODE_ENTRY_POINT, CODE_SIZE, S3_KEY_LENGTH, S3_VERSION_LENGTH } from "../../../aws/agentcore/limits";
import { reportProblems } from "../../private/checks";
import { type Problem, throwOnProblems } from "../../private/errors";
import { lengthProblems } from "../../private/names";
import { codeTooLarge, invalidEntrypoint, missingCode, missingEntrypoint } from "../../private/problems/code";
import type { BoundArtifact } from "./bound-artifact";
import { BuildContext } from "./build-context";
import type { CodeAssetOptions, CodeOptions, S3CodeOptions } from "./code-archive";
import { isDirectory } from "./directories";
import { writeZip } from "./zip";

/** Code that is in S3 already. */
export function codeInS3(scope: Construct, options: S3CodeOptions): BoundArtifact {
  const { bucket, objectKey, objectVersion } = options.s3Location;
  reportProblems(scope, [
    ...entrypointProblems(options),
    ...lengthProblems("objectKey", objectKey, 1, S3_KEY_LENGTH),
    ...lengthProblems("objectVersion", objectVersion, S3_VERSION_LENGTH.shortest, S3_VERSION_LENGTH.longest),
  ]);
  return {
    block: {
      codeConfiguration: [
        {
          runtime: options.runtime.value,
          entryPoint: [...options.entrypoint],
          code: [{ s3: [{ bucket: bucket.bucket, prefix: objectKey, versionId: objectVersion }] }],
        },
      ],
    },
    permissions: [
      {
        sid: "ReadCode",
        actions: ["s3:GetObject", ...(objectVersion === undefined ? [] : ["s3:GetObjectVersion"])],
        resources: [`${bucket.arn}/${objectKey}`],
      },
    ],
    dependencies: [],
  };
}

/** A directory that becomes an archive in S3. */
export class CodeArtifact extends Construct implements BoundArtifact {
  public readonly block: BoundArtifact["block"];
  public readonly permissions: BoundArtifact["permissions"];
  public readonly dependencies: BoundArtifact["dependencies"];

  public constructor(scope: Construct, id: string, options: CodeAssetOptions) {
    super(scope, id);
    const { bucket, entrypoint, exclude = [] } = options;
    const directory = resolve(options.path);
    throwOnProblems(this, isDirectory(directory) ? missingFiles(directory, entrypoint) : [missingCode(directory)]);

    const files = new BuildContext({ directory, exclude, hasIgnoreFile: false });
    const objectKey = `${TerraformStack.of(this).getLogicalId(this.node)}/${files.hash({})}.zip`;
    const source = this.pack(files, objectKey);
    const object = new S3Object(this, "Archive", { bucket: bucket.bucket, key: objectKey, source });
    const code = codeInS3(this, { ...options, s3Location: { bucket, objectKey } });
    this.block = code.block;
    this.permissions = code.permissions;
    this.dependencies = [object];
  }

  /** Writes the archive into the stack's output and returns its path there, from where Terraform runs. */
  private pack(files: BuildContext, objectKey: string): string {
    const stack = TerraformStack.of(this);
    const assets = posix.join("assets", posix.dirname(objectKey));
    const folder = join(App.of(this).outdir, Manifest.stacksFolder, stack.node.id, assets);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const unpacked = files.size();
    throwOnProblems(this, unpacked > CODE_SIZE.unpacked ? [codeTooLarge(unpacked, CODE_SIZE.unpacked)] : []);
    const size = writeZip(join(folder, posix.basename(objectKey)), files.sources());
    throwOnProblems(this, size > CODE_SIZE.archive ? [codeTooLarge(size, CODE_SIZE.archive)] : []);
    return posix.join(assets, posix.basename(objectKey));
  }
}

function entrypointProblems({ entrypoint }: CodeOptions): Problem[] {
  const { count, length } = CODE_ENTRY_POINT;
  const file = entrypoint.at(-1) ?? "";
  const fits = entrypoint.length <= count && (Token.isUnresolved(file) || /\.(py|js|mjs|cjs)$/.test(file));
  return [
    ...(fits ? [] : [invalidEntrypoint(entrypoint)]),
    ...entrypoint.flatMap((word) => lengthProblems("entrypoint", word, 1, length)),
  ];
}

function missingFiles(directory: string, entrypoint: readonly string[]): Problem[] {
  const file = entrypoint.at(-1) ?? "";
  return Token.isUnresolved(file) || existsSync(join(directory, file)) ? [] : [missingEntrypoint(directory, file)];
}
