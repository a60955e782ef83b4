import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { ApplySettings } from "../topology";
import { UsageError } from "./errors";
import { parseJson } from "./json-text";

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

/** @throws UsageError where the folder has a state of AWS resources and the account has none */
export function refuseForeignState(folder: string, { statePath }: ApplySettings, isEmptyAccount: boolean): void {
  const path = resolve(folder, typeof statePath === "string" ? statePath : "terraform.tfstate");
  if (!isEmptyAccount || !existsSync(path)) return;
  const state = parseJson(readFileSync(path, "utf8"));
  const { resources = [] } = (typeof state === "object" && state !== null ? state : {}) as {
    resources?: readonly { readonly mode?: string; readonly provider?: string }[];
  };
  const isAws = resources.some(({ mode, provider = "" }) => mode === "managed" && /\/aws"\]/.test(provider));
  if (!isAws) return;
  throw new UsageError(
    `${path} holds AWS resources that the emulated account does not have, and they may be real: move it away first.`,
  );
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
