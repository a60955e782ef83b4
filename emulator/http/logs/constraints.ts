import { integer, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { signedOperations } from "../protocols/aws-json";

/** What several operations share: botocore `logs/2014-03-28`. */

export const GROUP_NAME = text(512, "[\\.\\-_/#A-Za-z0-9]+", 1);
export const BY_GROUP = structure({ logGroupName: GROUP_NAME });
export const PAGE = { limit: integer(1, 50).optional(), nextToken: text(UNBOUNDED, undefined, 1).optional() };
export const signed = signedOperations("InvalidParameterException");
export const LIMITS = { most: 50, refusal: "InvalidParameterException" } as const;
