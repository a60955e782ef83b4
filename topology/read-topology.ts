import { readConfiguration } from "./configuration";
import { ConfigurationTopology } from "./configuration-topology";
import { type Document, readDocument } from "./document";
import { planTopology } from "./plan/plan-topology";
import type { Topology } from "./topology";
import type { Environment } from "./variable";

/**
 * What a document declares, to be deployed.
 * @param environment - gives a configuration's variables their values; @default - they have those of its folder alone
 * @throws TopologyError when it declares something that cannot be worked out.
 */
export function topologyOf(document: Document, environment: Environment = {}): Topology {
  if (document.kind === "plan") return planTopology(document.name, document.plan);
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
