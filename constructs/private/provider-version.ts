import { type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { addCheck } from "./checks";
import { providerTooOld, terraformTooOld } from "./problems/versions";
import { highestAllowed, isOlder } from "./version-constraint";

/** An argument that the bindings do not have, because their provider does not. */
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

interface Requirement {
  readonly feature: string;
  readonly since: string;
}

interface Requirements {
  readonly provider: Requirement[];
  readonly terraform: Requirement[];
}

const requirementsByStack = new WeakMap<TerraformStack, Requirements>();

const PROVIDER_VERSION = "terraform.required_providers.aws.version";
const TERRAFORM_VERSION = "terraform.required_version";

/** Sets an argument that the bindings lack, and raises the stack's required provider version to one that has it. */
export function setNewerField(resource: TerraformResource, { feature, path, value, since }: NewerField): void {
  resource.addOverride(path, value);
  const stack = TerraformStack.of(resource);
  const { provider } = requirementsOf(stack);
  const own = constraintOf(provider, "~> ");
  provider.push({ feature, since });
  raise(stack, PROVIDER_VERSION, own, constraintOf(provider, "~> "));
}

/** Raises the stack's required Terraform version. */
export function requireTerraform(scope: IConstruct, since: string, feature: string): void {
  const stack = TerraformStack.of(scope);
  const { terraform } = requirementsOf(stack);
  const own = constraintOf(terraform, ">= ");
  terraform.push({ feature, since });
  raise(stack, TERRAFORM_VERSION, own, constraintOf(terraform, ">= "));
}

/** A constraint that someone else has put on the stack is on purpose: it stays, and is checked at synthesis. */
function raise(stack: TerraformStack, path: string, own: string | undefined, constraint: string | undefined): void {
  const present = overrideAt(stack, path);
  if (constraint !== undefined && (present === undefined || present === own)) {
    stack.addOverride(path, constraint);
  }
}

function requirementsOf(stack: TerraformStack): Requirements {
  const existing = requirementsByStack.get(stack);
  if (existing) {
    return existing;
  }
  const requirements: Requirements = { provider: [], terraform: [] };
  requirementsByStack.set(stack, requirements);
  addCheck(stack, () => [
    ...unmet(requirements.provider, overrideAt(stack, PROVIDER_VERSION)).map(providerTooOld),
    ...unmet(requirements.terraform, overrideAt(stack, TERRAFORM_VERSION)).map(terraformTooOld),
  ]);
  return requirements;
}

/** The lowest constraint that meets all requirements: `~> 6.50` allows 6.50 and later, but not 7. */
function constraintOf(requirements: readonly Requirement[], operator: "~> " | ">= "): string | undefined {
  const newest = requirements
    .map(({ since }) => since)
    .sort((a, b) => (isOlder(a, b) ? -1 : 1))
    .at(-1);
  return newest && `${operator}${newest.split(".").slice(0, 2).join(".")}`;
}

export interface UnmetRequirement extends Requirement {
  readonly constraint: string;
}

function unmet(requirements: readonly Requirement[], constraint: string | undefined): UnmetRequirement[] {
  const highest = constraint === undefined ? undefined : highestAllowed(constraint);
  return requirements.flatMap((requirement) =>
    constraint !== undefined && highest !== undefined && isOlder(highest, requirement.since)
      ? [{ ...requirement, constraint }]
      : [],
  );
}

/** What `stack.addOverride` has set. CDKTF keeps overrides to itself, and 0.21 is its last release. */
function overrideAt(stack: TerraformStack, path: string): string | undefined {
  let value: unknown = stack["rawOverrides"];
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === "string" ? value : undefined;
}
