import type { Tracer } from "../trace/tracer";
import type { Clock } from "../clock";
import type { Limits } from "./limits";
import type { Network } from "./network/network";
import type { Random } from "./random";

/** What every emulated service is given: where it stands, and its time, randomness, network and trace. */
export interface Environment {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly tracer: Tracer;
  readonly limits: Limits;
}

/** `arn:aws:bedrock-agentcore:REGION:ACCOUNT:RESOURCE` */
export function agentCoreArn({ partition, region, accountId }: Environment, resource: string): string {
  return `arn:${partition}:bedrock-agentcore:${region}:${accountId}:${resource}`;
}
