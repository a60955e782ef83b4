import { GET_SECRET, INVOKE_FUNCTION, LOG_IN_TO_REGISTRY, PULL_IMAGE } from "../../aws/agentcore/actions";
import { member, type ValueObject } from "../language/value";

const allow = (actions: readonly string[], resource = "*"): ValueObject => ({
  Effect: "Allow",
  Action: actions,
  Resource: resource,
});
const PULL_IMAGES = [allow([LOG_IN_TO_REGISTRY, ...PULL_IMAGE])];
/** What these allow, AgentCore does not ask for. */
const NOTHING_HERE: readonly ValueObject[] = [];

/**
 * Policies of AWS that roles of runtimes, gateways and Lambda functions are given, by path and name. Of their statements
 * only those stand here that allow what AgentCore does in a role's name; as of August 2026 (zoph-io/MAMIP, `policies/`).
 */
const STATEMENTS: Readonly<Record<string, readonly ValueObject[]>> = {
  AdministratorAccess: [allow(["*"])],
  PowerUserAccess: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
  BedrockAgentCoreFullAccess: [
    allow(["bedrock-agentcore:*"], "arn:aws:bedrock-agentcore:*:*:*"),
    allow([GET_SECRET], "arn:aws:secretsmanager:*:*:secret:bedrock-agentcore*"),
  ],
  AmazonEC2ContainerRegistryFullAccess: [allow(["ecr:*"])],
  AmazonEC2ContainerRegistryPowerUser: PULL_IMAGES,
  AmazonEC2ContainerRegistryReadOnly: PULL_IMAGES,
  AmazonEC2ContainerRegistryPullOnly: PULL_IMAGES,
  SecretsManagerReadWrite: [allow(["secretsmanager:*"])],
  AWSLambda_FullAccess: [allow(["lambda:*"])],
  "service-role/AWSLambdaRole": [allow([INVOKE_FUNCTION])],
  "service-role/AWSLambdaBasicExecutionRole": NOTHING_HERE,
  "service-role/AWSLambdaVPCAccessExecutionRole": NOTHING_HERE,
  AWSXRayDaemonWriteAccess: NOTHING_HERE,
  AWSXrayWriteOnlyAccess: NOTHING_HERE,
  AmazonBedrockFullAccess: NOTHING_HERE,
  CloudWatchLogsFullAccess: NOTHING_HERE,
};

export const AWS_POLICY = /^arn:[^:]+:iam::aws:policy\/(.+)$/;

/** A policy that AWS manages, whether or not it is known here. */
export function isAwsManagedPolicy(arn: string): boolean {
  return AWS_POLICY.test(arn);
}

/** The JSON of a policy that AWS manages, as far as it concerns AgentCore; undefined for one that is not known here. */
export function awsManagedPolicy(arn: string): string | undefined {
  const [, name = ""] = AWS_POLICY.exec(arn) ?? [];
  const statements = member(STATEMENTS, name);
  return statements && JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** How AWS calls most of those that are not known here. */
const NAME_OF_AWS = /^(AWS|Amazon)/;

/** The ARN of a policy that AWS manages, by its name alone; undefined for a name that is none of AWS's. */
export function awsManagedPolicyArn(name: string, partition: string): string | undefined {
  const known = Object.keys(STATEMENTS).find((each) => each.split("/").at(-1) === name);
  const pathAndName = known ?? (NAME_OF_AWS.test(name) ? name : undefined);
  return pathAndName === undefined ? undefined : `arn:${partition}:iam::aws:policy/${pathAndName}`;
}
