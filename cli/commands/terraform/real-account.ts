import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { DEFAULT_ACCOUNT } from "../../../emulator/address";
import { parseJson } from "../../../targets/json";
import type { ApplySettings } from "../../../topology";
import { UsageError } from "../../errors";

/** Arguments of the AWS provider that lead past the environment, to other credentials or another place. */
const ELSEWHERE = [
  ...["access_key", "secret_key", "token", "profile", "shared_config_files", "shared_credentials_files"],
  ...["assume_role", "assume_role_with_web_identity", "endpoints"],
];

/** The dummy keys of examples and of the emulator. */
const DUMMIES = ["test", "mock", "dummy"];

/**
 * Sees to it that a run cannot reach, or lose, what is real.
 *
 * @throws UsageError with what would lead out of the emulated account
 */
export function refuseRealAccount({ awsProviders, backend }: ApplySettings): void {
  for (const { address, body } of awsProviders) {
    const name = ELSEWHERE.find((each) => isSet(body[each]) && !DUMMIES.includes(body[each] as string));
    if (name === undefined) continue;
    throw new UsageError(
      `${address} sets ${name}, which could reach a real account: leave it out, and let the environment say who calls.`,
    );
  }
  if (backend === "local") return;
  throw new UsageError(
    `The state is kept by the backend ${backend}, where the emulated account would take the place of the real one: ` +
      'add a file backend_override.tf with terraform { backend "local" {} }, and init again.',
  );
}

/** Attributes by which a resource tells its own account. */
const OWN_ARNS = ["arn", "id", "gateway_arn", "agent_runtime_arn"];

interface State {
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type?: string;
    readonly name?: string;
    readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** @throws UsageError where the folder has the state of another account, whose place the emulated one would take */
export function refuseForeignState(folder: string, { statePath }: ApplySettings): void {
  const path = resolve(folder, typeof statePath === "string" ? statePath : "terraform.tfstate");
  if (!existsSync(path)) return;
  const { resources = [] } = (parseJson(readFileSync(path, "utf8")) ?? {}) as State;
  for (const { mode, type, name, instances = [] } of resources) {
    const arns = instances.flatMap(({ attributes }) => OWN_ARNS.map((attribute) => attributes?.[attribute]));
    const accounts = arns.flatMap((arn) => (typeof arn === "string" ? accountOf(arn) : []));
    const foreign = accounts.find((account) => account !== DEFAULT_ACCOUNT);
    if (mode !== "managed" || foreign === undefined) continue;
    throw new UsageError(
      `${path} holds ${type}.${name} of the account ${foreign}, which may be real: move it away first.`,
    );
  }
}

function accountOf(arn: string): string[] {
  const [, account] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn) ?? [];
  return account === undefined ? [] : [account];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
