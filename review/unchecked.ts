import { type Inventory, type Position, showsForm, type Text } from "../topology";
import { namedIssuers } from "./discovery-urls";
import type { Subject } from "./rule";

/** Something that the review would have compared, and could not. */
export interface Unchecked {
  readonly address: string;
  readonly position?: Position;
  /** Such as `the path, region and encoding of the endpoint`. */
  readonly what: string;
  /** A clause that says why. */
  readonly reason: string;
}

const HIDDEN_TEXT = "the source shows only what the text is made of until the apply";

/** Every hop and relation that no rule could decide. */
export function uncheckedIn({ inventory, system }: Subject): Unchecked[] {
  const hidden = inventory.hidden.map(({ address, reason }) => ({ address, what: "what is inside", reason }));
  const forms: (Unchecked & { readonly text?: Text })[] = [
    ...system.targets.map(({ address, endpoint }) => ({
      address,
      what: "the path, region and encoding of the endpoint",
      reason: HIDDEN_TEXT,
      text: endpoint,
    })),
    ...namedIssuers(system).map(({ address, issuer }) => ({
      address,
      what: "the form and region of the discovery URL",
      reason: HIDDEN_TEXT,
      text: issuer.discoveryUrl,
    })),
  ];
  const open = forms.filter(({ text }) => text !== undefined && !showsForm(text));
  return [
    ...hidden,
    ...unreadKinds(inventory),
    ...open.map(({ address, what, reason }) => ({ address, what, reason })),
  ];
}

const AGENTCORE = /^(data\.)?(aws|awscc)_bedrockagentcore_/;
const READ =
  /^aws_bedrockagentcore_(gateway|gateway_target|agent_runtime|agent_runtime_endpoint|workload_identity|(oauth2|api_key)_credential_provider)$/;

function unreadKinds({ instances }: Inventory): Unchecked[] {
  return instances
    .filter(({ type }) => AGENTCORE.test(type) && !READ.test(type))
    .map(({ address, type }) => ({ address, what: "all of it", reason: `the kind ${type} is not read` }));
}
