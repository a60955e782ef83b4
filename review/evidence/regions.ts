import type { Instance, Inventory } from "../../topology";

/** The region of a resource: its own argument, else the provider's. */
export function regionOf(instance: Instance, inventory: Inventory): string | undefined {
  const region = instance.arguments.text("region");
  if (region !== undefined) return typeof region === "string" ? region : undefined;
  return instance.hasOwnProvider ? instance.providerRegion : inventory.region;
}
