import { hasLength, isArn } from "../validation/rules";
import type { ResourceFacts } from "./facts";

/** `aws_bedrockagentcore_resource_policy`: resource_policy.go of the provider, and the service's model for `create`. */
export const resourcePolicy: ResourceFacts = {
  validate: [isArn("resource_arn")],
  create: [hasLength("policy", 1, 20_480)],
  replacedBy: ["resource_arn"],
  assigned: () => ({}),
};
