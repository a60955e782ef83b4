import { HOST_END } from "../../aws/hosts";
import type { Part } from "../../topology";
import { eachOf, runtimes, type Rule } from "../rule";

export const imageTagLatest: Rule = {
  id: "image-tag-latest",
  severity: "warning",
  summary: "A runtime's image has a tag of its own, or a digest.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  check: eachOf(runtimes, ({ containerUri, instance }) => {
    const written = instance.written
      .optionalBlock("agent_runtime_artifact")
      ?.optionalBlock("container_configuration")
      ?.text("container_uri");
    const texts = [containerUri, written].flatMap((text) =>
      typeof text === "string" ? [text] : (text?.parts ?? []).slice(-1),
    );
    if (!texts.some(isLatest)) return undefined;
    return {
      message:
        'The image\'s tag is "latest", or left out, which means the same: a new image changes no plan, so the runtime keeps the old one, and nobody can tell which it runs.',
      fix: "Tag the image with the hash of its sources, or name its digest.",
    };
  }),
};

const UNTAGGED = new RegExp(`${HOST_END}/[^:@]+$`);

/** The end of an image's name, after the URL of a repository or as a whole. */
function isLatest(end: Part): boolean {
  if (typeof end !== "string") return end.reference.attribute === "repository_url";
  return end.endsWith(":latest") || UNTAGGED.test(end);
}
