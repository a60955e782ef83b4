import { AwsError } from "./errors";

/** How many of a kind an account may have: developer guide, "bedrock-agentcore-limits". */
const QUOTAS = {
  gateways: 1000,
  targetsOfGateway: 100,
  runtimes: 1000,
  versionsOfRuntime: 1000,
  endpointsOfRuntime: 10,
  oauth2CredentialProviders: 50,
  apiKeyCredentialProviders: 50,
  workloadIdentities: 1000,
} as const;

/** @throws AwsError ServiceQuotaExceededException before one more would be too many */
export function enforceQuota(quota: keyof typeof QUOTAS, count: number): void {
  if (count < QUOTAS[quota]) return;
  const kind = quota.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new AwsError("ServiceQuotaExceededException", `The limit of ${QUOTAS[quota]} ${kind} is reached.`);
}
