import { z } from "zod";

import * as names from "../../../aws/iam/names";
import { integer, name, structure, text } from "../../cloud/constraints";

/** Members of IAM's requests: botocore `iam/2010-05-08`. */

export const ROLE_NAME = name(names.ROLE_NAME);
export const POLICY_NAME = name(names.POLICY_NAME);
export const POLICY_DOCUMENT = text(131_072, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", 1);
export const POLICY_ARN = text(2_048, undefined, 20);
export const PATH = text(512, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", 1).optional();
export const DESCRIPTION = text(1_000).optional();
export const BY_ROLE = structure({ RoleName: ROLE_NAME });
export const BY_POLICY = structure({ PolicyArn: POLICY_ARN });

export function formInteger(min: number, max: number) {
  return z.preprocess((value) => Number(value), integer(min, max)).optional();
}

/** Truth as a form has it. */
export const FORM_BOOLEAN = z.enum(["true", "false"]).transform((value) => value === "true");

export const PAGE = { Marker: text(320, undefined, 1).optional(), MaxItems: formInteger(1, 1_000) };
