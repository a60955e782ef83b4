import type { Arguments } from "../arguments/arguments";

/** A required argument that holds a policy, which the provider refuses unless it is a JSON object. */
export function readPolicy(args: Arguments, name: string): string {
  const policy = args.text(name);
  if (!isJsonObject(policy)) throw args.invalid(name, "must be a JSON policy document");
  return policy;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
