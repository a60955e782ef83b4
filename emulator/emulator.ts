import type { Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { type OptionKind, refuseOptions } from "../options";
import { type Deployment, reasonOf, type Topology, type TopologyResource } from "../topology";
import { DEFAULT_ACCOUNT, DEFAULT_PORT } from "./address";
import { Account } from "./cloud/account";
import { RunningClock, type MovableClock } from "./clock";
import { SERVICE_LIMITS, type Limits } from "./cloud/limits";
import type { JournalEntry } from "./cloud/journal";
import { LoopbackHosts } from "./cloud/network/loopback-hosts";
import { Network } from "./cloud/network/network";
import { Random } from "./cloud/random";
import type { RuntimeServer } from "./cloud/runtime/runtime-server";
import type { ServerCommand } from "./cloud/runtime/server-process";
import { deploy, DeploymentError } from "./deployment";
import type { EmulatorState, TerraformOutput } from "./http/console/emulator-state";
import { FrontDoor, outsideUrl } from "./http/front-door";
import { httpServer } from "./http/listener";
import { IssuerHost } from "./issuer/issuer-host";
import { reload, type Reload } from "./reload";
import type { Call } from "./trace/call";
import { Tracer } from "./trace/tracer";
import type { DeploymentState } from "./view/model";
import { viewGateways, type GatewayView } from "./view/gateways";

/** Who speaks in a line of the log: the MCP server, or the emulator about itself. */
export type LogSource = "server" | "emulator";

export interface EmulatorOptions {
  readonly topology: Topology;
  /** Starts the MCP server that stands in for every runtime's container. */
  readonly serverCommand: RuntimeServer;
  /** MCP servers of single runtimes, by `agent_runtime_name`. @default - `serverCommand` for every runtime */
  readonly serverCommands?: Readonly<Record<string, RuntimeServer>>;
  /** @default 4700; 0 picks a free one */
  readonly port?: number;
  /** The address to listen at: `0.0.0.0` or `::` for neighbours, as in a network of containers. @default 127.0.0.1 */
  readonly listen?: string;
  /** Names beside those of the loopback interface by which the emulator may be reached. @default - none */
  readonly allowedHosts?: readonly string[];
  /** @default - ids and keys differ at every start */
  readonly seed?: string;
  /** @default - the machine's time */
  readonly clock?: MovableClock;
  /** Commands that stand for Lambda functions, by function name: see `lambdaHandler`. @default - functions fail */
  readonly lambdaHandlers?: Readonly<Record<string, ServerCommand>>;
  /** Runs the deployment packages of functions that the API is given. @default false */
  readonly runLambdaPackages?: boolean;
  /** Hands variables of runtimes and functions on that load code, such as `NODE_OPTIONS`. @default false */
  readonly allowLoaderVariables?: boolean;
  /**
   * Hosts outside of AWS, and the servers of this machine that stand for them:
   * `{ "mcp.example.com": "http://127.0.0.1:9000" }`.
   *
   * @default - hosts outside of AWS are unknown
   */
  readonly hosts?: Readonly<Record<string, string>>;
  /**
   * Hosts of OpenID issuers that the emulator itself stands in for, for example `login.microsoftonline.com`.
   *
   * @default - none
   */
  readonly issuers?: readonly string[];
  /** Times and sizes to shorten in tests. @default - AWS's own */
  readonly limits?: Partial<Limits>;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** Keeps serving what stands when the deployment fails, so that its cause can be looked at. @default false */
  readonly keepFailed?: boolean;
  /** Called as each resource stands. */
  readonly onCreated?: (resource: TopologyResource) => void;
  /**
   * Takes each resource that is not supported, and why it is left out: the topology has to be read so, too.
   *
   * @default - it ends the deployment
   */
  readonly onLeftOut?: (resource: TopologyResource, reason: string) => void;
  /**
   * Takes each resource that AWS refuses, or that waits for one, and why it is not there: the others are deployed.
   *
   * @default - it ends the deployment
   */
  readonly onRefused?: (resource: Pick<TopologyResource, "address">, reason: string) => void;
  /** Takes one sentence for each object that is taken for one that exists outside of the stack. @default - dropped */
  readonly onAssumed?: (sentence: string) => void;
  /** Takes what the MCP server and failing requests have to say, line by line. @default - dropped */
  readonly log?: (line: string, source: LogSource) => void;
}

const OPTIONS: Readonly<Record<keyof EmulatorOptions, OptionKind>> = {
  ...{ topology: "object", serverCommand: "any", serverCommands: "object", port: "number", listen: "text" },
  ...{ allowedHosts: "list", seed: "text", clock: "object", lambdaHandlers: "object", runLambdaPackages: "boolean" },
  ...{ allowLoaderVariables: "boolean", hosts: "data", issuers: "list", limits: "object", signal: "object" },
  ...{ keepFailed: "boolean", onCreated: "function", onLeftOut: "function", onRefused: "function" },
  ...{ onAssumed: "function", log: "function" },
};
const LIMITS = Object.fromEntries(Object.keys(SERVICE_LIMITS).map((name) => [name, "number" as const]));

/** The port is in use. */
export class PortTakenError extends Error {
  /** Stable, for programs. */
  readonly code = "PORT_TAKEN";
  constructor(readonly port: number) {
    super(`Port ${port} is taken: stop what listens there, or name another with --port (0 picks a free one).`);
    this.name = "PortTakenError";
  }
}

/** The system does not let this program listen there. */
export class PortRefusedError extends Error {
  /** Stable, for programs. */
  readonly code = "PORT_REFUSED";
  constructor(port: number, reason: string) {
    super(`Port ${port} cannot be listened on (${reason}): name one from 1024 up with --port (0 picks a free one).`);
    this.name = "PortRefusedError";
  }
}

/** AgentCore is offered in the partition `aws` alone. */
const COMMERCIAL_REGION = /^(?!cn-|us-gov-|us-iso|eu-isoe-|eusc-)[a-z]{2,}(-[a-z]+)+-\d+$/;

/** The region is in another partition, whose names the emulator does not know. */
export class RegionError extends Error {
  /** Stable, for programs. */
  readonly code = "REGION_NOT_EMULATED";
  constructor(readonly region: string) {
    super(`The region "${region}" is not emulated: use one of the partition aws, for example us-east-1.`);
    this.name = "RegionError";
  }
}

/** What begins anew with a reset. */
interface Stage {
  readonly account: Account;
  readonly deployment: Deployment;
  readonly frontDoor: FrontDoor;
}

/** A running emulator: the topology deployed into an account of its own, on one port of the loopback interface. */
export class Emulator implements EmulatorState {
  readonly clock: MovableClock;
  readonly allowedHosts: readonly string[];
  private readonly server: Server;
  private stage: Stage;
  private address?: string;
  private isDeployed = false;
  private failure?: DeploymentError;

  private constructor(private readonly options: EmulatorOptions) {
    const { clock = new RunningClock(), log = () => undefined } = options;
    this.clock = clock;
    this.allowedHosts = (options.allowedHosts ?? []).map((host) => host.toLowerCase());
    this.stage = this.openStage();
    this.server = httpServer(
      (request) => this.stage.frontDoor.handle(request),
      (line) => log(line, "emulator"),
    );
  }

  /**
   * Listens, then deploys.
   *
   * @throws OptionError, RegionError, PortTakenError, PortRefusedError, TopologyError or, unless failed deployments are kept, DeploymentError; nothing is left
   *   running then
   */
  static async start(options: EmulatorOptions): Promise<Emulator> {
    refuseOptions("Emulator.start", options, OPTIONS, "topology", "serverCommand");
    refuseOptions("limits", options.limits ?? {}, LIMITS);
    const { topology, port = DEFAULT_PORT } = options;
    if (!COMMERCIAL_REGION.test(topology.region)) throw new RegionError(topology.region);
    const emulator = new Emulator(options);
    await listen(emulator.server, port, options.listen);
    await emulator.deploy();
    return emulator;
  }

  /** The emulated account, for what looks behind its front door. @internal */
  get account(): Account {
    return this.stage.account;
  }

  /** For example `http://127.0.0.1:4700`, the endpoint URL for AWS CLIs and SDKs. */
  get url(): string {
    // Every call asks for it, and the system is asked once.
    this.address ??= `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.address;
  }

  deploymentState(): DeploymentState {
    if (!this.failure) return { status: this.isDeployed ? "deployed" : "deploying" };
    const { address, reason } = this.failure;
    return { status: this.isDeployed ? "incomplete" : "failed", address, reason };
  }

  /**
   * Terraform's outputs; URLs of emulated hosts are given as they are reached from outside. The value of an output is
   * undefined where a failed deployment did not come to know it, or where it needs what is not supported.
   */
  outputs(origin = this.url): Record<string, TerraformOutput> {
    const outputs = Object.entries(this.stage.deployment.outputs());
    return Object.fromEntries(
      outputs.map(([name, { value, sensitive, failure }]) => [
        name,
        { value: this.mapUrl(value, origin), sensitive, ...(failure && { reason: reasonOf(failure) }) },
      ]),
    );
  }

  /** The gateways with their targets, as they stand. */
  gateways(): GatewayView[] {
    return viewGateways(this.account, (url) => outsideUrl(url, this.account.environment.network, this.url));
  }

  /** The latest calls with their hops, oldest first. */
  calls(): readonly Call[] {
    return this.account.environment.tracer.calls();
  }

  /** Starts the MCP servers anew and reads their tools again, as a developer wants after a change of their source. */
  reload(): Promise<Reload> {
    return reload(this.account);
  }

  /**
   * Deploys anew, at the same URL: users, sessions, calls and what servers remember are gone. With a seed, ids and keys are
   * as before.
   *
   * @throws as `start`
   */
  async reset(): Promise<void> {
    const { account } = this;
    this.isDeployed = false;
    this.failure = undefined;
    this.stage = this.openStage();
    this.server.closeAllConnections();
    await account.stop();
    await this.deploy();
  }

  /**
   * Makes the calls of an earlier account again, each at its time.
   *
   * @param onMade is called after each, with the error where it was refused
   */
  async restore(
    entries: readonly JournalEntry[],
    onMade: (entry: JournalEntry, error?: unknown) => void,
  ): Promise<void> {
    const began = performance.now();
    const now = this.clock.now();
    for (const entry of entries) {
      const error: unknown = await this.account.journal.replay(entry, this.clock).catch((refused: unknown) => refused);
      await this.account.rest();
      onMade(entry, error);
    }
    this.clock.moveTo(Math.round(now + performance.now() - began));
    const last = entries.at(-1);
    if (last) this.account.environment.random.goOnAfter(`${last.time} ${last.drawn.join(" ")}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await Promise.all([new Promise((resolve) => this.server.close(resolve)), this.account.stop()]);
  }

  private openStage(): Stage {
    const { topology, seed, hosts, issuers = [], log = () => undefined } = this.options;
    const limits = { ...SERVICE_LIMITS, ...this.options.limits };
    const { clock } = this;
    const environment = {
      region: topology.region,
      accountId: topology.accountId ?? DEFAULT_ACCOUNT,
      partition: "aws",
      clock,
      random: new Random(seed),
      network: new Network(new LoopbackHosts(hosts), limits),
      tracer: new Tracer(clock),
      limits,
    };
    const logs = { log: (line: string) => log(line, "server"), notice: (line: string) => log(line, "emulator") };
    const account = new Account(environment, { ...this.options, ...logs });
    for (const host of issuers) environment.network.attach(new IssuerHost(environment, host.toLowerCase()));
    return { account, deployment: topology.deployment(environment), frontDoor: new FrontDoor(account, this) };
  }

  private async deploy(): Promise<void> {
    const { topology, signal, keepFailed = false } = this.options;
    const { onCreated = () => undefined, onLeftOut, onAssumed: notice = () => undefined } = this.options;
    const { deployment, account } = this.stage;
    const onRefused = this.options.onRefused && this.noteRefusal.bind(this);
    const settled = new AbortController();
    const deploying = deploy(topology, deployment, account, { onCreated, onLeftOut, onRefused, notice, signal });
    try {
      await Promise.race([deploying, rejectWhenAborted(signal, settled.signal)]);
      this.isDeployed = true;
      for (const [name, { reason }] of Object.entries(this.outputs())) {
        if (reason !== undefined) notice(`output.${name} is left out: ${reason}`);
      }
    } catch (error) {
      if (!keepFailed || !(error instanceof DeploymentError)) {
        // Without its MCP servers a deployment under way comes to its end, and starts no others.
        await this.stop();
        await Promise.allSettled([deploying]);
        throw error;
      }
      this.failure = error;
    } finally {
      settled.abort();
    }
  }

  private noteRefusal(error: DeploymentError): void {
    this.failure ??= error;
    this.options.onRefused?.(error, error.reason);
  }

  private mapUrl(value: unknown, origin: string): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.mapUrl(entry, origin));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.mapUrl(member, origin)]));
    }
    if (typeof value !== "string" || !URL.canParse(value)) return value;
    return outsideUrl(value, this.account.environment.network, origin);
  }
}

/** @param until it listens no longer after that */
function rejectWhenAborted(signal: AbortSignal | undefined, until: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error("The start was ended."));
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { signal: until });
  });
}

async function listen(server: Server, port: number, address = "127.0.0.1"): Promise<void> {
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new PortTakenError(port);
    if (code === "EACCES" || code === "EPERM") throw new PortRefusedError(port, code);
    throw error;
  }
}
