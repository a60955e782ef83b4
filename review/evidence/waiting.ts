import { grouped, type Instance, type Inventory, localAddress, type PolicyDocument, type Role } from "../../topology";

/** The blocks of those policies of a role that nothing makes a resource wait for. */
export function policiesNotAwaited(
  role: Role,
  { blockAddress }: Instance,
  inventory: Inventory,
  isNeeded: (policy: PolicyDocument) => boolean,
): string[] {
  const blocks = role.policies
    .filter((policy) => policy.address !== role.address && isNeeded(policy))
    .map(({ instance }) => instance.blockAddress);
  return [...new Set(blocks)].filter((block) => !inventory.dependents(block).has(blockAddress));
}

/** The arguments that make a resource wait for blocks. */
export function waitingFor(blocks: readonly string[], { blockAddress }: Instance): string {
  const links = blocks.map((block) => linkBetween(block, blockAddress));
  const places = [...grouped(links, ({ place }) => place)].map(([place, linked]) => {
    const references = new Set(linked.map(({ reference }) => reference));
    return `depends_on = [${[...references].join(", ")}]${place === "" ? "" : ` to ${place}`}`;
  });
  return places.join(" and ");
}

/** Terraform has a block name those of its own module and the modules in it: one further inside waits with its module. */
function linkBetween(awaited: string, waiting: string): { readonly place: string; readonly reference: string } {
  const [inner, outer] = [modulesAround(awaited), modulesAround(waiting)];
  const apart = [...inner, ""].findIndex((module, index) => module !== outer[index]);
  const reference = inner[apart] ?? localAddress(awaited);
  return { place: outer.length > apart ? outer.slice(0, apart + 1).join(".") : "", reference };
}

function modulesAround(block: string): readonly string[] {
  const around = block.slice(0, block.length - localAddress(block).length);
  return around.match(/module\.[^.]+/g) ?? [];
}
