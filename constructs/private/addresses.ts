// constructs/private/: what constructs share and programs do not see: addresses, names, checks, provider versions.
import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { addCheck } from "./checks";
import type { Problem } from "./errors";
import { addressTaken } from "./problems/values";

const CONTEXT_KEY = "cdktf-agentcore:addresses";

/** Terraform names of elements below a construct, by their path relative to it. */
export type Names = Readonly<Record<string, string>>;

interface ChosenAddresses {
  readonly ownerPath: string;
  readonly names: Names;
}

const stacksUnderWatch = new WeakSet<TerraformStack>();

/**
 * Chooses the Terraform names of elements below `owner`, by their path relative to it, before they exist.
 *
 * It must come before: CDKTF takes the address into the first reference, and a later overrideLogicalId is lost on it.
 */
export function chooseAddresses(owner: Construct, names: Names): void {
  const chosen: ChosenAddresses = { ownerPath: owner.node.path, names };
  owner.node.setContext(CONTEXT_KEY, chosen);
}

/** Gives a new element the name that a construct above it chose, if one did. */
export function withChosenAddress<T extends TerraformElement>(element: T): T {
  const chosen = element.node.tryGetContext(CONTEXT_KEY) as ChosenAddresses | undefined;
  const name = chosen?.names[element.node.path.slice(chosen.ownerPath.length + 1)];
  if (name !== undefined) claimAddress(element, name);
  return element;
}

/** Has the next apply move what is deployed under chosen names to the addresses that the elements have now. */
export function moveFromChosenAddresses(owner: Construct, names: Names): void {
  for (const [path, name] of Object.entries(names)) {
    const element = path
      .split("/")
      .reduce<IConstruct | undefined>((parent, id) => parent?.node.tryFindChild(id), owner);
    if (TerraformResource.isTerraformResource(element) && element.friendlyUniqueId !== name) {
      element.moveFromId(`${element.terraformResourceType}.${name}`);
    }
  }
}

/** A construct's path in its stack as Terraform takes names, so that it survives another name of the stack. */
export function nameInStack(construct: IConstruct): string {
  const path = construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);
  return path.replace(/[^\w-]+/g, "_");
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
    if (address !== undefined) pathsByAddress.set(address, [...(pathsByAddress.get(address) ?? []), element.node.path]);
  }
  return [...pathsByAddress]
    .filter(([, paths]) => paths.length > 1)
    .map(([address, paths]) => addressTaken(address, paths));
}

function addressOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct)) {
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  if (TerraformDataSource.isTerraformDataSource(construct)) {
    return `data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  return TerraformOutput.isTerraformOutput(construct) ? `output.${construct.friendlyUniqueId}` : undefined;
}
