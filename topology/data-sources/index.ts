import { apiHost, dnsSuffix } from "../../aws/hosts";
import { awsManagedPolicyArn } from "./aws-managed-policies";
import { unsupportedReference } from "../errors";
import { policyDocument } from "./policy-document";
import type { Arguments } from "../resources";
import type { ValueObject } from "../language/value";

/** The account and region that a deployment goes to. */
export interface DeploymentEnvironment {
  readonly region: string;
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
}

type DataSource = (args: Arguments, environment: DeploymentEnvironment) => ValueObject;

function callerIdentity({ accountId, partition }: DeploymentEnvironment): ValueObject {
  return { id: accountId, account_id: accountId, user_id: accountId, arn: `arn:${partition}:iam::${accountId}:root` };
}

function partition(name: string): ValueObject {
  const suffix = dnsSuffix(name);
  return { id: name, partition: name, dns_suffix: suffix, reverse_dns_prefix: suffix.split(".").reverse().join(".") };
}

/** `name` is the spelling of provider 5, `region` of provider 6. */
function region(args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const id = args.optionalText("region") ?? args.optionalText("name") ?? environment.region;
  return { id, name: id, region: id, endpoint: apiHost("ec2", id) };
}

/** Looked up by its ARN, or by the name of one of AWS's own. */
function managedPolicy(args: Arguments, { partition }: DeploymentEnvironment): ValueObject {
  const arn = args.optionalText("arn") ?? awsManagedPolicyArn(args.text("name"), partition);
  return { id: arn, arn, name: arn.split("/").at(-1) ?? "" };
}

const DATA_SOURCES: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  ["aws_region", region],
  ["aws_caller_identity", (_, environment) => callerIdentity(environment)],
  ["aws_partition", (_, environment) => partition(environment.partition)],
  ["aws_iam_policy", managedPolicy],
  ["aws_iam_policy_document", (args) => policyDocument(args)],
]);

export function hasDataSource(type: string): boolean {
  return DATA_SOURCES.has(type);
}

/** What a data source answers to its arguments. */
export function readDataSource(type: string, args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const read = DATA_SOURCES.get(type);
  if (read === undefined) throw unsupportedReference(args.address, args.address, type);
  return read(args, environment);
}
