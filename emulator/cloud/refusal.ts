import { REFUSALS } from "../../aws/refusals";
import { AwsError, NotEmulated } from "./errors";

/** What the service would take. */
const NOT_EMULATED: readonly (keyof typeof REFUSALS)[] = [
  "actor-token",
  "condition-operator",
  "target-document-unsupported",
  "target-kind",
];

/**
 * The error of a service that refuses what a configuration asks for.
 *
 * @param members what the error's shape has beside the message
 */
export function refusal(
  name: keyof typeof REFUSALS,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): AwsError {
  const Refusal = NOT_EMULATED.includes(name) ? NotEmulated : AwsError;
  return new Refusal(REFUSALS[name].code, message, members);
}
