// topology/data-sources/: what data sources answer.
import { apiHost, dnsSuffix } from "../../aws/hosts";
import { awsManagedPolicyArn } from "./aws-managed-policies";
import { unknownState, unsupportedReference } from "../errors";
import type { DataSource, DeploymentEnvironment } from "./data-source";
import { policyDocument } from "./iam-policy-document";
import { OTHER_RESOURCES } from "./other-resources";
import { RANDOM_PROVIDER } from "./random-provider";
import { STAND_INS } from "./stand-ins";
import type { Arguments } from "../arguments/arguments";
import { isObject, type ValueObject } from "../language/value";

export type { DeploymentEnvironment } from "./data-source";

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

/** Looked up by its ARN, or by its name: one of AWS's own, or else the account's. */
function managedPolicy(args: Arguments, { partition, accountId }: DeploymentEnvironment): ValueObject {
  const arn = args.optionalText("arn") ?? policyArn(args.text("name"), partition, accountId);
  return { id: arn, arn, name: arn.split("/").at(-1) ?? "" };
}

function policyArn(name: string, partition: string, accountId: string): string {
  return awsManagedPolicyArn(name, partition) ?? `arn:${partition}:iam::${accountId}:policy/${name}`;
}

/** The outputs of another configuration, which is deployed together with this one. */
function remoteState(args: Arguments, { remoteState: find }: DeploymentEnvironment): ValueObject {
  const [backend, config = {}, defaults = {}] = [args.text("backend"), args.value("config"), args.value("defaults")];
  const outputs = isObject(config) ? find?.(backend, config) : undefined;
  if (outputs === undefined) throw unknownState(args.address);
  return { backend, config, outputs: isObject(defaults) ? { ...defaults, ...outputs } : outputs };
}

/** By their types in an inventory, where a data source is told from a resource. A resource of no service here answers, too. */
const DATA_SOURCES: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  ["data.aws_region", region],
  ["data.aws_caller_identity", (_, environment) => callerIdentity(environment)],
  ["data.aws_partition", (_, environment) => partition(environment.partition)],
  ["data.aws_iam_policy", managedPolicy],
  ["data.aws_iam_policy_document", (args) => policyDocument(args)],
  ["data.terraform_remote_state", remoteState],
  ...RANDOM_PROVIDER,
]);

export function hasDataSource(type: string): boolean {
  return DATA_SOURCES.has(type) || isStandIn(type);
}

/** Whether what it answers is made up: nothing is looked up outside of the configuration, and nothing created. */
export function isStandIn(type: string): boolean {
  return STAND_INS.has(type) || OTHER_RESOURCES.has(type);
}

export function isOfRandomProvider(type: string): boolean {
  return RANDOM_PROVIDER.has(type);
}

/** What a data source answers to its arguments. */
export function readDataSource(type: string, args: Arguments, environment: DeploymentEnvironment): ValueObject {
  const read = DATA_SOURCES.get(type) ?? STAND_INS.get(type) ?? OTHER_RESOURCES.get(type);
  if (read === undefined) throw unsupportedReference(args.address, args.address, type);
  return read(args, environment);
}
