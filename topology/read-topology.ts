import { readConfiguration } from "./sources/configuration/nodes";
import { ConfigurationTopology } from "./deployment/configuration-topology";
import { type Document, readDocument } from "./sources/document";
import { notAPlan } from "./errors";
import { planTopology } from "./deployment/inventory-topology";
import type { Topology } from "./deployment/topology";
import type { Environment } from "./sources/configuration/given-values";

/**
 * What a document declares, to be deployed.
 * @param environment - gives a configuration's variables their values; @default - they have those of its folder alone
 * @throws TopologyError when it declares something that cannot be worked out.
 */
export function topologyOf(document: Document, environment: Environment = {}): Topology {
  if (document.kind === "plan") return planTopology(document.name, document.plan);
  if (document.kind === "state") throw notAPlan(document.name, "a state, not a plan");
  return new ConfigurationTopology(readConfiguration(document.source, environment));
}

/**
 * Reads what a path declares, to be deployed.
 * @param path - see `readDocument`
 * @throws TopologyError when it cannot be read, or declares something that cannot be worked out.
 */
export function readTopology(path: string): Topology {
  return topologyOf(readDocument(path));
}
