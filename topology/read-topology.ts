import { type Document, readDocument } from "./sources/document";
import { notAPlan } from "./errors";
import { InventoryTopology } from "./deployment/inventory-topology";
import { inventoryOf } from "./read-inventory";
import { refuseUnusable } from "./sources/plan/unusable-plan";
import type { Topology } from "./deployment/topology";
import type { Environment } from "./sources/configuration/given-values";

/**
 * What a document declares, to be deployed.
 * @param environment - gives a configuration's variables their values; @default - they have those of its folder alone
 * @throws TopologyError when it declares something that cannot be worked out.
 */
export function topologyOf(document: Document, environment: Environment = {}): Topology {
  if (document.kind === "state") throw notAPlan(document.name, "a state, not a plan");
  if (document.kind === "plan") refuseUnusable(document.name, document.plan);
  const isPlan = document.kind === "plan";
  const showsTexts = !isPlan || document.source !== undefined;
  return new InventoryTopology(inventoryOf(document, environment, true), isPlan, showsTexts);
}

/**
 * Reads what a path declares, to be deployed.
 * @param path - see `readDocument`
 * @throws TopologyError when it cannot be read, or declares something that cannot be worked out.
 */
export function readTopology(path: string): Topology {
  return topologyOf(readDocument(path));
}
