import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../environment";
import type { Command } from "../processes/process-group";
import { processVariables } from "../processes/process-variables";
import type { DeploymentPackage } from "./deployment-package";
import { ExecutionEnvironment, FunctionError, type InvocationRequest } from "./execution-environment";
import type { FunctionVersion } from "./lambda-function";
import { HandlerError, packagedHandler } from "./lambda-handler";

export interface ExecutionEnvironmentsOptions {
  /**
   * What stands for each function's code, by function name: a command that speaks the Lambda runtime API, such as
   * `lambdaHandler("tools.js#handler")` or `python -m awslambdaric tools.handler`.
   *
   * @default - functions exist, and fail when they are invoked
   */
  readonly lambdaHandlers?: Readonly<Record<string, Command>>;
  /** Runs the deployment packages that the API is given. @default false */
  readonly runLambdaPackages?: boolean;
  /** Passes variables of functions on that load code, such as `NODE_OPTIONS`. @default false */
  readonly allowLoaderVariables?: boolean;
  /** Takes what the functions write, line by line. */
  readonly log: (line: string) => void;
}

/** Terraform's and Lambda's defaults: API reference, `CreateFunction`. */
export const DEFAULT_TIMEOUT_SECONDS = 3;
export const DEFAULT_MEMORY_MB = 128;

/** Those of which a machine of a developer has the program. */
const RUNNABLE_RUNTIME = /^(nodejs|python3)/;

interface Warm {
  readonly environment: ExecutionEnvironment;
  /** Where its deployment package is unpacked. */
  readonly folder?: string;
}

/** The processes of the functions: one for each version that was invoked, which takes one event at a time. */
export class ExecutionEnvironments {
  private readonly warm = new Map<string, Warm>();
  /** Ends with the latest invocation of each. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private isStopped = false;

  constructor(
    private readonly environment: Pick<Environment, "region">,
    private readonly options: ExecutionEnvironmentsOptions,
  ) {}

  hasHandler(functionName: string): boolean {
    return this.handlerOf(functionName) !== undefined;
  }

  /** Whether an invocation finds anything to run. */
  canRun(functionName: string, version: FunctionVersion): boolean {
    const { runLambdaPackages = false } = this.options;
    return this.hasHandler(functionName) || (runLambdaPackages && version.code.package !== undefined);
  }

  /** @returns the function's answer as JSON. @throws FunctionError */
  async invoke(functionName: string, version: FunctionVersion, request: InvocationRequest): Promise<string> {
    const { timeout = DEFAULT_TIMEOUT_SECONDS } = version.configuration;
    return this.inTurn(keyOf(functionName, version), async () =>
      (await this.start(functionName, version)).invoke(request, timeout * 1000),
    );
  }

  /** Starts what runs the version, unless it runs already. @returns why it does not begin */
  async begin(functionName: string, version: FunctionVersion): Promise<string | undefined> {
    try {
      return await this.inTurn(keyOf(functionName, version), async () =>
        (await this.start(functionName, version)).failureToBegin(),
      );
    } catch (error) {
      if (error instanceof FunctionError) return error.errorMessage;
      throw error;
    }
  }

  /** Ends what runs a version that has changed or is gone, after the invocation that is under way. */
  retire(functionName: string, version: FunctionVersion): void {
    const key = keyOf(functionName, version);
    void this.inTurn(key, async () => {
      const retired = this.warm.get(key);
      this.warm.delete(key);
      if (retired) await end(retired);
    });
  }

  /** Invocations that are under way or wait for their turn fail, and what was retired has ended, too. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all([...this.warm.values()].map(end));
    await Promise.all(this.turns.values());
  }

  private inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(run);
    this.turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private async start(functionName: string, version: FunctionVersion): Promise<ExecutionEnvironment> {
    const key = keyOf(functionName, version);
    const running = this.warm.get(key);
    if (running && !running.environment.hasEnded) return running.environment;
    if (running) await end(running);
    if (this.isStopped) throw wasStopped();
    const handler = this.handlerOf(functionName);
    const command = handler ?? (await openPackage(this.runnable(functionName, version), version));
    const variables = (runtimeApi: string) => this.variablesOf(functionName, version, runtimeApi, command.folder);
    const environment = await ExecutionEnvironment.start(command, variables, this.options.log);
    const started = { environment, folder: handler ? undefined : command.folder };
    this.warm.set(key, started);
    if (!this.isStopped) return environment;
    await end(started);
    throw wasStopped();
  }

  private handlerOf(functionName: string): Command | undefined {
    const { lambdaHandlers = {} } = this.options;
    return Object.hasOwn(lambdaHandlers, functionName) ? lambdaHandlers[functionName] : undefined;
  }

  /** @throws FunctionError for code that is not here, that nobody allowed to run, or that cannot be run here */
  private runnable(functionName: string, { code, configuration }: FunctionVersion): DeploymentPackage {
    const { runtime = "", inert } = configuration;
    const refuse = (reason: string) => new FunctionError("Runtime.NoHandler", `${reason} name one with --lambda`);
    if (!code.package) throw refuse(`No local handler stands for the function ${functionName}:`);
    if (!this.options.runLambdaPackages) {
      throw refuse(
        `No local handler stands for the function ${functionName}, and code of deployment packages is run with --run-lambda-packages alone:`,
      );
    }
    if (!RUNNABLE_RUNTIME.test(runtime)) {
      throw refuse(`The emulator has no runtime ${runtime} for the function ${functionName}, and no local handler:`);
    }
    if (inert?.["Layers"] !== undefined) {
      throw refuse(`The function ${functionName} has layers, which are not here, and no local handler:`);
    }
    return code.package;
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  private variablesOf(
    functionName: string,
    { version, configuration }: FunctionVersion,
    runtimeApi: string,
    folder?: string,
  ): NodeJS.ProcessEnv {
    const { environmentVariables, handler, memorySize = DEFAULT_MEMORY_MB } = configuration;
    const { region } = this.environment;
    const { allowLoaderVariables: allowsLoaders = false, log } = this.options;
    const told = {
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: version,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
      ...(handler !== undefined && { _HANDLER: handler }),
      ...(folder !== undefined && { LAMBDA_TASK_ROOT: folder }),
    };
    return processVariables(environmentVariables, told, { allowsLoaders, log });
  }
}

function keyOf(functionName: string, { version }: FunctionVersion): string {
  return `${functionName}:${version}`;
}

async function end({ environment, folder }: Warm): Promise<void> {
  await environment.stop();
  if (folder !== undefined) await remove(folder);
}

/** Not at once: for folders as deep as an archive may have them the stack would be too short. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** @throws FunctionError for an archive that is not what it says, or whose handler is not there */
async function openPackage(deploymentPackage: DeploymentPackage, { configuration }: FunctionVersion): Promise<Command> {
  const { runtime = "", handler = "" } = configuration;
  const folder = mkdtempSync(join(tmpdir(), "lambda-package-"));
  try {
    await deploymentPackage.unpack(folder);
    const command = packagedHandler(folder, runtime, handler);
    if (command) return command;
    throw new FunctionError("Runtime.ImportModuleError", `The deployment package has no module of '${handler}'`);
  } catch (error) {
    await remove(folder);
    if (error instanceof FunctionError) throw error;
    if (error instanceof HandlerError) throw new FunctionError("Runtime.NoHandler", error.message);
    throw new FunctionError("InvalidZipFileException", `The deployment package cannot be unpacked: ${String(error)}`);
  }
}

function wasStopped(): FunctionError {
  return new FunctionError("Runtime.ExitError", "Runtime was stopped");
}
