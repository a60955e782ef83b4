import type { LambdaFunctionAttributes, LambdaFunctionDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import type { Command } from "../processes/process-group";
import { processVariables } from "../processes/process-variables";
import { ExecutionEnvironment, FunctionError } from "./execution-environment";
import { refusal } from "../refusal";

export interface LambdaFunctionsOptions {
  /**
   * What stands for each function's code, by function name: a command that speaks the Lambda runtime API, such as
   * `lambdaHandler("tools.js#handler")` or `python -m awslambdaric tools.handler`.
   *
   * @default - functions exist, and fail when they are invoked
   */
  readonly lambdaHandlers?: Readonly<Record<string, Command>>;
  /** Passes variables of functions on that load code, such as `NODE_OPTIONS`. @default false */
  readonly allowLoaderVariables?: boolean;
  /** Takes what the functions write, line by line. */
  readonly log: (line: string) => void;
}

/** Terraform's and Lambda's default: API reference, `CreateFunction`. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** AWS Lambda, as far as gateways invoke functions. */
export class LambdaFunctions {
  private readonly declarations = new Map<string, LambdaFunctionDeclaration>();
  private readonly environments = new Map<string, ExecutionEnvironment>();
  /** Ends with the latest invocation of each function: one process takes one event at a time. */
  private readonly turns = new Map<string, Promise<unknown>>();
  /** Why functions do not begin. */
  private readonly beginnings = new Map<string, Promise<string | undefined>>();
  private isStopped = false;

  constructor(
    private readonly environment: Pick<Environment, "region" | "accountId" | "partition" | "random">,
    private readonly options: LambdaFunctionsOptions,
  ) {}

  /** @throws AwsError ResourceConflictException */
  create(declaration: LambdaFunctionDeclaration): LambdaFunctionAttributes {
    const { functionName } = declaration;
    if (this.declarations.has(functionName)) {
      throw refusal("function-taken", `Function already exist: ${functionName}`);
    }
    this.declarations.set(functionName, declaration);
    if (Object.hasOwn(this.options.lambdaHandlers ?? {}, functionName))
      this.beginnings.set(functionName, this.begin(functionName));
    const { partition, region, accountId } = this.environment;
    return { arn: `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}` };
  }

  has(functionName: string): boolean {
    return this.declarations.has(functionName);
  }

  /**
   * @param functionArn may end with a version or an alias, which make no difference here
   * @param clientContext JSON
   * @returns the function's answer as JSON
   * @throws FunctionError
   */
  async invoke(functionArn: string, event: unknown, clientContext: object): Promise<string> {
    const name = functionArn.split(":")[6] ?? "";
    const { timeout = DEFAULT_TIMEOUT_SECONDS } = this.declarations.get(name) ?? {};
    const request = {
      requestId: this.environment.random.uuid(),
      event: JSON.stringify(event),
      clientContext: JSON.stringify(clientContext),
      functionArn,
    };
    const run = async () => {
      await this.beginnings.get(name);
      return (await this.warm(name)).invoke(request, timeout * 1000);
    };
    const turn = (this.turns.get(name) ?? Promise.resolve()).then(run);
    this.turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Invocations that are under way or wait for their turn fail. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all([...this.environments.values()].map((environment) => environment.stop()));
  }

  /**
   * Waits until every function that has a handler is ready for events.
   *
   * @returns the first that does not begin, and why
   */
  async firstFailure(): Promise<{ readonly functionName: string; readonly reason: string } | undefined> {
    for (const [functionName, beginning] of this.beginnings) {
      const reason = await beginning;
      if (reason !== undefined) return { functionName, reason };
    }
    return undefined;
  }

  private async begin(functionName: string): Promise<string | undefined> {
    try {
      return await (await this.warm(functionName)).failureToBegin();
    } catch (error) {
      if (error instanceof FunctionError) return error.errorMessage;
      throw error;
    }
  }

  private async warm(name: string): Promise<ExecutionEnvironment> {
    const { lambdaHandlers = {}, log } = this.options;
    const command = Object.hasOwn(lambdaHandlers, name) ? lambdaHandlers[name] : undefined;
    if (!command) {
      throw new FunctionError(
        "Runtime.NoHandler",
        `No local handler stands for the function ${name}: name one with --lambda`,
      );
    }
    const running = this.environments.get(name);
    if (running && !running.hasEnded) return running;
    if (this.isStopped) throw wasStopped();
    const variables = (runtimeApi: string) => this.variablesOf(name, runtimeApi);
    const started = await ExecutionEnvironment.start(command, variables, log);
    this.environments.set(name, started);
    if (!this.isStopped) return started;
    await started.stop();
    throw wasStopped();
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  private variablesOf(name: string, runtimeApi: string): NodeJS.ProcessEnv {
    const { environmentVariables = {}, handler, memorySize = DEFAULT_MEMORY_MB } = this.declarations.get(name) ?? {};
    const { region } = this.environment;
    const { allowLoaderVariables: allowsLoaders = false, log } = this.options;
    const told = {
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
      ...(handler !== undefined && { _HANDLER: handler }),
    };
    return processVariables(environmentVariables, told, { allowsLoaders, log });
  }
}

function wasStopped(): FunctionError {
  return new FunctionError("Runtime.ExitError", "Runtime was stopped");
}
