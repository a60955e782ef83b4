import { type Inventory, isUntold, localAddress, type Reference, referenceText, type Text } from "../../topology";

export const HIDDEN_TEXT = "the source shows only what the text is made of until the apply";
export const HIDDEN_BLOCK = "the source does not show the block until the apply";

/** Why nobody can tell which resource a text names. */
export function whyOpen(text: Text, declared: ReadonlySet<string>): string {
  if (typeof text === "string") return `"${text.slice(0, 200)}" is declared nowhere here`;
  if (text.failure !== undefined) return reasonOfFailure(text.failure);
  const [first] = text.references;
  return first === undefined ? "the source shows nothing of it until the apply" : whyReferenceOpen(first, declared);
}

export const reasonOfFailure = ({ message }: Error): string => message.replace(/\.$/, "");

/** The addresses of the instances and of their blocks. */
export function declaredAddresses({ instances }: Inventory): ReadonlySet<string> {
  return new Set(instances.flatMap(({ address, blockAddress }) => [address, blockAddress]));
}

function whyReferenceOpen(reference: Reference, declared: ReadonlySet<string>): string {
  const name = referenceText(reference);
  const { address } = reference;
  if (isUntold(reference)) return "it is marked as sensitive, and fits nothing that is declared here";
  const local = localAddress(address);
  if (/^(var|local|each|count)\.[^.]+$/.test(local)) return `${name} has no value that is shown`;
  if (local.startsWith("data.")) return `${name} is looked up at the apply`;
  if (/^module\.[^.]+$/.test(local)) return `${name} is of a module that is not shown`;
  return declared.has(address) ? `${name} does not tell` : `${name} is outside of what is reviewed`;
}
