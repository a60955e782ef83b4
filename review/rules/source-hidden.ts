import { showsForm, type System, type Text } from "../../topology";
import { namedIssuers } from "../discovery-urls";
import type { Report, Rule } from "../rule";

export const sourceHidden: Rule = {
  id: "source-hidden",
  severity: "info",
  summary: "Everything that is declared is shown.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format",
  *check({ inventory, system }) {
    for (const { address, reason } of inventory.hidden) {
      yield {
        address,
        message: `Not everything was reviewed: ${reason}.`,
        fix: "Review the whole plan of the configuration.",
      };
    }
    yield* hiddenForms(system);
  },
};

/** One report for all: in a plan of native configuration, no URL that is made of an unknown id shows its form. */
function* hiddenForms(system: System): Generator<Report> {
  const endpoints = system.targets.map(({ address, endpoint }) => ({ address, what: "endpoint", text: endpoint }));
  const urls = namedIssuers(system).map(({ address, issuer }) => ({
    address,
    what: "discovery URL",
    text: issuer.discoveryUrl,
  }));
  const hidden = [...endpoints, ...urls].filter(
    (place): place is { address: string; what: string; text: Text } =>
      place.text !== undefined && !showsForm(place.text),
  );
  const [first] = hidden;
  if (first === undefined) return;
  const others = hidden.length === 1 ? "" : `, and ${hidden.length - 1} more endpoints and discovery URLs`;
  yield {
    address: first.address,
    message:
      `The ${first.what}${others} are known only at apply, so their path, region and encoding were not reviewed.`.replace(
        /^(The [^,]*) are/,
        "$1 is",
      ),
    fix: "Compare them with the forms in docs/review.md, or review a plan of the deployed system.",
  };
}
