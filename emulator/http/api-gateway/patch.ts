import { z } from "zod";

import { isObject } from "../../../topology";
import { checkMembers } from "../../cloud/agentcore-constraints";
import { patchPath } from "../../cloud/api-gateway/errors";
import { boolean, listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";

const OPERATIONS = ["add", "remove", "replace", "move", "copy", "test"] as const;
const PATCH_OPERATION = structure({
  op: oneOf(OPERATIONS),
  path: text(UNBOUNDED),
  value: text(UNBOUNDED).optional(),
});

/** Botocore `apigateway/2015-07-09`, `ListOfPatchOperation`. */
export const PATCH = { patchOperations: listOf(PATCH_OPERATION, UNBOUNDED).default([]) };

/** In a patch a flag and a number are texts. */
export const FLAG = z.preprocess((value) => value === "true" || (value !== "false" && value), boolean());
export const NUMBER = (value: unknown): unknown =>
  typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;

export type PatchOperation = { readonly op: string; readonly path: string; readonly value?: string | undefined };

/**
 * Settings as a patch leaves them: members are replaced, entries of maps and lists added, replaced and removed.
 *
 * @param members that can be patched
 * @throws AwsError BadRequestException for others, in the service's words; ValidationException for what they cannot be
 */
export function patched<Settings extends object, Members extends z.ZodObject>(
  settings: Settings,
  patch: readonly PatchOperation[],
  members: Members,
): Settings & z.output<Members> {
  const values = new Map<string, unknown>(Object.entries(settings));
  for (const operation of patch) {
    const [, member = "", entry] = operation.path.split("/").map(unescaped);
    const change = Object.hasOwn(members.shape, member) && changed(values.get(member), operation, entry);
    if (!change) {
      const paths = Object.keys(members.shape).map((name) => `/${name}`);
      throw patchPath(operation.path, operation.op, paths);
    }
    values.set(member, change.value);
  }
  return { ...settings, ...checkMembers(members, Object.fromEntries(values)) };
}

/** @returns undefined for what cannot be done */
function changed(
  current: unknown,
  { op, value }: PatchOperation,
  entry: string | undefined,
): { readonly value: unknown } | undefined {
  if (op === "remove" && entry === undefined && value === undefined) return { value: undefined };
  if ((Array.isArray(current) || entry === undefined) && (op === "add" || op === "remove")) {
    const item = entry ?? value;
    const others: unknown[] = Array.isArray(current) ? current.filter((each) => each !== item) : [];
    return { value: op === "add" ? [...others, item] : others };
  }
  if (entry === undefined) return op === "replace" ? { value } : undefined;
  if (!["add", "replace", "remove"].includes(op) || !(current === undefined || isObject(current))) return undefined;
  const entries = new Map(Object.entries(current ?? {})).set(entry, value ?? "");
  if (op === "remove") entries.delete(entry);
  return { value: Object.fromEntries(entries) };
}

/** RFC 6901. */
function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
