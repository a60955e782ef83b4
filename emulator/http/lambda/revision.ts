import { AwsError } from "../../cloud/errors";

/** @param asked what the caller has seen last. @throws AwsError PreconditionFailedException */
export function demandRevision(current: string, asked: string | undefined): void {
  if (asked === undefined || asked === current) return;
  throw new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  );
}
