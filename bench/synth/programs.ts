import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { cdkTerrain, installCdkTerrain } from "../../__tests__/support/cdk-terrain";

const repository = resolve(__dirname, "../..");
const sources = join(__dirname, "programs");
const cache = join(repository, "node_modules/.cache/bench-synth");

/** AWS CDK is only compared with, so it stays out of package.json. */
const awsCdkVersions = { "aws-cdk-lib": "2.276.0", constructs: "10.8.1" };

export interface Program {
  readonly label: string;
  /** JavaScript. */
  readonly path: string;
}

export interface Programs {
  readonly constructs: Program;
  readonly rawBindings: Program;
  /** Undefined when AWS CDK is not installed and the registry cannot be reached. */
  readonly awsCdk: Program | undefined;
  readonly manyTargets: Program;
}

/** Compiles and installs what is compared on CDKTF. The constructs themselves are those of `npm run build`. */
export function preparePrograms(): Programs {
  return {
    constructs: { label: "these constructs", path: join(sources, "constructs.cjs") },
    rawBindings: { label: "raw bindings", path: bundleRawBindings(cache) },
    awsCdk: prepareAwsCdk(),
    manyTargets: { label: "many targets", path: join(sources, "many-targets.cjs") },
  };
}

const TWINS = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

/**
 * The same on CDK Terrain, in a project with a copy of the package, which finds its framework from where it stands.
 *
 * @returns undefined where CDK Terrain cannot be installed
 */
export function prepareCdkTerrain(): Programs | undefined {
  const reason = installCdkTerrain();
  if (reason !== undefined) {
    console.error(`CDK Terrain could not be installed: ${reason}`);
    return undefined;
  }
  const folder = join(cache, "cdk-terrain");
  rmSync(folder, { recursive: true, force: true });
  const own = join(folder, "node_modules/cdktf-agentcore");
  ["dist", "server", "Dockerfile", ".dockerignore", "package.json"].forEach((name) =>
    cpSync(join(repository, name), join(own, name), { recursive: true }),
  );
  const link = (from: string, names: readonly string[]) =>
    names
      .filter((name) => !existsSync(join(folder, "node_modules", name)))
      .forEach((name) => symlinkSync(join(from, name), join(folder, "node_modules", name)));
  link(cdkTerrain, readdirSync(cdkTerrain));
  link(
    join(repository, "node_modules"),
    readdirSync(join(repository, "node_modules")).filter((name) => name !== "@cdktf"),
  );
  const copyOf = (name: string): string => {
    const path = join(folder, name);
    const text = readFileSync(join(sources, name), "utf8");
    writeFileSync(
      path,
      text.replace(/"(@?)cdktf(?=["/])/g, '"$1cdktn').replace('"cdktf-agentcore"', '"cdktf-agentcore/cdktn"'),
    );
    return path;
  };
  return {
    constructs: { label: "these constructs", path: copyOf("constructs.cjs") },
    rawBindings: { label: "raw bindings", path: bundleRawBindings(folder, TWINS) },
    awsCdk: undefined,
    manyTargets: { label: "many targets", path: copyOf("many-targets.cjs") },
  };
}

function bundleRawBindings(folder: string, alias: Readonly<Record<string, string>> = {}): string {
  const outfile = join(folder, "raw-bindings.cjs");
  buildSync({
    entryPoints: [join(sources, "raw-bindings.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    alias,
  });
  return outfile;
}

function prepareAwsCdk(): Program | undefined {
  const folder = join(cache, "aws-cdk");
  if (!existsSync(join(folder, "node_modules/aws-cdk-lib/package.json"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: awsCdkVersions }));
    try {
      execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder, stdio: "ignore" });
    } catch (error) {
      console.error(`AWS CDK could not be installed: ${String(error)}`);
      return undefined;
    }
  }
  // A program finds its packages from where it stands.
  copyFileSync(join(sources, "aws-cdk.cjs"), join(folder, "aws-cdk.cjs"));
  cpSync(join(sources, "image"), join(folder, "image"), { recursive: true });
  return { label: "AWS CDK's L2", path: join(folder, "aws-cdk.cjs") };
}
