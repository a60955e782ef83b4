import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { ApiStructure } from "./api-value";

type Operation = (input: ApiStructure) => Promise<ApiStructure>;

/** How long and how often is asked, in milliseconds. */
export interface Patience {
  /** The provider asks every few seconds, which here would be waiting for nothing. */
  readonly interval: number;
  /** Until something has settled; the provider waits 30 minutes. */
  readonly settled: number;
  /** While roles and permissions may still have to reach every place; the provider waits 2 minutes. */
  readonly propagated: number;
}

const PATIENCE: Patience = { interval: 20, settled: 60_000, propagated: 1_000 };

/** Refusals of a creation that the provider takes for a role that has not reached every place yet. */
const NOT_YET = [
  "Gateway execution role lacks permission",
  "Role validation failed",
  "Access denied while validating ECR URI",
];
/** Waits end when the state was seen so often in a row. */
const SEEN = 2;

/** The service refused. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "ServiceError";
  }
}

/** The APIs that kinds are made by: the package of the SDK, its client, and the names in errors. */
const SERVICES = {
  agentcore: {
    sdk: "@aws-sdk/client-bedrock-agentcore-control",
    client: "BedrockAgentCoreControl",
    name: "Bedrock AgentCore",
    api: "Bedrock AgentCore Control",
  },
  logs: {
    sdk: "@aws-sdk/client-cloudwatch-logs",
    client: "CloudWatchLogs",
    name: "CloudWatch Logs",
    api: "CloudWatch Logs",
  },
} as const;
export type ServiceName = keyof typeof SERVICES;

/** An AWS API by the AWS SDK, with the waits of the AWS provider. Endpoint and credentials are in the environment. */
export class ServiceApi {
  private readonly client: Readonly<Record<string, Operation | undefined>>;

  /** @param sdk the folder `node_modules` with the AWS SDK */
  constructor(
    private readonly service: ServiceName,
    sdk: string,
    private readonly patience: Patience = PATIENCE,
  ) {
    const { sdk: specifier, client } = SERVICES[service];
    const { [client]: Client } = createRequire(join(sdk, "/"))(specifier) as Readonly<
      Record<string, new (options: object) => object>
    >;
    this.client = (Client ? new Client({ maxAttempts: 1 }) : {}) as Readonly<Record<string, Operation>>;
  }

  get name(): string {
    return SERVICES[this.service].name;
  }

  /** @throws ServiceError in the words of the SDKs */
  async call(operation: string, input: ApiStructure): Promise<ApiStructure> {
    try {
      return (await this.client[operation]?.(input)) ?? {};
    } catch (error) {
      if (!(error instanceof Error) || !("$metadata" in error)) throw error;
      const { httpStatusCode, requestId } = error.$metadata as { httpStatusCode?: number; requestId?: string };
      const name = operation.charAt(0).toUpperCase() + operation.slice(1);
      throw new ServiceError(
        error.name,
        `operation error ${SERVICES[this.service].api}: ${name}, https response error StatusCode: ${httpStatusCode}, ` +
          `RequestID: ${requestId}, ${error.name}: ${error.message}`,
      );
    }
  }

  /** @returns undefined where the service does not find it */
  async find(operation: string, input: ApiStructure): Promise<ApiStructure | undefined> {
    try {
      return await this.call(operation, input);
    } catch (error) {
      if (error instanceof ServiceError && error.code === "ResourceNotFoundException") return undefined;
      throw error;
    }
  }

  /** Creates, and tries again while a role may not be everywhere yet. */
  async create(operation: string, input: ApiStructure): Promise<ApiStructure> {
    const end = Date.now() + this.patience.propagated;
    for (;;) {
      try {
        return await this.call(operation, input);
      } catch (error) {
        const isEarly = error instanceof ServiceError && NOT_YET.some((text) => error.message.includes(text));
        if (!isEarly || Date.now() > end) throw error;
        await sleep(this.patience.interval);
      }
    }
  }

  /** @returns what is read in the end. @throws Error with the service's reasons where it ends in another state */
  async settled(read: string, identity: ApiStructure, pending: string, target: string): Promise<ApiStructure> {
    let seen = 0;
    return this.until(async () => {
      const answer = await this.call(read, identity);
      const { status, statusReasons } = answer;
      if (status === target) return (seen += 1) < SEEN ? undefined : answer;
      if (status === pending) return undefined;
      const reasons = ((statusReasons ?? []) as string[]).join("; ");
      throw new Error(`unexpected state '${status as string}', wanted target '${target}'. last error: ${reasons}`);
    });
  }

  async gone(read: string, identity: ApiStructure): Promise<void> {
    await this.until(async () => ((await this.find(read, identity)) ? undefined : true));
  }

  private async until<T>(ask: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + this.patience.settled;
    for (;;) {
      const found = await ask();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`timeout while waiting for state to become 'READY'`);
      await sleep(this.patience.interval);
    }
  }
}
