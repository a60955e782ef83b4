import { revisionMismatch } from "../../cloud/lambda/errors";

/** @param asked what the caller has seen last. @throws AwsError PreconditionFailedException */
export function demandRevision(current: string, asked: string | undefined): void {
  if (asked === undefined || asked === current) return;
  throw revisionMismatch();
}
