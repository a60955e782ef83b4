import { REFUSALS } from "../../aws/refusals";
import { AwsError } from "./errors";

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
  return new AwsError(REFUSALS[name].code, message, members);
}
