import { configurationInventory } from "./configuration-inventory";
import { type Document, parseDocument, readDocument, sourceOf } from "./document";
import type { Inventory } from "./inventory";
import { readPlan } from "./plan/read-plan";
import type { ValueObject } from "./value";

/**
 * Reads what a path declares: a plan from `terraform show -json`, a Terraform JSON file, a folder of these, or a
 * `cdktf.out` of one stack.
 * @throws TopologyError when it is none of these.
 */
export function readInventory(path: string): Inventory {
  return inventoryOf(readDocument(path));
}

/**
 * Reads a document that is not a file, such as standard input.
 * @param name - how messages call it
 * @throws TopologyError when it is neither a plan nor a configuration.
 */
export function parseInventory(name: string, bytes: Buffer): Inventory {
  return inventoryOf(parseDocument(name, bytes));
}

/** What a synthesized stack declares. */
export function stackInventory(content: ValueObject): Inventory {
  return configurationInventory(sourceOf("cdk.tf.json", content));
}

function inventoryOf(document: Document): Inventory {
  return document.kind === "plan" ? readPlan(document.plan) : configurationInventory(document.source);
}
