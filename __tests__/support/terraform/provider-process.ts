import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { build } from "esbuild";

import { INSTALLED_BINDINGS } from "../../../provider/schema/bindings-source";
import { packagesFolder } from "../installed-packages";

const REPOSITORY = resolve(__dirname, "../../..");
/** Within the repository, so that it finds its packages. */
const BUNDLE = join(REPOSITORY, "node_modules/.cache/providers");

/** The providers of `provider/`, by local name, with their sources. */
export const PROVIDERS = {
  agentcore: "cdktf-agentcore/agentcore",
  "stand-in": "cdktf-agentcore/stand-in",
} as const;
export type ProviderName = keyof typeof PROVIDERS;

/** A provider of `provider/` as a process of its own. */
export class ProviderProcess {
  private constructor(
    private readonly name: ProviderName,
    private readonly child: ChildProcess,
    private readonly socket: string,
  ) {}

  /**
   * @param folder for its socket
   * @param endpoint of the account, which the stand-in does not ask
   * @param bindings the package that has its schema
   */
  static async start(
    name: ProviderName,
    folder: string,
    endpoint: string,
    bindings = INSTALLED_BINDINGS,
  ): Promise<ProviderProcess> {
    mkdirSync(BUNDLE, { recursive: true });
    const program = join(BUNDLE, "main.cjs");
    const entryPoints = [join(REPOSITORY, "provider/main.ts")];
    await build({ entryPoints, bundle: true, platform: "node", packages: "external", outfile: program });
    copyFileSync(join(REPOSITORY, "provider/wire/tfplugin6.proto"), join(BUNDLE, "tfplugin6.proto"));
    const socket = join(folder, name);
    const sdk = name === "agentcore" ? [packagesFolder("aws-sdk")] : [];
    const child = spawn(process.execPath, [program, socket, bindings, ...sdk], {
      env: {
        PATH: process.env["PATH"],
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    if (child.stdout) await once(child.stdout, "data");
    return new ProviderProcess(name, child, socket);
  }

  /** The variable by which terraform finds these. */
  static attached(...providers: readonly ProviderProcess[]): NodeJS.ProcessEnv {
    const entries = providers.map(({ name, child: { pid }, socket }) => {
      const Addr = { Network: "unix", String: socket };
      const address = `registry.terraform.io/${PROVIDERS[name]}`;
      return [address, { Protocol: "grpc", ProtocolVersion: 6, Pid: pid, Test: true, Addr }] as const;
    });
    return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(entries)) };
  }

  stop(): void {
    this.child.kill();
  }
}
