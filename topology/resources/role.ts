import { readName } from "./generated-name";
import { readPolicy } from "./policy";
import type { ResourceReader } from "./reader";

export const role: ResourceReader<"role"> = {
  type: "aws_iam_role",
  kind: "role",
  read: (args) => ({ roleName: readName(args), assumeRolePolicy: readPolicy(args, "assume_role_policy") }),
  assigned: ["id", "name", "arn", "unique_id"],
  attributes: ({ roleName }, { arn, roleId }) => ({ id: roleName, name: roleName, arn, unique_id: roleId }),
};
