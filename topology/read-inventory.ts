import { configurationInventory } from "./sources/configuration/read-configuration";
import { type Document, sourceOf } from "./sources/document";
import type { Inventory } from "./modules/inventory";
import { readPlanWithSource } from "./sources/planned-source";
import { readPlan } from "./sources/plan/read-plan";
import { readState } from "./sources/plan/read-state";
import type { ValueObject } from "./language/value";
import type { EnvironmentVariables } from "./sources/configuration/given-values";

/**
 * What a document declares, to be looked at.
 * @param environment - gives a configuration's variables their values; @default - they have those of its folder alone
 * @param tellsSensitive - whether the values of sensitive variables stand for themselves, as they have to for a deployment
 * @throws TopologyError when it is no valid configuration.
 */
export function inventoryOf(
  document: Document,
  environment: EnvironmentVariables = {},
  tellsSensitive = false,
): Inventory {
  switch (document.kind) {
    case "plan":
      return document.source === undefined
        ? // A deployment makes what the plan is about.
          readPlan(document.plan, document.answers, !tellsSensitive)
        : readPlanWithSource(document, document.source, tellsSensitive);
    case "state":
      return readState(document.state);
    case "configuration":
      return configurationInventory(document.source, { environment, tellsSensitive, answers: document.answers });
  }
}

/** What a synthesized stack declares. */
export function stackInventory(content: ValueObject): Inventory {
  return configurationInventory(sourceOf({ path: "cdk.tf.json", content, places: [] }), {});
}
