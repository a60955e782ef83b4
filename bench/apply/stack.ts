import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import { awsEnvironment } from "../../__tests__/support/aws-clients";
import { divideProviders, type Division } from "../../__tests__/support/terraform/divided-providers";

const ARTICLE = join(__dirname, "../../__tests__/e2e/apply/article.tf");

/** The article's stack in a folder of its own, with its blocks divided among providers in one way. */
export class BenchedStack {
  private constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param environment what the folder has terraform use: a command line configuration, attached providers */
  static async initialized(
    parent: string,
    url: string,
    providerOf: Division,
    environment: NodeJS.ProcessEnv,
  ): Promise<BenchedStack> {
    const folder = mkdtempSync(join(parent, "stack-"));
    copyFileSync(ARTICLE, join(folder, "main.tf"));
    divideProviders(folder, providerOf);
    const account = awsEnvironment(url);
    const PATH = [silentCommands(parent), account["PATH"]].join(delimiter);
    const stack = new BenchedStack(folder, { ...account, ...environment, PATH, CHECKPOINT_DISABLE: "1" });
    await stack.run("init");
    return stack;
  }

  /** Seconds that `terraform apply` takes from nothing to all; what it made is taken down again. */
  async measureApply(): Promise<number> {
    const begunAt = performance.now();
    await this.run("apply", "-auto-approve");
    const seconds = (performance.now() - begunAt) / 1000;
    await this.run("destroy", "-auto-approve");
    return seconds;
  }

  private async run(...parameters: string[]): Promise<void> {
    await promisify(execFile)("terraform", [...parameters, "-no-color"], { cwd: this.folder, env: this.environment });
  }
}

/** The image is neither built nor pushed: docker and the AWS CLI do nothing, as fast as that can be done. */
function silentCommands(parent: string): string {
  const folder = join(parent, "commands");
  mkdirSync(folder, { recursive: true });
  for (const name of ["docker", "aws"]) writeFileSync(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
  return folder;
}
