import { patchPath } from "../../cloud/api-gateway/errors";
import { listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";

const OPERATIONS = ["add", "remove", "replace", "move", "copy", "test"] as const;
const PATCH_OPERATION = structure({
  op: oneOf(OPERATIONS),
  path: text(UNBOUNDED),
  value: text(UNBOUNDED).optional(),
});

/** Botocore `apigateway/2015-07-09`, `ListOfPatchOperation`. */
export const PATCH = { patchOperations: listOf(PATCH_OPERATION, UNBOUNDED).default([]) };

type Patch = readonly { readonly op: string; readonly path: string; readonly value?: string }[];

/**
 * The members that a patch replaces.
 *
 * @throws AwsError BadRequestException for anything else, in the service's words
 */
export function replacedBy<Member extends string>(
  patch: Patch,
  members: readonly Member[],
): Partial<Record<Member, string>> {
  const paths = members.map((member) => `/${member}`);
  const entries = patch.map(({ op, path, value }) => {
    if (op !== "replace" || !paths.includes(path)) {
      throw patchPath(path, op, paths);
    }
    return [path.slice(1), value] as const;
  });
  return Object.fromEntries(entries) as Partial<Record<Member, string>>;
}
