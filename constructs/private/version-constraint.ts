/**
 * Terraform version constraints, as far as one question needs them: how new may the version be?
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */

type Version = readonly number[];

const parse = (version: string): Version => version.split(".").map((part) => Number.parseInt(part, 10) || 0);

function compare(a: Version, b: Version): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isOlder(version: string, than: string): boolean {
  return compare(parse(version), parse(than)) < 0;
}

/** The newest version that a constraint allows, with 99999 for any number; undefined when there is no upper bound. */
export function highestAllowed(constraint: string): string | undefined {
  const bounds = constraint.split(",").flatMap((term) => {
    const [, operator = "=", version = ""] = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d[\d.]*)/.exec(term) ?? [];
    return version === "" ? [] : upperBound(operator, version);
  });
  return bounds.sort((a, b) => compare(parse(a), parse(b)))[0];
}

/** The oldest version that a constraint allows; undefined when there is no lower bound. */
export function lowestAllowed(constraint: string): string | undefined {
  const bounds = constraint.split(",").flatMap((term) => {
    const [, operator = "=", version = ""] = /^\s*(=|>=|>|~>)?\s*v?(\d[\d.]*)/.exec(term) ?? [];
    return version === "" || operator === "" ? [] : [version];
  });
  return bounds.sort((a, b) => compare(parse(b), parse(a)))[0];
}

function upperBound(operator: string, version: string): string[] {
  switch (operator) {
    case "=":
    case "<=":
      return [version];
    case "<":
      return [justBelow(version)];
    case "~>":
      return [`${/^(\d+.*)\.\d+$/.exec(version)?.[1] ?? version}.99999`];
    default:
      return [];
  }
}

/** `6.50.0` → `6.49.99999`, `7` → `6.99999`. */
function justBelow(version: string): string {
  const parts = [...parse(version)];
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop();
  const last = (parts.pop() ?? 0) - 1;
  return [...parts, last, 99999].join(".");
}
