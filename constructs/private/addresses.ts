import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { addCheck } from "./checks";
import type { Problem } from "./errors";
import { addressTaken } from "./problems/values";

const CONTEXT_KEY = "cdktf-agentcore:addresses";

interface ChosenAddresses {
  readonly ownerPath: string;
  readonly names: Readonly<Record<string, string>>;
}

const stacksUnderWatch = new WeakSet<TerraformStack>();

/**
 * Chooses the Terraform names of elements below `owner`, by their path relative to it, before they exist.
 *
 * It must come before: CDKTF takes the address into the first reference, and a later overrideLogicalId is lost on it.
 */
export function chooseAddresses(owner: Construct, names: Readonly<Record<string, string>>): void {
  const chosen: ChosenAddresses = { ownerPath: owner.node.path, names };
  owner.node.setContext(CONTEXT_KEY, chosen);
}

/** Gives a new element the name that a construct above it chose, if one did. */
export function withChosenAddress<T extends TerraformElement>(element: T): T {
  const chosen = element.node.tryGetContext(CONTEXT_KEY) as ChosenAddresses | undefined;
  const name = chosen?.names[element.node.path.slice(chosen.ownerPath.length + 1)];
  if (name !== undefined) {
    claimAddress(element, name);
  }
  return element;
}

/** Names an element, and has synthesis fail when another element of the stack has the same address. */
export function claimAddress(element: TerraformElement, name: string): void {
  element.overrideLogicalId(name);
  const stack = TerraformStack.of(element);
  if (!stacksUnderWatch.has(stack)) {
    stacksUnderWatch.add(stack);
    addCheck(stack, () => sharedAddresses(stack));
  }
}

/** CDKTF merges elements of one address into one without a word. */
function sharedAddresses(stack: TerraformStack): Problem[] {
  const pathsByAddress = new Map<string, string[]>();
  for (const element of stack.node.findAll()) {
    const address = addressOf(element);
    if (address !== undefined) {
      pathsByAddress.set(address, [...(pathsByAddress.get(address) ?? []), element.node.path]);
    }
  }
  return [...pathsByAddress]
    .filter(([, paths]) => paths.length > 1)
    .map(([address, paths]) => addressTaken(address, paths));
}

function addressOf(construct: IConstruct): string | undefined {
  if (construct instanceof TerraformResource) {
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  if (construct instanceof TerraformDataSource) {
    return `data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  return construct instanceof TerraformOutput ? `output.${construct.friendlyUniqueId}` : undefined;
}
