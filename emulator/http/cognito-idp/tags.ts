import type { Cognito } from "../../cloud/cognito/cognito";
import { notFound } from "../../cloud/cognito/errors";
import { structure, text } from "../../cloud/constraints";
import type { TagMap } from "../../cloud/tags";
import { TAG_MAP, tagKeys, withoutTags } from "../protocols/tag-list";
import { signed, type Operations } from "./operation";

const BY_ARN = structure({ ResourceArn: text(2_048, undefined, 20) });

/** The tags of user pools. */
export function tagOperations(cognito: Cognito): Operations {
  const poolOf = (arn: string) => {
    const pool = cognito.userPools().find((candidate) => candidate.arn === arn);
    if (!pool) throw notFound(`User pool ${arn.split("/").at(-1)} does not exist.`);
    return pool;
  };
  const tagsOf = (arn: string) => (poolOf(arn).declaration.inert?.["UserPoolTags"] ?? {}) as TagMap;
  const setTags = (arn: string, UserPoolTags: TagMap) => {
    const pool = poolOf(arn);
    pool.declaration = { ...pool.declaration, inert: { ...pool.declaration.inert, UserPoolTags } };
    return {};
  };
  return {
    ListTagsForResource: signed(BY_ARN, ({ ResourceArn }) => ({ Tags: tagsOf(ResourceArn) })),
    TagResource: signed(BY_ARN.extend({ Tags: TAG_MAP }), ({ ResourceArn, Tags }) =>
      setTags(ResourceArn, { ...tagsOf(ResourceArn), ...Tags }),
    ),
    UntagResource: signed(BY_ARN.extend({ TagKeys: tagKeys() }), ({ ResourceArn, TagKeys }) =>
      setTags(ResourceArn, withoutTags(tagsOf(ResourceArn), TagKeys)),
    ),
  };
}
