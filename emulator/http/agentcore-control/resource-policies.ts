import { RESOURCE_ARN } from "../../cloud/agentcore-constraints";
import { structure, text } from "../../cloud/constraints";
import type { ResourcePolicies } from "../../cloud/iam/resource-policies";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";

/** Botocore `bedrock-agentcore-control/2023-06-05`, `BedrockAgentcoreResourceArn` and `ResourcePolicyBody`. */
const BY_ARN = structure({ resourceArn: RESOURCE_ARN });
const POLICY = BY_ARN.extend({ policy: text(20_480, undefined, 1) });

/** PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy. */
export function resourcePolicyOperations(policies: ResourcePolicies): RestJsonOperation[] {
  const route = "/resourcepolicy/:resourceArn";
  return [
    operation("PutResourcePolicy", `PUT ${route}`, 201, POLICY, (request) => {
      policies.put(request);
      return { policy: request.policy };
    }),
    operation("GetResourcePolicy", `GET ${route}`, 200, BY_ARN, ({ resourceArn }) => ({
      policy: policies.get(resourceArn),
    })),
    operation("DeleteResourcePolicy", `DELETE ${route}`, 204, BY_ARN, ({ resourceArn }) => {
      policies.delete(resourceArn);
      return {};
    }),
  ];
}
