import { arn } from "./account";
import { hasLength, isArn, isOneOf, matches } from "../validation/rules";
import { type ResourceFacts, text } from "./facts";

/** `aws_ecr_repository`. */
export const ecrRepository: ResourceFacts = {
  validate: [
    matches("name", /^[a-z0-9]+([._/-][a-z0-9]+)*$/),
    hasLength("name", 2, 256),
    isOneOf("image_tag_mutability", ["MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"]),
  ],
  replacedBy: ["name", "encryption_configuration.encryption_type"],
  assigned: (resource, account) => ({
    id: text(resource, "name"),
    arn: arn(account, "ecr", `repository/${text(resource, "name")}`),
    registry_id: account.id,
    repository_url: `${account.id}.dkr.ecr.${account.region}.amazonaws.com/${text(resource, "name")}`,
  }),
};

/** `aws_ecr_lifecycle_policy`. */
export const ecrLifecyclePolicy: ResourceFacts = {
  replacedBy: ["repository", "policy"],
  assigned: (resource, account) => ({ id: text(resource, "repository"), registry_id: account.id }),
};

/** `aws_cloudwatch_log_group`. */
export const logGroup: ResourceFacts = {
  validate: [matches("name", /^[\w./#-]{1,512}$/)],
  replacedBy: ["name", "name_prefix", "log_group_class"],
  assigned: (resource, account) => ({
    id: text(resource, "name"),
    arn: arn(account, "logs", `log-group:${text(resource, "name")}`),
    log_group_class: "STANDARD",
  }),
};

/** `aws_lambda_function`. */
export const lambdaFunction: ResourceFacts = {
  validate: [matches("function_name", /^[\w:-]{1,140}$/), isArn("role"), isOneOf("package_type", ["Zip", "Image"])],
  replacedBy: ["function_name", "package_type"],
  assigned: (resource, account) => {
    const functionArn = arn(account, "lambda", `function:${text(resource, "function_name")}`);
    const invocations = `path/2015-03-31/functions/${functionArn}/invocations`;
    return {
      id: text(resource, "function_name"),
      arn: functionArn,
      qualified_arn: `${functionArn}:$LATEST`,
      invoke_arn: `arn:${account.partition}:apigateway:${account.region}:lambda:${invocations}`,
      version: "$LATEST",
    };
  },
};

/** `aws_s3_bucket`. */
export const s3Bucket: ResourceFacts = {
  validate: [matches("bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)],
  replacedBy: ["bucket", "bucket_prefix"],
  assigned: (resource, account) => {
    const bucket = typeof resource.bucket === "string" ? resource.bucket : "terraform-20260101000000000000000001";
    return {
      bucket,
      id: bucket,
      arn: `arn:${account.partition}:s3:::${bucket}`,
      bucket_domain_name: `${bucket}.s3.amazonaws.com`,
      bucket_regional_domain_name: `${bucket}.s3.${account.region}.amazonaws.com`,
      bucket_region: account.region,
    };
  },
};

/** `aws_s3_object`. */
export const s3Object: ResourceFacts = {
  validate: [hasLength("key", 1, 1024)],
  replacedBy: ["bucket", "key"],
  assigned: (resource, account) => ({
    id: text(resource, "key"),
    arn: `arn:${account.partition}:s3:::${text(resource, "bucket")}/${text(resource, "key")}`,
    version_id: "null",
  }),
};
