import { apiHost, globalHost, registryHost, repositoryUrl } from "../../aws/hosts";
import { defaultDomain, issuerUrl } from "../../aws/cognito/endpoints";
import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";
import type { Arguments } from "../arguments/arguments";
import { answerAdvice } from "../errors";
import type { ValueObject } from "../language/value";
import { arnOf, type DataSource, type DeploymentEnvironment } from "./data-source";
import { HEX, madeUp } from "./made-up";

/**
 * By their types in an inventory, what stands in for objects that exist outside of a configuration, under the names of the AWS provider's documentation:
 * what their arguments tell, ARNs of AWS's forms, and ids made of their names, the same each time.
 */
export const STAND_INS: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  ["data.aws_iam_role", role],
  ["data.aws_lambda_function", lambdaFunction],
  ["data.aws_s3_bucket", bucket],
  ["data.aws_ssm_parameter", parameter],
  ["data.aws_secretsmanager_secret", secret],
  ["data.aws_secretsmanager_secret_version", secretVersion],
  ["data.aws_cognito_user_pools", userPools],
  ["data.aws_cognito_user_pool", userPool],
  ["data.aws_cognito_user_pool_clients", userPoolClients],
  ["data.aws_cognito_user_pool_client", userPoolClient],
  ["data.aws_ecr_repository", repository],
  ["data.aws_ecr_image", image],
  ["data.aws_ecr_authorization_token", authorizationToken],
  [
    "data.aws_availability_zones",
    (_, { region }) => ({ id: region, names: ["a", "b", "c"].map((zone) => region + zone) }),
  ],
  ["data.aws_bedrock_foundation_model", foundationModel],
  ["data.aws_dynamodb_table", named("name", "dynamodb", "table/")],
  ["data.aws_sns_topic", named("name", "sns")],
  ["data.aws_sqs_queue", named("name", "sqs")],
  ["data.aws_cloudwatch_log_group", named("name", "logs", "log-group:")],
  ["data.aws_kms_key", named("key_id", "kms", "key/")],
]);

/** Of what is made up, the attribute that somebody may answer instead. */
const ANSWERED = { value: "value", secret: "secret_string" } as const;

/** A text that says whose it is. */
function madeUpText(kind: keyof typeof ANSWERED, address: string): string {
  return `${kind}-of-${address}`;
}

/** How to answer for the data source that a made-up text in a message is of; undefined where there is none. */
export function standInAdvice(message: string): string | undefined {
  const found = /\b(value|secret)-of-((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*data\.\w+\.[\w-]+(?:\[[^\]]*\])?)/.exec(
    message,
  );
  const [, kind, address = ""] = found ?? [];
  if (kind === undefined) return undefined;
  return `a stand-in answers for ${address}: ${answerAdvice(address, ANSWERED[kind as keyof typeof ANSWERED])}`;
}

/** A kind that is looked up by its name alone. */
function named(argument: string, service: string, prefix = ""): DataSource {
  return (args, environment) => {
    const name = args.text(argument);
    return { id: name, name, [argument]: name, arn: arnOf(environment, service, prefix + name) };
  };
}

function role(args: Arguments, { partition, accountId }: DeploymentEnvironment): ValueObject {
  const name = args.text("name");
  return {
    id: name,
    name,
    arn: `arn:${partition}:iam::${accountId}:role/${name}`,
    path: "/",
    unique_id: `AROA${madeUp(name, 17).toUpperCase()}`,
    assume_role_policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: SERVICE_PRINCIPAL }, Action: "sts:AssumeRole" }],
    }),
  };
}

/** `function_name` may be an ARN, with or without a qualifier. */
function lambdaFunction(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const given = args.text("function_name");
  const name = given.startsWith("arn:") ? (given.split(":")[6] ?? "") : (given.split(":")[0] ?? "");
  const version = args.optionalText("qualifier") ?? "$LATEST";
  const arn = given.startsWith("arn:")
    ? given.split(":").slice(0, 7).join(":")
    : arnOf(environment, "lambda", `function:${name}`);
  return { id: name, function_name: name, arn, version, qualified_arn: `${arn}:${version}` };
}

function bucket(args: Arguments, { partition, region }: DeploymentEnvironment): ValueObject {
  const name = args.text("bucket");
  return {
    id: name,
    bucket: name,
    arn: `arn:${partition}:s3:::${name}`,
    region,
    bucket_region: region,
    bucket_domain_name: globalHost(`${name}.s3`),
    bucket_regional_domain_name: apiHost(`${name}.s3`, region),
  };
}

/** What it holds nobody knows: a text that says whose it is. */
function parameter(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const name = args.text("name");
  const value = madeUpText("value", args.address);
  const arn = arnOf(environment, "ssm", `parameter/${name.replace(/^\//, "")}`);
  return { id: name, name, arn, type: "String", version: 1, value, insecure_value: value };
}

function secret(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const arn = args.optionalText("arn");
  const name = arn === undefined ? args.text("name") : (arn.split(":")[6] ?? "").replace(/-[^-]{6}$/, "");
  const own = arn ?? arnOf(environment, "secretsmanager", `secret:${name}-${madeUp(name, 6)}`);
  return { id: own, arn: own, name };
}

/** What it holds nobody knows: a text that says whose it is. */
function secretVersion(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const id = args.text("secret_id");
  const versionId = args.optionalText("version_id") ?? "00000000-0000-4000-8000-000000000000";
  const arn = id.startsWith("arn:") ? id : arnOf(environment, "secretsmanager", `secret:${id}-${madeUp(id, 6)}`);
  const held = { secret_string: madeUpText("secret", args.address), version_id: versionId };
  return { id: `${id}|${versionId}`, secret_id: id, arn, ...held, version_stages: ["AWSCURRENT"] };
}

/** A pool of another region than the account's says so in its id. */
function userPoolArn(userPoolId: string, environment: DeploymentEnvironment): string {
  const [region = environment.region] = userPoolId.split("_");
  return arnOf({ ...environment, region }, "cognito-idp", `userpool/${userPoolId}`);
}

/** As many pools may have one name, the provider answers with lists; here it is one. */
function userPools(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const name = args.text("name");
  const id = `${environment.region}_${madeUp(name, 9)}`;
  return { id: name, name, ids: [id], arns: [userPoolArn(id, environment)] };
}

function userPool(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const id = args.text("user_pool_id");
  const [region = environment.region] = id.split("_");
  const endpoint = issuerUrl(region, id).replace("https://", "");
  const domain = defaultDomain(id);
  return { id, user_pool_id: id, name: id, arn: userPoolArn(id, environment), endpoint, domain };
}

function userPoolClients(args: Arguments): ValueObject {
  const id = args.text("user_pool_id");
  const clientId = madeUp(id, 26);
  return { id, user_pool_id: id, client_ids: [clientId], client_names: [clientId] };
}

function userPoolClient(args: Arguments): ValueObject {
  const id = args.text("client_id");
  const userPoolId = args.text("user_pool_id");
  return { id, client_id: id, user_pool_id: userPoolId, name: id, client_secret: madeUp(id, 51) };
}

function repository(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const name = args.text("name");
  const registryId = args.optionalText("registry_id") ?? environment.accountId;
  const own = { ...environment, accountId: registryId };
  const url = repositoryUrl(registryId, environment.region, name);
  return {
    id: name,
    name,
    registry_id: registryId,
    arn: arnOf(own, "ecr", `repository/${name}`),
    repository_url: url,
    most_recent_image_tags: ["latest"],
  };
}

function image(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const region = args.optionalText("region") ?? environment.region;
  const name = args.text("repository_name");
  const registryId = args.optionalText("registry_id") ?? environment.accountId;
  const tag = args.optionalText("image_tag") ?? "latest";
  const digest = args.optionalText("image_digest") ?? `sha256:${madeUp(`${name}:${tag}`, 64, HEX)}`;
  return {
    id: digest,
    registry_id: registryId,
    repository_name: name,
    image_digest: digest,
    image_tag: tag,
    image_tags: [tag],
    image_uri: `${repositoryUrl(registryId, region, name)}@${digest}`,
  };
}

function authorizationToken(args: Arguments, { region, accountId }: DeploymentEnvironment): ValueObject {
  const registryId = args.optionalText("registry_id") ?? accountId;
  const host = registryHost(registryId, region);
  const password = madeUp(args.address, 32);
  const token = Buffer.from(`AWS:${password}`).toString("base64");
  return { id: region, proxy_endpoint: `https://${host}`, user_name: "AWS", password, authorization_token: token };
}

function foundationModel(args: Arguments, { partition, region }: DeploymentEnvironment): ValueObject {
  const id = args.text("model_id");
  return { id, model_id: id, model_arn: `arn:${partition}:bedrock:${region}::foundation-model/${id}` };
}
