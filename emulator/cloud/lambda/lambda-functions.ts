import type { LambdaFunctionDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { Registry } from "../registry";
import { Tags, type TagMap } from "../tags";
import { functionTaken, functionUnknown, versionAliased } from "./errors";
import { ExecutionEnvironments, type ExecutionEnvironmentsOptions } from "./execution-environments";
import type {
  FunctionAlias,
  FunctionCode,
  FunctionConfiguration,
  FunctionVersion,
  LambdaFunction,
} from "./lambda-function";

export type LambdaFunctionsOptions = ExecutionEnvironmentsOptions;

/** What a function is created with beside what Terraform's reading knows of it. */
export interface FunctionSettings extends Pick<FunctionConfiguration, "role" | "runtime" | "description" | "inert"> {
  /** @default - it is elsewhere */
  readonly code?: FunctionCode;
  readonly tags?: TagMap;
}

export const LATEST = "$LATEST";
const ELSEWHERE: FunctionCode = { sha256: "", bytes: 0 };

/** AWS Lambda, as far as gateways and the API use functions. */
export class LambdaFunctions extends Registry<LambdaFunction> {
  readonly tags = new Tags();
  private readonly environments: ExecutionEnvironments;
  /** Why functions do not begin. */
  private readonly beginnings = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly environment: Pick<Environment, "region" | "accountId" | "partition" | "random" | "clock">,
    options: LambdaFunctionsOptions,
  ) {
    super((functionName) => functionUnknown(this.arnOf(functionName)));
    this.environments = new ExecutionEnvironments(environment, options);
  }

  /** @throws AwsError ResourceConflictException */
  create(declaration: LambdaFunctionDeclaration, settings: FunctionSettings = {}): LambdaFunction {
    const { functionName, ...configuration } = declaration;
    const { code = ELSEWHERE, tags, ...rest } = settings;
    if (this.items.has(functionName)) throw functionTaken(functionName);
    const created: LambdaFunction = {
      functionName,
      arn: this.arnOf(functionName),
      latest: this.revised({ version: LATEST, configuration: { ...configuration, ...rest }, code }),
      versions: new Map(),
      published: { count: 0 },
      aliases: new Map(),
      policies: new Map(),
    };
    this.items.set(functionName, created);
    this.tags.create(created.arn, tags);
    if (this.environments.hasHandler(functionName)) {
      this.beginnings.set(functionName, this.environments.begin(functionName, created.latest));
    }
    return created;
  }

  /** Those that fail when they are invoked, since their code is not here. */
  withoutCode(): readonly LambdaFunction[] {
    return this.all().filter(({ functionName, latest }) => !this.environments.canRun(functionName, latest));
  }

  arnOf(functionName: string): string {
    const { partition, region, accountId } = this.environment;
    return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
  }

  /** Changes what `$LATEST` is. @throws AwsError ResourceNotFoundException */
  update(functionName: string, changes: Partial<Pick<FunctionVersion, "configuration" | "code">>): LambdaFunction {
    const found = this.get(functionName);
    this.environments.retire(functionName, found.latest);
    found.latest = this.revised({ ...found.latest, ...changes });
    return found;
  }

  /** The version that a qualifier means. @throws AwsError ResourceNotFoundException */
  version({ functionName, latest, versions, aliases }: LambdaFunction, qualifier = LATEST): FunctionVersion {
    if (qualifier === LATEST) return latest;
    const version = versions.get(this.routed(aliases.get(qualifier)) ?? qualifier);
    if (!version) throw functionUnknown(`${this.arnOf(functionName)}:${qualifier}`);
    return version;
  }

  /** A version of what `$LATEST` is now; the one before, where nothing has changed since. */
  publish(published: LambdaFunction, description?: string): FunctionVersion {
    const { latest, versions } = published;
    const { count, revisionId } = published.published;
    const before = versions.get(String(count));
    if (before && revisionId === latest.revisionId) return before;
    const version = String(count + 1);
    const configuration = { ...latest.configuration, ...(description !== undefined && { description }) };
    const made = this.revised({ version, configuration, code: latest.code });
    versions.set(version, made);
    published.published = { count: count + 1, revisionId: latest.revisionId };
    return made;
  }

  /** @throws AwsError ResourceConflictException for a version that an alias names */
  deleteVersion(found: LambdaFunction, version: string): void {
    const names = [...found.aliases.values()].filter(
      (alias) => alias.version === version || Object.hasOwn(alias.weights, version),
    );
    if (names.length > 0) {
      throw versionAliased(
        version,
        names.map(({ name }) => name),
      );
    }
    this.environments.retire(found.functionName, this.version(found, version));
    found.versions.delete(version);
  }

  /** @throws AwsError ResourceNotFoundException for a version that is not there */
  putAlias(found: LambdaFunction, alias: Omit<FunctionAlias, "revisionId">): FunctionAlias {
    for (const version of [alias.version, ...Object.keys(alias.weights)]) {
      if (version !== LATEST && !found.versions.has(version)) throw functionUnknown(`${found.arn}:${version}`);
    }
    const put = { ...alias, revisionId: this.environment.random.uuid() };
    found.aliases.set(alias.name, put);
    return put;
  }

  /** @throws AwsError ResourceNotFoundException */
  override delete(functionName: string): void {
    const { arn, latest, versions } = this.get(functionName);
    for (const version of [latest, ...versions.values()]) this.environments.retire(functionName, version);
    this.items.delete(functionName);
    this.tags.delete(arn);
  }

  /**
   * @param functionArn may end with a version or an alias
   * @param clientContext JSON
   * @returns the function's answer as JSON
   * @throws FunctionError, AwsError ResourceNotFoundException for a version that is not there
   */
  async invoke(functionArn: string, event: unknown, clientContext: object): Promise<string> {
    const [, , , , , , name = "", qualifier] = functionArn.split(":");
    const found = this.items.get(name);
    const version = found
      ? this.version(found, qualifier)
      : this.revised({ version: LATEST, configuration: { environmentVariables: {} }, code: ELSEWHERE });
    return this.environments.invoke(name, version, {
      requestId: this.environment.random.uuid(),
      event: JSON.stringify(event),
      clientContext: JSON.stringify(clientContext),
      functionArn,
    });
  }

  /** Invocations that are under way or wait for their turn fail. */
  async stop(): Promise<void> {
    await this.environments.stop();
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

  private revised(version: Omit<FunctionVersion, "revisionId" | "modifiedAt">): FunctionVersion {
    const { random, clock } = this.environment;
    return { ...version, revisionId: random.uuid(), modifiedAt: clock.now() };
  }

  /** The version that has this call of an alias. */
  private routed(alias: FunctionAlias | undefined): string | undefined {
    const [[weighted, share] = ["", 0]] = Object.entries(alias?.weights ?? {});
    return share > 0 && this.environment.random.bytes(1).readUInt8() < share * 256 ? weighted : alias?.version;
  }
}
