import { showsForm } from "../../topology";
import { namedIssuers } from "../evidence/discovery-urls";
import type { Subject } from "../rule";
import { HIDDEN_TEXT } from "./reasons";
import type { Unchecked } from "./unchecked";

/** Texts of which the source shows what they are made of, and not how. */
export function hiddenForms(subject: Subject): Unchecked[] {
  const forms = [
    ...subject.system.targets.map(({ address, endpoint }) => ({
      address,
      what: "the path, region and encoding of the endpoint",
      text: endpoint,
    })),
    ...namedIssuers(subject).map(({ address, issuer }) => ({
      address,
      what: "the form and region of the discovery URL",
      text: issuer.discoveryUrl,
    })),
  ];
  return forms.flatMap(({ text, ...entry }) =>
    text === undefined || showsForm(text) ? [] : [{ ...entry, reason: HIDDEN_TEXT }],
  );
}
