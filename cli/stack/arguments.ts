import { type Finding, review } from "../../review";
import { type Inventory, TopologyError } from "../../topology";

/** Rules on what Terraform refuses by itself, before it asks AWS for anything. */
const OF_TERRAFORM = ["argument-missing", "argument-unknown"];

/**
 * Refuses arguments that Terraform refuses, and that nothing would be read from here.
 *
 * @returns a sentence for each that a later release of the provider may have. @throws TopologyError
 */
export function checkArguments(inventory: Inventory): string[] {
  const findings = review(inventory, { only: OF_TERRAFORM }).findings.filter(({ rule }) => OF_TERRAFORM.includes(rule));
  const refused = findings.find(({ severity }) => severity === "error");
  if (refused === undefined) return findings.map(sentenceOf);
  const error = new TopologyError("INVALID_ARGUMENT", sentenceOf(refused), refused.address);
  error.position = refused.position;
  throw error;
}

const sentenceOf = ({ address, message, fix }: Finding): string =>
  `${address}: ${message.replace(/\.$/, "")}: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`;
