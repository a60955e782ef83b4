import { type Inventory, inventoryOf, readDocument, type Topology, topologyOf } from "../../topology";

/** What a path declares, to be looked at. */
export function readInventory(path: string): Inventory {
  return inventoryOf(readDocument(path));
}

/** What a path declares, to be deployed. */
export function readTopology(path: string): Topology {
  return topologyOf(readDocument(path));
}
