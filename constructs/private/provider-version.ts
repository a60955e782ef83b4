import { Lazy, type TerraformResource, TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { inShort } from "../../aws/provider-releases";
import { awsProviders } from "./aws-providers";
import { addCheck } from "./checks";
import { OWN } from "./framework";
import {
  providerTooOld,
  type Requirement,
  targetVersionsTooWide,
  terraformTooOld,
  type UnmetRequirement,
} from "./problems/versions";
import { highestAllowed, isOlder, lowestAllowed } from "./version-constraint";

/** An argument that the bindings do not have, because their provider does not. @hidden */
export interface NewerField {
  /** What it is for, in the words of an error message. */
  readonly feature: string;
  /** Path of the argument in Terraform's words, with the indexes of the blocks around it. */
  readonly path: string;
  /** As Terraform takes it: blocks are lists. */
  readonly value: unknown;
  /** The first provider release that has it. */
  readonly since: string;
}

interface Requirements {
  readonly provider: Requirement[];
  readonly terraform: Requirement[];
}

const requirementsByStack = new WeakMap<TerraformStack, Requirements>();

const PROVIDER_VERSION = "terraform.required_providers.aws.version";
const TERRAFORM_VERSION = "terraform.required_version";

/**
 * Sets an argument that the oldest bindings lack, and raises the stack's required provider version to one that has it.
 * The bindings ask for the very release that they are made for: where that has the argument, it stays.
 */
export function setNewerField(resource: TerraformResource, field: NewerField): void {
  resource.addOverride(field.path, field.value);
  requireProvider(resource, field);
}

/** Raises the stack's required provider version. The bindings' own stays where it is new enough. */
export function requireProvider(scope: IConstruct, { feature, since }: Requirement): void {
  const stack = TerraformStack.of(scope);
  const { provider } = requirementsOf(stack);
  provider.push({ feature, since });
  raise(stack, PROVIDER_VERSION, () => {
    const newest = newestOf(provider);
    // It allows 6.50 and later, but not 7.
    return bindingsVersion(stack, newest) ?? `~> ${inShort(newest)}`;
  });
}

/**
 * Sets an argument where the provider that the stack asks for has it anyway: that of newer bindings, or of a constraint
 * that someone has put on the stack. With others it stays out.
 */
export function setFieldWhereKnown(resource: TerraformResource, { path, value, since }: NewerField): void {
  const stack = TerraformStack.of(resource);
  const isKnown = (): boolean =>
    bindingsVersion(stack, since) !== undefined || isAtLeast(overrideAt(stack, PROVIDER_VERSION), since);
  // A provider that comes after the resource is known at synthesis only.
  if (isKnown() || awsProviders(stack).length === 0) {
    resource.addOverride(path, Lazy.anyValue({ produce: () => (isKnown() ? value : undefined) }));
  }
}

/** Raises the stack's required Terraform version. */
export function requireTerraform(scope: IConstruct, since: string, feature: string): void {
  const stack = TerraformStack.of(scope);
  const { terraform } = requirementsOf(stack);
  terraform.push({ feature, since });
  raise(stack, TERRAFORM_VERSION, () => `>= ${inShort(newestOf(terraform))}`);
}

/** A constraint that someone else has put on the stack is on purpose: it stays, and is checked at synthesis. */
function raise(stack: TerraformStack, path: string, constraint: () => string): void {
  if (overrideAt(stack, path) === undefined) stack.addOverride(path, Lazy.stringValue({ produce: constraint }));
}

/** The release that the provider's bindings are made for and ask for, where it is new enough. */
function bindingsVersion(stack: TerraformStack, since: string): string | undefined {
  const versions = awsProviders(stack).map(
    ({ terraformGeneratorMetadata: metadata }) => metadata?.providerVersion ?? metadata?.providerVersionConstraint,
  );
  return versions.find((version) => version !== undefined && /^\d/.test(version) && !isOlder(version, since));
}

function requirementsOf(stack: TerraformStack): Requirements {
  const existing = requirementsByStack.get(stack);
  if (existing) return existing;
  const requirements: Requirements = { provider: [], terraform: [] };
  requirementsByStack.set(stack, requirements);
  addCheck(stack, () => [
    ...unmet(requirements.provider, overrideAt(stack, PROVIDER_VERSION)).map(providerTooOld),
    ...unmet(requirements.terraform, overrideAt(stack, TERRAFORM_VERSION)).map(terraformTooOld),
    ...(OWN === "cdktn" ? beyondTargets(stack, requirements.terraform).map(targetVersionsTooWide) : []),
  ]);
  return requirements;
}

/**
 * What CDK Terrain would refuse, because the project may be applied with a release that lacks it.
 * @see https://github.com/open-constructs/cdk-terrain, packages/cdktn/src/validations/target-versions.ts
 */
function beyondTargets(stack: TerraformStack, requirements: readonly Requirement[]): Requirement[] {
  const declared: unknown = stack.node.tryGetContext("targetVersions");
  const ranges = Object.values(declared ?? DEFAULT_TARGETS).map(String);
  return requirements.filter(({ since }) => ranges.some((range) => isOlder(/\d[\d.]*/.exec(range)?.[0] ?? "0", since)));
}

const DEFAULT_TARGETS = { terraform: ">=1.5.7", opentofu: ">=1.6.0" };

function newestOf(requirements: readonly Requirement[]): string {
  return requirements.map(({ since }) => since).reduce((a, b) => (isOlder(a, b) ? b : a));
}

/** Whether a constraint allows no release that is older; not known of one that Terraform or a later field decides. */
function isAtLeast(constraint: string | undefined, since: string): boolean {
  const lowest = constraint === undefined || Token.isUnresolved(constraint) ? undefined : lowestAllowed(constraint);
  return lowest !== undefined && !isOlder(lowest, since);
}

function unmet(requirements: readonly Requirement[], constraint: string | undefined): UnmetRequirement[] {
  const isOwn = Token.isUnresolved(constraint);
  const highest = constraint === undefined || isOwn ? undefined : highestAllowed(constraint);
  return requirements.flatMap((requirement) =>
    constraint !== undefined && highest !== undefined && isOlder(highest, requirement.since)
      ? [{ ...requirement, constraint }]
      : [],
  );
}

/** What `stack.addOverride` has set. CDKTF and CDK Terrain keep overrides to themselves. */
function overrideAt(stack: TerraformStack, path: string): string | undefined {
  let value: unknown = stack["rawOverrides"];
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === "string" ? value : undefined;
}
