import { QUOTAS } from "../../aws/agentcore/limits";
import { refusal } from "./refusal";

/** @throws AwsError ServiceQuotaExceededException before one more would be too many */
export function enforceQuota(quota: keyof typeof QUOTAS, count: number): void {
  if (count < QUOTAS[quota]) return;
  const kind = quota.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw refusal("quota", `The limit of ${QUOTAS[quota]} ${kind} is reached.`);
}
