import "./async-dispose";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import { signedFetch } from "../cli/sign-in/signed-fetch";
import {
  clientToken,
  gatewayNamed,
  issuerToken,
  userToken,
  type Call,
  type ClientCaller,
  type Emulator,
  type IssuerCaller,
  type MovableClock,
  type UserCaller,
} from "../emulator";
import { EMULATOR_CREDENTIALS } from "../emulator/credentials";
import { type OptionKinds, refuseOptions } from "../options";
import { version } from "../package.json";

/** Who calls: a user of the gateway's pool, a client that speaks for itself, or a token of another issuer. */
export type Caller = (UserCaller | ClientCaller | IssuerCaller) & {
  /** The name of the gateway that is called. @default - the only one */
  readonly gateway?: string;
};

export type ClientOptions = Caller & {
  /** A token to show instead. */
  readonly token?: string;
};

const CALLER: OptionKinds = {
  ...{ gateway: "text", username: "text", attributes: "data", groups: "list", client: "text", scopes: "list" },
  ...{ issuer: "text", claims: "object" },
};

const running = new Set<Emulation>();

/** Ends what this process emulates. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((emulation) => emulation.stop()));
}

/** An emulated stack that runs, with ways to call it and to look at what happened. */
export class Emulation {
  private readonly clients = new Set<Client>();
  private lastCallOfStart = 0;

  /** @param removeOutput takes away what was synthesized for it */
  constructor(
    /** The emulator itself, for all that is not offered here. */
    readonly emulator: Emulator,
    private readonly removeOutput: () => Promise<void>,
  ) {
    running.add(this);
    this.noteStart();
  }

  /** The endpoint for AWS CLIs and SDKs, for example `http://127.0.0.1:41234`; any credentials do that are `test`, `test`. */
  get url(): string {
    return this.emulator.url;
  }

  /** The emulated account's time, on which tokens expire. */
  get clock(): MovableClock {
    return this.emulator.clock;
  }

  /** Terraform's outputs by name; URLs are given as they are reached here. */
  outputs(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.emulator.outputs()).map(([name, { value }]) => [name, value]));
  }

  /** @param name @default - the only one. @throws CallerError */
  gatewayUrl(name?: string): string {
    const { declaration } = gatewayNamed(this.emulator.account, name);
    return this.emulator.gateways().find((view) => view.name === declaration.name)?.url ?? "";
  }

  /**
   * An access token, as the caller would get it by signing in.
   *
   * @param caller @default - a user of the gateway's pool, who is made
   * @throws OptionError, and CallerError for a caller who would get none
   */
  async token(caller: Caller = {}): Promise<string> {
    refuseOptions("token", caller, CALLER);
    const { account } = this.emulator;
    if ("client" in caller) return clientToken(account, caller);
    if ("issuer" in caller) return issuerToken(account, caller);
    return userToken(account, gatewayNamed(account, caller.gateway), caller);
  }

  /**
   * An MCP client that is connected to the gateway, with a token or, where the gateway asks for it, a signature. It is closed
   * with the emulation.
   *
   * @throws CallerError, and what the client's `connect` throws
   */
  async client(options: ClientOptions = {}): Promise<Client> {
    refuseOptions("client", options, { ...CALLER, token: "text" });
    const { token, ...caller } = options;
    const url = new URL(this.gatewayUrl(caller.gateway));
    const client = new Client({ name: "cdktf-agentcore-testing", version });
    await client.connect(new StreamableHTTPClientTransport(url, await this.access(url, token, caller)));
    this.clients.add(client);
    return client;
  }

  /** The latest calls from outside since the start or the reset, oldest first, each with its hops and checks: at most 80. */
  calls(): readonly Call[] {
    return this.emulator.calls().filter(({ id }) => id > this.lastCallOfStart);
  }

  /**
   * Begins anew at the same URL, with the same ids and keys and at the machine's time: users, calls, sessions and what servers
   * remember are gone.
   */
  async reset(): Promise<void> {
    await this.closeClients();
    this.clock.moveTo(Date.now());
    await this.emulator.reset();
    this.noteStart();
  }

  /** Ends the emulator, its servers and the clients. */
  async stop(): Promise<void> {
    running.delete(this);
    await this.closeClients();
    await this.emulator.stop();
    await this.removeOutput();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private async access(
    url: URL,
    token: string | undefined,
    caller: Caller,
  ): Promise<StreamableHTTPClientTransportOptions> {
    const { authorizerType } = gatewayNamed(this.emulator.account, caller.gateway).declaration;
    if (token === undefined && authorizerType === "NONE") return {};
    if (token === undefined && authorizerType !== "CUSTOM_JWT") {
      return { fetch: signedFetch(url, EMULATOR_CREDENTIALS) };
    }
    return { requestInit: { headers: { authorization: `Bearer ${token ?? (await this.token(caller))}` } } };
  }

  private noteStart(): void {
    this.lastCallOfStart = this.emulator.calls().at(-1)?.id ?? 0;
  }

  private async closeClients(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.close()));
    this.clients.clear();
  }
}
