import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import dockerignore from "@balena/dockerignore";

/** One file of a build context. */
interface ContextFile {
  /** Relative to the context, with forward slashes. */
  readonly path: string;
  readonly isSymbolicLink: boolean;
}

export interface BuildContextOptions {
  readonly directory: string;
  /**
   * Path of the Dockerfile in the directory.
   * @default - none: what the Dockerfile of another directory copies from
   */
  readonly dockerfile?: string;
  /**
   * Whether a `.dockerignore` counts.
   * @default true
   */
  readonly hasIgnoreFile?: boolean;
  /** Paths in the directory that never belong to the context. */
  readonly exclude: readonly string[];
}

/** The files of a directory that Docker would send to the builder. */
export class BuildContext {
  private readonly directory: string;
  private readonly files: readonly ContextFile[];

  public constructor(options: BuildContextOptions) {
    this.directory = options.directory;
    const rules = new IgnoreRules([
      ...readIgnoreFile(options),
      ...options.exclude,
      // Docker sends the Dockerfile even when the rules leave it out.
      ...(options.dockerfile === undefined ? [] : [`!${options.dockerfile}`]),
    ]);
    this.files = listFiles(options.directory, rules).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Changes with the name or content of any file, and with `parameters`; the same on every machine. */
  public hash(parameters: unknown): string {
    const hash = createHash("sha256").update(JSON.stringify(parameters));
    for (const file of this.files) {
      const source = join(this.directory, file.path);
      const content = file.isSymbolicLink ? readlinkSync(source) : readFileSync(source);
      hash.update(`\0${file.path}\0${content.length}\0`).update(content);
    }
    return hash.digest("hex").slice(0, 32);
  }

  /** The files with where they are, in the order of their paths. */
  public sources(): { path: string; source: string }[] {
    return this.files.map(({ path }) => ({ path, source: join(this.directory, path) }));
  }

  /** Bytes of all files; a symbolic link counts as what it leads to. */
  public size(): number {
    return this.sources().reduce((sum, { source }) => sum + statSync(source).size, 0);
  }

  public copyTo(target: string): void {
    for (const file of this.files) {
      const destination = join(target, file.path);
      mkdirSync(dirname(destination), { recursive: true });
      const source = join(this.directory, file.path);
      if (file.isSymbolicLink) {
        symlinkSync(readlinkSync(source), destination);
      } else {
        copyFileSync(source, destination);
      }
    }
  }
}

function readIgnoreFile({ directory, dockerfile, hasIgnoreFile = true }: BuildContextOptions): string[] {
  if (!hasIgnoreFile) return [];
  const names = [...(dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`]), ".dockerignore"];
  const candidates = names.map((name) => join(directory, name));
  const ignoreFile = candidates.find((candidate) => existsSync(candidate));
  return ignoreFile ? readFileSync(ignoreFile, "utf8").split(/\r?\n/) : [];
}

/** Patterns of a `.dockerignore`; the exceptions (`!pattern`) decide which ignored directories must be searched. */
class IgnoreRules {
  private readonly matcher: ReturnType<typeof dockerignore>;
  private readonly exceptions: readonly string[];

  public constructor(patterns: string[]) {
    this.matcher = dockerignore({ ignorecase: false }).add(patterns);
    this.exceptions = patterns
      .filter((pattern) => pattern.startsWith("!"))
      .map((pattern) => posix.normalize(pattern.slice(1).trim()).replace(/^\/|\/$/g, ""));
  }

  public ignores(path: string): boolean {
    return this.matcher.ignores(path);
  }

  /**
   * Whether nothing below a directory can be part of the context, so that it need not be read. As in BuildKit, an
   * exception that begins with a wildcard may match anywhere.
   */
  public excludesAllOf(directory: string): boolean {
    const mayMatchInside = (exception: string): boolean => {
      const [literal = ""] = exception.split(/[*?[\\]/, 1);
      return literal.startsWith(`${directory}/`) || (literal !== exception && `${directory}/`.startsWith(literal));
    };
    return this.ignores(directory) && !this.exceptions.some(mayMatchInside);
  }
}

function listFiles(root: string, rules: IgnoreRules, directory = ""): ContextFile[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (entry.isDirectory()) return rules.excludesAllOf(path) ? [] : listFiles(root, rules, path);
    const isSymbolicLink = entry.isSymbolicLink();
    return (entry.isFile() || isSymbolicLink) && !rules.ignores(path) ? [{ path, isSymbolicLink }] : [];
  });
}
