import type { Clock } from "../../clock";
import { structure, text, UNBOUNDED } from "../../cloud/constraints";
import { policyUnknown } from "../../cloud/logs/errors";
import type { AwsJsonOperation } from "../protocols/aws-json";
import { PAGE, signed } from "./constraints";

interface ResourcePolicy {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly lastUpdatedTime: number;
}

const NAME = text(UNBOUNDED, undefined, 1);

/** Policies by which an account lets other services write its logs; they are only kept. */
export function resourcePolicyOperations(clock: Clock): Record<string, AwsJsonOperation> {
  const policies = new Map<string, ResourcePolicy>();
  return {
    PutResourcePolicy: signed(structure({ policyName: NAME, policyDocument: text(5_120, undefined, 1) }), (request) => {
      const resourcePolicy = { ...request, lastUpdatedTime: clock.now() };
      policies.set(request.policyName, resourcePolicy);
      return { resourcePolicy };
    }),
    DescribeResourcePolicies: signed(structure(PAGE), () => ({ resourcePolicies: [...policies.values()] })),
    DeleteResourcePolicy: signed(structure({ policyName: NAME }), ({ policyName }) => {
      if (policies.delete(policyName)) return {};
      throw policyUnknown(policyName);
    }),
  };
}
