import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { installAwsSdk } from "../aws-sdk";
import { Command, REPOSITORY } from "../command";
import { terraformAvailable } from "../skip";
import { ProviderProcess } from "./provider-process";

/** A folder of providers as `terraform providers mirror` makes it, with hashicorp/aws 5.100.0. */
export const MIRROR = process.env["TF_PROVIDER_MIRROR"];

export const realProviderAvailable = MIRROR !== undefined && terraformAvailable();
export const NEED = "terraform on the PATH, and hashicorp/aws 5.100.0 in the folder that TF_PROVIDER_MIRROR names";

/** What a run of terraform came to. */
export interface Run {
  readonly status: number;
  readonly output: string;
}

/** The account that `serve` serves, with `cdktf-agentcore terraform`, the real AWS provider and the AgentCore provider. */
export class AppliedAccount {
  private constructor(
    readonly folder: string,
    readonly url: string,
    private readonly parameters: readonly string[],
    private emulator: Command,
    private readonly provider: ProviderProcess,
  ) {}

  /** @param parameters of `serve` @param bindings that the AgentCore provider has its schema from */
  static async start(parameters: readonly string[] = [], bindings?: string): Promise<AppliedAccount> {
    const reason = installAwsSdk();
    if (reason !== undefined) throw new Error(reason);
    const folder = mkdtempSync(join(tmpdir(), "applied-"));
    const mirror = `provider_installation {\n  filesystem_mirror { path = "${MIRROR}" }\n}\n`;
    writeFileSync(join(folder, "terraformrc"), mirror);
    const kept = ["serve", "--state", join(folder, "account.json"), ...parameters];
    const emulator = Command.ofCli([...kept, "--port", "0"]);
    const [, url = ""] = await emulator.says(/AWS_ENDPOINT_URL=(\S+)/);
    const provider = await ProviderProcess.start("agentcore", folder, url, bindings);
    return new AppliedAccount(folder, url, kept, emulator, provider);
  }

  get port(): string {
    return new URL(this.url).port;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(this.folder, "terraformrc"),
      ...ProviderProcess.attached(this.provider),
    };
  }

  /** Runs `cdktf-agentcore terraform` in a folder. */
  async terraform(folder: string, ...parameters: string[]): Promise<Run> {
    const command = [
      join(REPOSITORY, "dist/cli/main.js"),
      "terraform",
      "--port",
      this.port,
      ...parameters,
      "-no-color",
    ];
    const run = promisify(execFile)(process.execPath, command, { cwd: folder, env: this.environment });
    return run.then(
      ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        status: code,
        output: stdout + stderr,
      }),
    );
  }

  /** Ends the emulator and starts it again at the same port, with what it has kept. */
  async restart(): Promise<void> {
    this.emulator.interrupt();
    await this.emulator.end();
    this.emulator = Command.ofCli([...this.parameters, "--port", this.port]);
    await this.emulator.says(/AWS_ENDPOINT_URL=/);
  }

  async stop(): Promise<void> {
    this.provider.stop();
    await this.emulator.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
