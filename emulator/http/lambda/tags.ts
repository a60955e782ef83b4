import { structure, text } from "../../cloud/constraints";
import type { Tags } from "../../cloud/tags";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP, tagKeysOfQuery } from "../protocols/tag-list";

const ROUTE = "/2017-03-31/tags/:Resource";
const RESOURCE = structure({ Resource: text(256, undefined, 1) });

export function tagOperations(tags: Tags): RestJsonOperation[] {
  return [
    operation("TagResource", `POST ${ROUTE}`, 204, RESOURCE.extend({ Tags: TAG_MAP }), ({ Resource, Tags: added }) =>
      tags.add(Resource, added),
    ),
    operation("UntagResource", `DELETE ${ROUTE}`, 204, RESOURCE.extend({ tagKeys: tagKeysOfQuery() }), (request) =>
      tags.remove(request.Resource, request.tagKeys),
    ),
    operation("ListTags", `GET ${ROUTE}`, 200, RESOURCE, ({ Resource }) => ({ Tags: tags.list(Resource) })),
  ];
}
