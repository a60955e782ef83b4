import { sole } from "../certainty";
import type { Rule } from "../rule";

export const targetBeforePolicy: Rule = {
  id: "target-before-policy",
  severity: "warning",
  summary: "A target waits for the policies of its gateway's role.",
  source: "https://github.com/aws/aws-cdk/issues/36826",
  *check({ system, inventory }) {
    for (const { address, instance, gateway, outbound } of system.targets) {
      const role = sole(sole(gateway)?.role ?? []);
      if (role === undefined || outbound === undefined || outbound.type === "NONE") continue;
      const early = role.policies.filter((policy) => policy.address !== role.address && !inventory.dependents(policy.instance.blockAddress).has(instance.blockAddress));
      const [first] = early;
      if (first === undefined || early.length < role.policies.length) continue;
      yield {
        address,
        message: `Nothing makes the target wait for ${first.address}: AWS connects to a target once, when it is created, and fails it while the role lacks its permissions.`,
        fix: `Add depends_on = [${first.address}], and a pause of some 20 seconds for IAM.`,
      };
    }
  },
};
