import { integer, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { queryInteger } from "../protocols/aws-rest-json";

/** Members that several operations share: botocore `lambda/2015-03-31`. */

const ARN = "(arn:aws:lambda:)?([a-z]{2}(-[a-z]+)+-\\d{1}:)?(\\d{12}:)?(function:)?";
export const NEW_NAME = text(140, `${ARN}([a-zA-Z0-9-_]+)`, 1);
/** A name or an ARN, maybe with a qualifier. */
export const BY_NAME = structure({
  FunctionName: text(256, `${ARN}([a-zA-Z0-9-_.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`, 1),
});
export const VERSION = text(1_024, "\\$LATEST|[0-9]+", 1);
export const QUALIFIED = BY_NAME.extend({ Qualifier: text(128, "\\$LATEST|[a-zA-Z0-9-_$]+", 1).optional() });
export const PAGE = { Marker: text(UNBOUNDED).optional(), MaxItems: queryInteger(1, 10_000) };
export const DESCRIPTION = text(256).optional();
export const REVISION = text(UNBOUNDED).optional();

/** Those that functions are created with today, and those that stacks from before name. */
export const RUNTIME = oneOf([
  ..."nodejs16.x nodejs18.x nodejs20.x nodejs22.x nodejs24.x python3.8 python3.9 python3.10 python3.11".split(" "),
  ..."python3.12 python3.13 python3.14 java8.al2 java11 java17 java21 java25 dotnet6 dotnet8 dotnet10".split(" "),
  ..."ruby3.2 ruby3.3 ruby3.4 ruby4.0 provided.al2 provided.al2023".split(" "),
]);

/** Lambda developer guide, "gettingstarted-limits": 15 minutes, though the model has no maximum. */
export const TIMEOUT = integer(1, 900);
export const MEMORY = integer(128, 10_240);

/** The function that a name or an ARN means, and its version or alias, where either member names one. */
export function referenceOf(request: { readonly FunctionName: string; readonly Qualifier?: string | undefined }) {
  const [functionName = "", named] = request.FunctionName.replace(/^.*function:/, "").split(":");
  return { functionName, qualifier: request.Qualifier ?? named };
}
