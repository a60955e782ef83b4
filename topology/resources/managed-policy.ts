import { readName } from "./generated-name";
import { readPolicy } from "./policy";
import type { ResourceReader } from "./reader";

/** It counts where it is attached to a role. */
export const managedPolicy: ResourceReader<"managedPolicy"> = {
  type: "aws_iam_policy",
  kind: "managedPolicy",
  onDemand: ["name", "name_prefix", "path", "policy"],
  read: (args) => ({ policyName: readName(args), path: args.optionalText("path"), policy: readPolicy(args, "policy") }),
  assigned: ["id", "arn", "name", "policy_id"],
  attributes: ({ policyName }, { arn, policyId }) => ({ id: arn, arn, name: policyName, policy_id: policyId }),
};
