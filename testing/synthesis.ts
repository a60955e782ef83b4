import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A stack of CDK for Terraform or of CDK Terrain, in an app. */
export interface Stack {
  readonly node: { readonly id: string; readonly root: object };
  readonly synthesizer: { synthesize(session: object): void };
  readonly dependencies: readonly object[];
  prepareStack(): void;
}

/** What JavaScript gives may be anything. */
export function isStack(value: object): value is Stack {
  return typeof value === "object" && value !== null && "synthesizer" in value && "node" in value;
}

/** The class with which an app lists its stacks. */
type ManifestClass = new (version: string, outdir: string, isHcl: boolean) => { writeToFile(): void };

/**
 * Synthesizes a stack, with those that it depends on, into a folder of its own, as `App.synth` does into the app's.
 *
 * @returns the folder, to be removed after use
 * @throws ValidationError for what is wrong with the stack
 */
export function synthesizeStack(stack: Stack): string {
  const Manifest = manifestClass(stack);
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-agentcore-"));
  const manifest = new Manifest("testing", outdir, false);
  const stacks = withDependencies(stack);
  stacks.forEach((each) => each.prepareStack());
  stacks.forEach((each) => each.synthesizer.synthesize({ outdir, manifest }));
  manifest.writeToFile();
  return outdir;
}

function withDependencies(stack: Stack, found = new Set<Stack>()): Stack[] {
  if (!found.has(stack)) stack.dependencies.forEach((each) => withDependencies(each as Stack, found));
  found.add(stack);
  return [...found];
}

function manifestClass({ node: { id, root } }: Stack): ManifestClass {
  const { manifest } = root as { readonly manifest?: { readonly constructor: ManifestClass } };
  if (manifest) return manifest.constructor;
  throw new TypeError(`The stack ${id} is in no app: give it one, for example new App() or Testing.app().`);
}
