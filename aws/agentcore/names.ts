import type { NameRule } from "../name-rule";

/** What AgentCore takes as names: botocore `bedrock-agentcore-control/2023-06-05`. */

/**
 * The service's own limit is 48, but it names the gateway `<name>-<10 characters>` and takes identifiers of up to 50
 * characters elsewhere, which leaves 39 (awslabs/nx-plugin-for-aws caps the name for the same reason).
 */
export const GATEWAY_NAME: NameRule = {
  pattern: "([0-9a-zA-Z][-]?){1,48}",
  maxLength: 39,
  description: "at most 39 letters, digits and single hyphens, beginning with a letter or digit",
};

export const TARGET_NAME: NameRule = {
  pattern: "([0-9a-zA-Z][-]?){1,100}",
  maxLength: 100,
  description: "at most 100 letters, digits and single hyphens, beginning with a letter or digit",
};

/** Of runtimes and of their endpoints. */
export const RUNTIME_NAME: NameRule = {
  pattern: "[a-zA-Z][a-zA-Z0-9_]{0,47}",
  maxLength: 48,
  description: "at most 48 letters, digits and underscores, beginning with a letter",
};

/** Of policy engines and of their policies. */
export const POLICY_NAME: NameRule = {
  pattern: "[A-Za-z][A-Za-z0-9_]*",
  maxLength: 48,
  description: "at most 48 letters, digits and underscores, beginning with a letter",
};

export const CREDENTIAL_PROVIDER_NAME: NameRule = {
  pattern: "[a-zA-Z0-9\\-_]+",
  maxLength: 128,
  description: "at most 128 letters, digits, hyphens and underscores",
};

/** CreateGatewayTarget, lambda.lambdaArn, and CreateGateway, interceptor.lambda.arn. */
export const LAMBDA_ARN: NameRule = {
  pattern:
    "arn:(aws[a-zA-Z-]*)?:lambda:([a-z]{2}(-gov)?-[a-z]+-\\d{1}):(\\d{12}):function:([a-zA-Z0-9\\-_.]+)(:(\\$LATEST|[a-zA-Z0-9\\-]+))?",
  maxLength: 170,
  description: "the ARN of a Lambda function",
};

export const WORKLOAD_IDENTITY_NAME: NameRule = {
  pattern: "[A-Za-z0-9_.-]+",
  minLength: 3,
  maxLength: 255,
  description: "3 to 255 letters, digits, dots, hyphens and underscores",
};

/** Repositories of the images that a runtime starts. Amazon ECR itself takes a few names more. */
export const REPOSITORY_NAME: NameRule = {
  pattern: "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*",
  minLength: 2,
  maxLength: 256,
  description:
    "2 to 256 lower-case letters and digits, with single hyphens, underscores, dots and slashes between them",
};

/** Buckets of archives of code. */
export const BUCKET_NAME: NameRule = {
  pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
  minLength: 3,
  maxLength: 63,
  description: "3 to 63 lower-case letters, digits, dots and hyphens",
};

/** CreateGatewayTarget, s3.uri. */
export const S3_URI: NameRule = {
  pattern: "s3://.{1,2043}",
  minLength: 6,
  maxLength: 2_048,
  description: "URIs like s3://BUCKET/KEY",
};

/** CreateGatewayTarget, s3.bucketOwnerAccountId. */
export const ACCOUNT_ID: NameRule = {
  pattern: "[0-9]{12}",
  minLength: 12,
  maxLength: 12,
  description: "the 12 digits of an account",
};

/** `RuntimeContainerUri`. */
export const CONTAINER_URI =
  "(([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?|public\\.ecr\\.aws)/" +
  `(${REPOSITORY_NAME.pattern})(?::([^:@]{1,300}))?(?:@(.+))?`;

const WHOLE_CONTAINER_URI = new RegExp(`^${CONTAINER_URI}$`);

/** What an image's URI is made of; account and region are those of a private repository. */
export interface ContainerUri {
  readonly host: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** @returns undefined for what names no image in Amazon ECR */
export function readContainerUri(uri: string): ContainerUri | undefined {
  const [match, host = "", account, region, , repository = "", tag, digest] = WHOLE_CONTAINER_URI.exec(uri) ?? [];
  return match === undefined ? undefined : { host, account, region, repository, tag, digest };
}

/** Between target and tool in the names that a gateway shows: developer guide, "gateway-tool-naming". */
export const TOOL_NAME_SEPARATOR = "___";

/** A gateway's id: its name in lower case, a hyphen and 10 characters. */
export const GATEWAY_ID: NameRule = {
  pattern: "([0-9a-z][-]?){1,100}-[0-9a-z]{10}",
  minLength: 12,
  maxLength: 111,
  description: 'the id, like "my-gateway-a1b2c3d4e5", not the ARN or the name',
};

/** A runtime's id: its name, a hyphen and 10 characters. */
export const RUNTIME_ID: NameRule = {
  pattern: "[a-zA-Z][a-zA-Z0-9_]{0,99}-[a-zA-Z0-9]{10}",
  minLength: 12,
  maxLength: 111,
  description: 'the id, like "my_tools-a1b2c3d4e5", not the ARN or the name',
};

/** CreateGatewayTarget, agentcoreRuntime.arn. */
export const RUNTIME_ARN: NameRule = {
  pattern: "arn:aws(-[^:]+)?:bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:runtime/[a-zA-Z][a-zA-Z0-9_]{0,47}-[a-zA-Z0-9]{10}",
  maxLength: 170,
  description: "the ARN of an agent runtime",
};

/** The account's workload identities are in it. */
export const WORKLOAD_IDENTITY_DIRECTORY = "workload-identity-directory/default";
