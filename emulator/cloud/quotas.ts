import { QUOTAS } from "../../aws/agentcore/limits";
import { AwsError } from "./errors";

/** @throws AwsError ServiceQuotaExceededException before one more would be too many */
export function enforceQuota(quota: keyof typeof QUOTAS, count: number): void {
  if (count < QUOTAS[quota]) return;
  const kind = quota.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new AwsError("ServiceQuotaExceededException", `The limit of ${QUOTAS[quota]} ${kind} is reached.`);
}
