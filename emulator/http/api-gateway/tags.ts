import { partUnknown } from "../../cloud/api-gateway/errors";
import { structure, text, UNBOUNDED } from "../../cloud/constraints";
import type { Tags } from "../../cloud/tags";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP, tagKeysOfQuery } from "../protocols/tag-list";

const ROUTE = "/tags/:resourceArn";
const RESOURCE = structure({ resourceArn: text(UNBOUNDED, undefined, 1) });

export function tagOperations(tags: Tags): RestJsonOperation[] {
  const find = ({ resourceArn }: { resourceArn: string }) => {
    if (tags.has(resourceArn)) return resourceArn;
    throw partUnknown("resource");
  };
  return [
    operation("TagResource", `PUT ${ROUTE}`, 204, RESOURCE.extend({ tags: TAG_MAP }), (request) =>
      tags.add(find(request), request.tags),
    ),
    operation("UntagResource", `DELETE ${ROUTE}`, 204, RESOURCE.extend({ tagKeys: tagKeysOfQuery() }), (request) =>
      tags.remove(find(request), request.tagKeys),
    ),
    operation("GetTags", `GET ${ROUTE}`, 200, RESOURCE, (request) => ({ tags: tags.list(find(request)) })),
  ];
}
