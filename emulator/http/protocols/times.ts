/** AgentCore's timestamps in gateways, targets and runtimes, and those of IAM. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The timestamps of the other services. */
export function seconds(milliseconds: number): number;
export function seconds(milliseconds: number | undefined): number | undefined;
export function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}
