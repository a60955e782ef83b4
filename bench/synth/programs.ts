import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

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

/** Compiles and installs what is compared. The constructs themselves are those of `npm run build`. */
export function preparePrograms(): Programs {
  const rawBindings = join(cache, "raw-bindings.cjs");
  buildSync({
    entryPoints: [join(sources, "raw-bindings.ts")],
    outfile: rawBindings,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
  });
  return {
    constructs: { label: "these constructs", path: join(sources, "constructs.cjs") },
    rawBindings: { label: "raw bindings", path: rawBindings },
    awsCdk: prepareAwsCdk(),
    manyTargets: { label: "many targets", path: join(sources, "many-targets.cjs") },
  };
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
