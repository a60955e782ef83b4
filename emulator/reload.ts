import type { Account } from "./cloud/account";
import type { Target } from "./cloud/gateway/target";
import { AwsError } from "./cloud/errors";
import { ContainerError } from "./cloud/runtime/server-run";

/** What came of starting the MCP servers anew. */
export interface Reload {
  /** Why a server does not run in its new form; its old process goes on serving, and no target is read again. */
  readonly problem?: string;
  /** Every gateway target, as it stands now. */
  readonly targets: readonly ReloadedTarget[];
}

export interface ReloadedTarget {
  readonly name: string;
  /** Why its tools could not be read; the earlier ones stay listed. */
  readonly problem?: string;
  /** Names of tools, as the server knows them. */
  readonly tools: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Tools whose description or input schema is another now. */
  readonly changed: readonly string[];
}

/** Starts the MCP server of every runtime anew, then synchronizes every gateway target. @internal */
export async function reload({ runtimes, gateways, gatewayTargets }: Account): Promise<Reload> {
  const problem = await problemOf(() => Promise.all(runtimes.containers().map((container) => container.restart())));
  const targets = gateways
    .all()
    .flatMap((gateway) => gateway.targets.map((target) => ({ gateway, target })))
    .filter(({ target }) => target.leftOut === undefined);
  const reloads = targets.map(async ({ gateway, target }) => {
    const { tools } = target;
    const synchronize = () => gatewayTargets.synchronize(gateway.attributes.gatewayId, target.targetId).settled;
    return compare(target, tools, problem === undefined ? await problemOf(synchronize) : undefined);
  });
  return { problem, targets: await Promise.all(reloads) };
}

/** A server that does not start, or a target that is in motion and takes no synchronization now. */
async function problemOf(step: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (error instanceof ContainerError || error instanceof AwsError) return error.message;
    throw error;
  }
}

function compare(
  { declaration, status, statusReasons, tools }: Target,
  earlier: Target["tools"],
  refusal?: string,
): ReloadedTarget {
  const before = new Map(earlier.map((tool) => [tool.serverName, JSON.stringify(tool.description)]));
  const after = new Map(tools.map((tool) => [tool.serverName, JSON.stringify(tool.description)]));
  return {
    name: declaration.name,
    ...(refusal !== undefined ? { problem: refusal } : status !== "READY" && { problem: statusReasons.join("; ") }),
    tools: [...after.keys()],
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after].filter(([name, tool]) => before.has(name) && before.get(name) !== tool).map(([name]) => name),
  };
}
