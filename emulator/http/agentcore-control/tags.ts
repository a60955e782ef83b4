import { z } from "zod";

import { RESOURCE_ARN_LENGTH, TAG_KEY, TAGS } from "../../cloud/agentcore-constraints";
import { listOf, structure, text } from "../../cloud/constraints";
import type { Tags } from "../../cloud/tags";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";

const RESOURCE = structure({
  resourceArn: text(
    RESOURCE_ARN_LENGTH.longest,
    "arn:(?:[^:]+)?:bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:([a-z-]+/[^/]+)(?:/[a-z0-9-]+/[^/]+)*",
    RESOURCE_ARN_LENGTH.shortest,
  ),
});
/** One key comes as text, several as a list. */
const TAG_KEYS = z.preprocess((keys) => (typeof keys === "string" ? [keys] : keys), listOf(TAG_KEY, 200));

/** TagResource, UntagResource, ListTagsForResource. */
export function tagOperations(tags: Tags): RestJsonOperation[] {
  const route = "/tags/:resourceArn";
  return [
    operation("TagResource", `POST ${route}`, 204, RESOURCE.extend({ tags: TAGS }), (request) =>
      tags.add(request.resourceArn, request.tags),
    ),
    operation("UntagResource", `DELETE ${route}`, 204, RESOURCE.extend({ tagKeys: TAG_KEYS }), (request) =>
      tags.remove(request.resourceArn, request.tagKeys),
    ),
    operation("ListTagsForResource", `GET ${route}`, 200, RESOURCE, ({ resourceArn }) => ({
      tags: tags.list(resourceArn),
    })),
  ];
}
