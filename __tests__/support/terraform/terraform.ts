import { type ChildProcess, execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Server } from "@grpc/grpc-js";

import { endAfterTests } from "../end-after-tests";
import { type Configuration, writeConfiguration } from "./configuration";
import { StandInProvider } from "../../../provider/stand-in/stand-in-provider";
import { RecordedCommands } from "./recorded-commands";
import { terraformEnvironment } from "./terraform-environment";
import {
  type AppliedResource,
  appliedResources,
  type Diagnostic,
  type Plan,
  type ResourceValues,
  type State,
  TerraformError,
} from "./terraform-output";
import { serve } from "../../../provider/wire/service";

const longestOutput = 64 * 1024 * 1024;

/**
 * The machine's terraform with a stand-in for the AWS provider, attached for these runs only. Each method works on a
 * folder of Terraform configuration and leaves its state there, as the command of the same name does.
 *
 * @example
 * const terraform = await Terraform.start();
 * await terraform.init(folder);
 * await terraform.apply(folder);
 * await terraform.stop();
 */
export class Terraform {
  private constructor(
    /** What `local-exec` provisioners called instead of docker and the AWS CLI. */
    public readonly commands: RecordedCommands,
    private readonly home: string,
    private readonly provider: Server,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** For as long as the test or the file runs. */
  public static async start(): Promise<Terraform> {
    // Short, because the path of a Unix socket has at most 107 characters.
    const home = await mkdtemp(join(tmpdir(), "tf-"));
    const socket = join(home, "aws.sock");
    const commands = await RecordedCommands.in(home);
    const provider = await serve(new StandInProvider(), socket);
    const environment = await terraformEnvironment(home, socket, commands.folder);
    const terraform = new Terraform(commands, home, provider, environment);
    endAfterTests(() => terraform.stop());
    return terraform;
  }

  /** A new folder for a configuration, which goes when the stand-in provider does. */
  public async newFolder(): Promise<string> {
    return mkdtemp(join(this.home, "configuration-"));
  }

  /** A new folder with the configuration, which is ready: `init` does nothing for an attached provider and a local state. */
  public async configured(configuration: Configuration): Promise<string> {
    const folder = await this.newFolder();
    await writeConfiguration(folder, configuration);
    return folder;
  }

  /** Ends the stand-in provider and removes what `start` and `newFolder` made. */
  public async stop(): Promise<void> {
    this.provider.forceShutdown();
    await rm(this.home, { recursive: true, force: true });
  }

  public async init(folder: string): Promise<void> {
    await this.succeed(folder, ["init", "-no-color"]);
  }

  /** What terraform and the provider find wrong with the configuration. */
  public async validate(folder: string): Promise<readonly Diagnostic[]> {
    const { stdout } = await this.run(folder, ["validate", "-json"]);
    return (JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  }

  /**
   * The plan as `terraform show -json` tells it.
   * @param options - such as `-destroy`
   */
  public async plan(folder: string, ...options: readonly string[]): Promise<Plan> {
    await this.succeed(folder, ["plan", "-json", "-out=tfplan", ...options]);
    return JSON.parse(await this.succeed(folder, ["show", "-json", "tfplan"])) as Plan;
  }

  /** Exit status of `terraform plan -detailed-exitcode`: 0 without changes, 2 with changes. */
  public async planDetailed(folder: string): Promise<0 | 2> {
    const result = await this.run(folder, ["plan", "-json", "-detailed-exitcode"]);
    if (result.status !== 0 && result.status !== 2) throw new TerraformError("plan", result);
    return result.status;
  }

  /** The changed resources in the order in which they were done. */
  public async apply(folder: string): Promise<readonly AppliedResource[]> {
    return appliedResources(await this.succeed(folder, ["apply", "-json", "-auto-approve"]));
  }

  /** The same of what `plan` has planned last, which is not planned again. */
  public async applyPlan(folder: string): Promise<readonly AppliedResource[]> {
    return appliedResources(await this.succeed(folder, ["apply", "-json", "tfplan"]));
  }

  public async destroy(folder: string): Promise<readonly AppliedResource[]> {
    return appliedResources(await this.succeed(folder, ["destroy", "-json", "-auto-approve"]));
  }

  /** The outputs by name, sensitive ones too. */
  public async output(folder: string): Promise<Readonly<Record<string, unknown>>> {
    const outputs = JSON.parse(await this.succeed(folder, ["output", "-json"])) as Record<
      string,
      { readonly value: unknown }
    >;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What terraform stored of each resource and data source, by address. */
  public async resources(folder: string): Promise<ReadonlyMap<string, ResourceValues>> {
    const { values } = JSON.parse(await this.succeed(folder, ["show", "-json"])) as State;
    return new Map((values?.root_module.resources ?? []).map((resource) => [resource.address, resource.values]));
  }

  private async succeed(folder: string, args: readonly string[]): Promise<string> {
    const result = await this.run(folder, args);
    if (result.status !== 0) throw new TerraformError(args[0] ?? "", result);
    return result.stdout;
  }

  private run(
    folder: string,
    args: readonly string[],
  ): Promise<{ status: number | null; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const options = { cwd: folder, env: this.environment, maxBuffer: longestOutput };
      const child: ChildProcess = execFile("terraform", args, options, (_error, stdout, stderr) => {
        resolve({ status: child.exitCode, stdout, stderr });
      });
    });
  }
}

export { type AppliedResource, type Diagnostic, type Plan, type ResourceValues, TerraformError };
