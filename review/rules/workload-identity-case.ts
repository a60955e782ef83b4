import { gatewayNeeds } from "../roles/gateway-needs";
import type { Rule } from "../rule";

export const workloadIdentityCase: Rule = {
  id: "workload-identity-case",
  severity: "error",
  summary: "A policy writes the name in a workload identity's ARN in lower case, as the service does.",
  source:
    "https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-bedrockagentcore/lib/gateway/outbound-auth/workload-identity.ts",
  *check(subject) {
    for (const { gateway, role, answers } of gatewayNeeds(subject)) {
      if (!answers.some(({ allowed, allowedInAnyCase }) => allowed === false && allowedInAnyCase !== false)) continue;
      yield {
        address: role.address,
        message: `The role of ${gateway.address} reaches the workload identity only in upper case, but the identity is named after the gateway in lower case, and IAM compares case.`,
        fix: `Name ${gateway.address}.workload_identity_details[0].workload_identity_arn, or write the pattern in lower case.`,
      };
    }
  },
};
