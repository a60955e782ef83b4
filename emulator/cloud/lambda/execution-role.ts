import { globalHost } from "../../../aws/hosts";
import type { Iam } from "../iam/iam";
import { roleNotAssumable } from "./errors";

const SERVICE_PRINCIPAL = globalHost("lambda");

/** @throws AwsError InvalidParameterValueException, in the service's words */
export function checkExecutionRole(iam: Iam, roleArn: string, functionArn: string): void {
  const session = iam.assumeRole({
    roleArn,
    service: SERVICE_PRINCIPAL,
    sourceArn: functionArn,
    sessionName: () => functionArn.split(":").at(-1) ?? "",
  });
  if (session) return;
  throw roleNotAssumable();
}
