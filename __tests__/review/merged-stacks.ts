import { cleanStack, type Stack } from "./clean-stack";
import type { Mistake } from "./mistakes";

const REFERENCE = /(?<![.\w])((?:aws|terraform)_[a-z0-9_]+)\.([a-z_]+)\b/g;

/** A stack of its own for each mistake, all in one configuration, so that terraform plans them at once. */
export function mergedStacks(mistakes: readonly Mistake[]): Stack {
  const merged: Stack = { ...cleanStack(), resource: {}, output: {} };
  const { output: usual } = cleanStack();
  mistakes.forEach((mistake, index) => {
    const stack = cleanStack();
    mistake.bend(stack);
    // Those that every stack has take a sixth of Terraform's time: the first alone has them.
    if (index > 0) for (const name of Object.keys(usual)) delete stack.output[name];
    addStack(merged, JSON.parse(JSON.stringify(stack).replace(REFERENCE, `$1.$2_${index}`)) as Stack, index);
  });
  return merged;
}

function addStack(merged: Stack, stack: Stack, index: number): void {
  for (const [type, resources] of Object.entries(stack.resource)) {
    merged.resource[type] ??= {};
    for (const [name, resource] of Object.entries(resources)) {
      Object.assign(merged.resource[type] ?? {}, { [`${name}_${index}`]: resource });
    }
  }
  for (const [name, output] of Object.entries(stack.output)) merged.output[`${name}_${index}`] = output;
}

/** The address that a mistake's resource has in the merged configuration. */
export function mergedAddress(address: string, index: number): string {
  return `${address}_${index}`;
}

/** Which of the merged stacks an address belongs to. */
export function stackIndex(address: string): number {
  return Number(/_(\d+)(?:\[.*\])?$/.exec(address)?.[1]);
}
