import { readConfiguration } from "./configuration";
import { ConfigurationTopology } from "./configuration-topology";
import { type Document, parseDocument, readDocument } from "./document";
import { planTopology } from "./plan/plan-topology";
import type { Topology } from "./topology";

/**
 * Reads what a path declares, to be deployed.
 * @param path a plan from `terraform show -json`, a `cdktf.out` folder of one stack, a stack's folder, a folder with
 *   `*.tf.json` files, or one such file.
 * @throws TopologyError when it cannot be read, or declares something that cannot be worked out.
 */
export function readTopology(path: string): Topology {
  return topologyOf(readDocument(path));
}

/**
 * Reads a document that is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration, or declares something that cannot be worked out.
 */
export function parseTopology(name: string, bytes: Buffer): Topology {
  return topologyOf(parseDocument(name, bytes));
}

function topologyOf(document: Document): Topology {
  if (document.kind === "plan") return planTopology(document.name, document.plan);
  return new ConfigurationTopology(readConfiguration(document.source));
}
