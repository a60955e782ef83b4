import type { Answers, Document } from "./sources/document";
import { missingVariable, notAPlan, unknownDataSource, unknownRepetition, withPositions } from "./errors";
import { isResource, isVariable, referenceText } from "./language";
import { inOneProvider } from "./cloud-control";
import { hasDataSource, isStandIn } from "./data-sources";
import { readerOf } from "./resources";
import { InventoryTopology } from "./deployment/inventory-topology";
import { type Inventory, missingVariables } from "./modules/inventory";
import { inventoryOf } from "./read-inventory";
import { refuseUnusable } from "./sources/plan/unusable-plan";
import type { Topology } from "./deployment/topology";
import type { EnvironmentVariables } from "./sources/configuration/given-values";

/** How a document is deployed. */
export interface DeploymentOptions {
  /**
   * Whether what is not supported is left out: arguments, with a sentence among the assumptions, and resources, whose
   * declarations throw then.
   *
   * @default false
   */
  readonly skipsUnsupported?: boolean;
}

/**
 * What a document declares, to be deployed.
 * @param environment - gives a configuration's variables their values; @default - they have those of its folder alone
 * @throws TopologyError when it declares something that cannot be worked out.
 */
export function topologyOf(
  document: Document,
  environment: EnvironmentVariables = {},
  { skipsUnsupported = false }: DeploymentOptions = {},
): Topology {
  if (document.kind === "state") throw notAPlan(document.name, "a state, not a plan");
  if (document.kind === "plan") refuseUnusable(document.name, document.plan);
  const isPlan = document.kind === "plan";
  const showsTexts = !isPlan || document.source !== undefined;
  const inventory = inOneProvider(inventoryOf(document, environment, true));
  checkAnswers(inventory, document.answers);
  return withPositions(
    (address) => inventory.positionOf(address),
    () => {
      if (!isPlan) refuseUnknownRepetitions(inventory);
      return new InventoryTopology(inventory, { isPlan, showsTexts, answers: document.answers, skipsUnsupported });
    },
  );
}

/**
 * Terraform refuses what is repeated over what a resource gets only at apply; what data sources answer, it may know, and
 * what other providers foresee, as that of aws does the records that validate a certificate.
 */
function refuseUnknownRepetitions(inventory: Inventory): void {
  const { hidden, instances } = inventory;
  const created = new Map(instances.map(({ address, type }) => [address, isCreated(type)]));
  for (const { address, repetition } of hidden) {
    if (repetition === undefined || created.get(address) === false) continue;
    const { argument, madeOf, failure } = repetition;
    if (failure !== undefined) throw failure;
    const variable = madeOf.find((reference) => isVariable(reference.address));
    if (variable !== undefined) throw missingVariable(variable.address, missingVariables(inventory));
    if (madeOf.some((reference) => isResource(reference.address))) {
      throw unknownRepetition(address, argument, madeOf.map(referenceText));
    }
  }
}

/** Whether a deployment makes or answers a kind, so that it has to know how many there are. */
function isCreated(type: string): boolean {
  return readerOf(type) !== undefined || hasDataSource(type);
}

/** A mistyped address would go unnoticed otherwise. */
function checkAnswers({ instances }: Inventory, answers: Answers): void {
  const known = instances
    .filter(({ type }) => type.startsWith("data.") || isStandIn(type))
    .map(({ address }) => address);
  const unknown = [...answers.keys()].find((address) => !known.includes(address));
  if (unknown !== undefined) throw unknownDataSource(unknown, known);
}
