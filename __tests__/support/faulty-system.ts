import { ManualClock, type Emulator, type EmulatorOptions } from "../../emulator";
import type { Target } from "../../emulator/cloud/gateway/target";
import { bentResources, emulate, outputOf, type TerraformJson } from "./article-stack";
import {
  bearer,
  type HttpAnswer,
  outboundToken,
  postMcp,
  signIn,
  signInForTokens,
  type Tokens,
  toolsCall,
} from "./callers";
import { behave, scriptedServer, serverOfRuntime, type Behaviours } from "./scripted-server";
import { policyOf } from "./policies";

const RUNTIME = "m2m_auth_demo_mcp_server";
export const ADD = "m2m-auth-demo-mcp-target___add_numbers";
export const PROVIDER = "m2m-auth-demo-m2m-oauth2-provider";

/** Short enough to be run into, long enough for a busy machine. */
export const LIMITS = {
  runtimeInitialization: 10_000,
  invocation: 1_000,
  gatewayPayload: 20_000,
  runtimePayload: 40_000,
};

/** The article's system with an MCP server that behaves as it is told, small limits and a clock to be moved. */
export class FaultySystem {
  readonly gatewayUrl: string;
  readonly runtimeUrl: string;

  private constructor(
    readonly emulator: Emulator,
    readonly clock: ManualClock,
    readonly token: string,
  ) {
    this.gatewayUrl = outputOf(emulator, "gateway_url");
    this.runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
  }

  static async start(
    bend: (resources: TerraformJson["resource"]) => void = (resources) => {
      Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, { exception_level: "DEBUG" });
    },
    options: Partial<EmulatorOptions> = {},
  ): Promise<FaultySystem> {
    const clock = new ManualClock(Date.now());
    const emulator = await emulate(await bentResources(bend), {
      serverCommand: scriptedServer(),
      limits: LIMITS,
      clock,
      ...options,
    });
    return new FaultySystem(emulator, clock, await signIn(emulator));
  }

  /** The server starts anew where it has crashed. */
  async behave(behaviours: Behaviours): Promise<void> {
    for (let attempts = 50; ; attempts--) {
      try {
        return await behave(await serverOfRuntime(this.emulator, RUNTIME), behaviours);
      } catch (error) {
        // Its death is noticed a moment after it.
        if (attempts === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  signIn(clientId?: string, username?: string): Promise<Tokens> {
    return signInForTokens(this.emulator, username, clientId);
  }

  /** A token of the outbound pool, as the vault gets it. */
  m2mToken(client?: { readonly clientId: string; readonly clientSecret?: string }): Promise<string> {
    return outboundToken(this.emulator, client);
  }

  get provider() {
    return this.emulator.account.credentialProviders.get(PROVIDER);
  }

  get inboundPool() {
    return this.emulator.account.cognito.userPool(outputOf(this.emulator, "inbound_user_pool_id"));
  }

  get outboundPool() {
    return this.emulator.account.cognito.userPool(this.provider.discoveryUrl?.split("/")[3] ?? "");
  }

  add(token = this.token): Promise<HttpAnswer> {
    return postMcp(this.gatewayUrl, toolsCall(ADD, { a: 5, b: 3 }), bearer(token));
  }

  /** Lets the gateway's role do all the rest. */
  allowAllBut(NotAction: string): void {
    const policy = policyOf({ Effect: "Allow", NotAction, Resource: "*" });
    this.emulator.account.iam.putRolePolicy({
      ...{ roleName: "m2m-auth-demo-gateway-role", policyName: "m2m-auth-demo-gateway-identity-policy", policy },
    });
  }

  /** Reads the target's tools again, as after a new image. */
  async synchronize(): Promise<Target> {
    const { gateways, gatewayTargets } = this.emulator.account;
    const gateway = gateways.all()[0];
    const { target, settled } = gatewayTargets.synchronize(
      gateway?.attributes.gatewayId ?? "",
      gateway?.targets[0]?.targetId ?? "",
    );
    await settled;
    return target;
  }
}
