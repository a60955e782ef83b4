import { type Block, type Instance, objectsAt, parseObject, textAt } from "../../topology";
import type { Rule } from "../rule";

const ENDPOINT = "aws_bedrockagentcore_agent_runtime_endpoint";

function isPinned(endpoint: Block): boolean {
  return typeof endpoint.text("agent_runtime_version") === "string";
}

export const pinnedImageExpires: Rule = {
  id: "pinned-image-expires",
  severity: "warning",
  summary: "A repository keeps the images of the runtime versions to which endpoints are pinned.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
  *check({ system, inventory }) {
    const areNone = !inventory.instances.some(({ type, written }) => type === ENDPOINT && isPinned(written));
    if (areNone) return;
    const dependentsOf = ({ blockAddress }: Instance, type: string): Instance[] => {
      const dependents = inventory.dependents(blockAddress);
      return inventory.instances.filter((each) => each.type === type && dependents.has(each.blockAddress));
    };
    for (const { instance, repository } of system.runtimes) {
      const pinned = dependentsOf(instance, ENDPOINT).filter(({ written }) => isPinned(written));
      if (pinned.length === 0) continue;
      const expiring = repository
        .flatMap((each) => dependentsOf(each, "aws_ecr_lifecycle_policy"))
        .filter(({ arguments: policy }) => expiresTagged(policy.text("policy")));
      for (const { address } of expiring) {
        yield {
          address,
          message: `The policy removes images with a tag, and ${pinned.map((each) => each.address).join(" and ")} may start an old one: new sessions of a version without its image fail.`,
          fix: "Expire untagged images alone, or acknowledge it where enough images are kept.",
        };
      }
    }
  },
};

/** Whether a document that is known has a rule for images that have a tag. */
function expiresTagged(policy: unknown): boolean {
  const rules = typeof policy === "string" ? objectsAt(parseObject(policy), "rules") : [];
  return rules.some(
    (rule) => textAt(rule, "selection", "tagStatus") !== "untagged" && textAt(rule, "action", "type") === "expire",
  );
}
