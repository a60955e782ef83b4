import type { z } from "zod";

import { SCOPE_PATTERN } from "../../aws/oauth";
import { DISCOVERY_DOCUMENTS, discoveryUrlPattern } from "../../aws/agentcore/discovery";
import * as claims from "../../aws/agentcore/claims";
import * as limits from "../../aws/agentcore/limits";
import * as names from "../../aws/agentcore/names";
import { CODE_RUNTIMES } from "../../aws/agentcore/values";
import { judge, listOf, mapOf, name, NOT_EMULATED, oneOf, structure, summarize, text, UNBOUNDED } from "./constraints";
import { AwsError } from "./errors";
import { refusal } from "./refusal";

/** Members that several AgentCore operations share: botocore `bedrock-agentcore-control/2023-06-05`. */

export const GATEWAY_NAME = text(UNBOUNDED, names.GATEWAY_NAME.pattern);
export const GATEWAY_ID = text(UNBOUNDED, names.GATEWAY_ID.pattern);
export const TARGET_NAME = text(UNBOUNDED, names.TARGET_NAME.pattern);
export const TARGET_ID = text(UNBOUNDED, "[0-9a-zA-Z]{10}");
export const RUNTIME_NAME = text(UNBOUNDED, names.RUNTIME_NAME.pattern);
export const RUNTIME_ID = text(UNBOUNDED, names.RUNTIME_ID.pattern);
export const RUNTIME_VERSION = text(5, "([1-9][0-9]{0,4})", 1);
/** An archive of code in S3 and how it is started: CreateAgentRuntime, codeConfiguration. */
export const CODE = {
  bucket: name(names.BUCKET_NAME),
  prefix: text(limits.S3_KEY_LENGTH, undefined, 1),
  versionId: text(limits.S3_VERSION_LENGTH.longest, undefined, limits.S3_VERSION_LENGTH.shortest).optional(),
  runtime: oneOf(Object.values(CODE_RUNTIMES)),
  entryPoint: listOf(text(limits.CODE_ENTRY_POINT.length, undefined, 1), limits.CODE_ENTRY_POINT.count, 1),
};
export const CONTAINER_URI = text(limits.MAX_CONTAINER_URI, names.CONTAINER_URI, 1);
export const PROVIDER_NAME = name(names.CREDENTIAL_PROVIDER_NAME);
export const WORKLOAD_NAME = name(names.WORKLOAD_IDENTITY_NAME);
export const RETURN_URL = name(limits.RETURN_URL);
export const ROLE_ARN = text(2048, "arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+", 1);
export const LAMBDA_ARN = name(names.LAMBDA_ARN);
export const POLICY_ENGINE_ARN = text(
  UNBOUNDED,
  "arn:aws[\\w-]*:bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:policy-engine/[a-zA-Z][a-zA-Z0-9-_]{0,99}-[a-zA-Z0-9_]{10}",
);
export const CLIENT_TOKEN = text(256, "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,256}", 33).optional();
export const NEXT_TOKEN = text(2048, "\\S*", 1).optional();
export const RESOURCE_ARN_LENGTH = { shortest: 20, longest: 1_011 };
export const RESOURCE_ARN = text(RESOURCE_ARN_LENGTH.longest, undefined, RESOURCE_ARN_LENGTH.shortest);
const TAG_TEXT = "[a-zA-Z0-9\\s._:/=+@-]*";
export const TAG_KEY = text(limits.TAGS.keyLength, TAG_TEXT, 1);
export const TAGS = mapOf(TAG_KEY, text(limits.TAGS.valueLength, TAG_TEXT), limits.TAGS.count);

const ALLOWED_VALUES = listOf(text(UNBOUNDED), UNBOUNDED, 1);

/** From `.` to `:` is a range, which holds the slash and no hyphen. */
const CLAIM_VALUE = name(claims.CLAIM_VALUE);
const CUSTOM_CLAIM = structure({
  inboundTokenClaimName: name(claims.CLAIM_NAME),
  inboundTokenClaimValueType: oneOf(Object.keys(claims.CLAIM_OPERATORS)),
  authorizingClaimMatchValue: structure({
    claimMatchOperator: oneOf(Object.values(claims.CLAIM_OPERATORS).flat()),
    claimMatchValue: structure({
      matchValueString: CLAIM_VALUE.optional(),
      matchValueStringList: listOf(CLAIM_VALUE, claims.MAX_CLAIM_VALUES, 1).optional(),
    }),
  }),
});

/** `authorizerConfiguration` of a gateway or a runtime. */
export const AUTHORIZER_CONFIGURATION = structure({
  customJWTAuthorizer: structure({
    discoveryUrl: text(UNBOUNDED, discoveryUrlPattern(DISCOVERY_DOCUMENTS)),
    allowedAudience: ALLOWED_VALUES.optional(),
    allowedClients: ALLOWED_VALUES.optional(),
    allowedScopes: listOf(text(limits.ALLOWED_SCOPE_LENGTH, SCOPE_PATTERN, 1), UNBOUNDED, 1).optional(),
    customClaims: listOf(CUSTOM_CLAIM, UNBOUNDED, 1).optional(),
    privateEndpoint: NOT_EMULATED,
    privateEndpointOverrides: NOT_EMULATED,
    advertisedScopeMapping: NOT_EMULATED,
    allowedWorkloadConfiguration: structure({
      hostingEnvironments: listOf(structure({ arn: RESOURCE_ARN }), limits.MAX_ALLOWED_WORKLOADS, 1).optional(),
      workloadIdentities: listOf(WORKLOAD_NAME, limits.MAX_ALLOWED_WORKLOADS, 1).optional(),
    }).optional(),
  }),
});

/** Members whose shape has the trait `sensitive`. */
const SENSITIVE_MEMBERS = new Set(["apiKey", "clientSecret", "userToken", "workloadIdentityToken"]);

/**
 * Judges a request against the constraints of its members.
 *
 * @throws AwsError ValidationException naming every violation
 */
export function checkMembers<Schema extends z.ZodType>(schema: Schema, request: unknown): z.output<Schema> {
  const verdict = judge(schema, request, SENSITIVE_MEMBERS);
  if ("data" in verdict) return verdict.data;
  const { fault } = verdict;
  if ("wrongType" in fault) throw refusal("wrong-type", fault.wrongType, { reason: "CannotParse" });
  const fieldList = fault.violations.map(({ member: name, message }) => ({ name, message }));
  throw refusal("constraint", summarize(fault.violations), {
    reason: "FieldValidationFailed",
    fieldList,
  });
}

/** The one member of a union that is set. @throws AwsError ValidationException for more or fewer than one */
export function soleMember(union: object, place: string): string {
  const [member, ...rest] = Object.keys(union);
  if (member !== undefined && rest.length === 0) return member;
  throw new AwsError("ValidationException", `Exactly one member must be set at '${place}'.`);
}
