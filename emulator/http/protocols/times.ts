import type { Times } from "../../cloud/times";

/** AgentCore's timestamps in gateways, targets and runtimes, and those of IAM. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function isoTimes({ createdAt, updatedAt }: Times): { createdAt: string; updatedAt: string } {
  return { createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) };
}

/** AgentCore Identity's timestamps. */
export function identityTimes({ createdAt, updatedAt }: Times): { createdTime: number; lastUpdatedTime: number } {
  return { createdTime: createdAt / 1_000, lastUpdatedTime: updatedAt / 1_000 };
}

/** The timestamps of the other services. */
export function seconds(milliseconds: number): number;
export function seconds(milliseconds: number | undefined): number | undefined;
export function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}
