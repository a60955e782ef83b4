import { DOMAIN_HOST_PATTERN } from "../../aws/cognito/endpoints";
import { apiHostPattern, HOST_END } from "../../aws/hosts";
import type { EmulatorOptions } from "../../emulator";
import {
  type Inventory,
  isSymbolicList,
  isSymbolicObject,
  isText,
  matchText,
  type Symbolic,
  type Text,
} from "../../topology";
import { UsageError } from "../errors";

type Instances = Pick<Inventory, "instances">;

/** Hosts of AWS, which nobody has to map. */
const AWS_HOST = new RegExp(`(${HOST_END}|${DOMAIN_HOST_PATTERN})$`);

/** Stages of REST APIs, whose integrations a server of this machine stands for. */
const API_GATEWAY_HOST = new RegExp(`^([a-z0-9]{10}\\.)?${apiHostPattern("execute-api")}$`);

/** What servers, handlers and hosts are given by. */
const COMMAND_OPTIONS = { serverCommands: "--runtime", lambdaHandlers: "--lambda", hosts: "--host" };

/**
 * Refuses a server, a handler or a host for something that the stack does not have: a mistyped name would go unnoticed
 * otherwise. Where the stack does not show all its names before it is deployed, every name is let through.
 *
 * @param called what messages call the options. @default - as the command does
 * @throws UsageError
 */
export function checkNames(
  inventory: Instances,
  options: Pick<EmulatorOptions, "serverCommands" | "lambdaHandlers" | "hosts">,
  called = COMMAND_OPTIONS,
): void {
  const runtimes = [
    ...argumentsOf(inventory, "aws_bedrockagentcore_agent_runtime", "agent_runtime_name"),
    ...existingNames(inventory, EXISTING_RUNTIME),
  ];
  refuseUnknown(called.serverCommands, "runtimes", Object.keys(options.serverCommands ?? {}), runtimes);
  const functions = [
    ...argumentsOf(inventory, "aws_lambda_function", "function_name"),
    ...argumentsOf(inventory, "data.aws_lambda_function", "function_name"),
    ...existingNames(inventory, EXISTING_FUNCTION),
  ];
  refuseUnknown(called.lambdaHandlers, "Lambda functions", Object.keys(options.lambdaHandlers ?? {}), functions);
  const hosts = Object.keys(options.hosts ?? {})
    .map((host) => host.toLowerCase())
    .filter((host) => !API_GATEWAY_HOST.test(host));
  refuseUnknown(called.hosts, "hosts outside of AWS", hosts, hostsOf(inventory));
}

function refuseUnknown(
  option: string,
  kind: string,
  given: readonly string[],
  known: readonly Text[] | undefined,
): void {
  const names = known?.filter((name) => typeof name === "string");
  if (names === undefined || names.length !== known?.length) return;
  const missing = given.find((name) => !names.includes(name));
  if (missing === undefined) return;
  const list = names.length === 0 ? `it has no ${kind}` : `its ${kind} are ${[...new Set(names)].join(", ")}`;
  throw new UsageError(`${option} names '${missing}', which is not in the stack: ${list}.`);
}

function argumentsOf({ instances }: Instances, type: string, argument: string): readonly Text[] {
  return instances
    .filter((instance) => instance.type === type)
    .flatMap(({ arguments: block }) => block.text(argument) ?? []);
}

/** A runtime that is named by its ARN in an endpoint, and a function that is named by its own. */
const EXISTING_RUNTIME = /(?::|%3A)runtime(?:\/|%2F)([a-zA-Z0-9_]+)-[a-zA-Z0-9]{10}(?![a-zA-Z0-9])/g;
const EXISTING_FUNCTION = /:lambda:[^:]*:[^:]*:function:([a-zA-Z0-9_-]+)/g;

/** What targets lead to outside of the stack, and interceptors of gateways. */
function existingNames({ instances }: Instances, pattern: RegExp): string[] {
  const callers = instances.filter(({ type }) => /^aws_bedrockagentcore_gateway(_target)?$/.test(type));
  const texts = JSON.stringify(callers.map(({ arguments: block }) => block.values));
  return Array.from(texts.matchAll(pattern), ([, name = ""]) => name);
}

/** @returns undefined where a discovery document, which is read later, or a variable of an API's URL may name further hosts */
function hostsOf({ instances }: Instances): readonly Text[] | undefined {
  const urls = instances
    .filter(({ type }) => type.startsWith("aws_bedrockagentcore_") || type === "aws_s3_object")
    .flatMap(({ arguments: block }) => urlsIn(block.values));
  const outside = urls.filter(({ host }) => typeof host !== "string" || !AWS_HOST.test(host));
  const isOpen = outside.some(
    ({ argument, host }) => argument === "discovery_url" || (typeof host === "string" && host.includes("{")),
  );
  return isOpen ? undefined : outside.map(({ host }) => host);
}

interface NamedUrl {
  readonly argument: string;
  readonly host: Text;
}

function urlsIn(value: Symbolic, argument = ""): NamedUrl[] {
  if (isSymbolicList(value)) return value.flatMap((item) => urlsIn(item, argument));
  if (isSymbolicObject(value)) return Object.entries(value).flatMap(([name, member]) => urlsIn(member, name));
  // The document of an API, in JSON or YAML.
  if (["payload", "content"].includes(argument) && typeof value === "string") {
    return Array.from(value.matchAll(/https:\/\/([^/?#\s"'\\]+)/g), ([, host = ""]) => ({
      argument,
      host: host.toLowerCase(),
    }));
  }
  const [, host] = (isText(value) && matchText(value, /^https?:\/\/([^/?#]+)/)) || [];
  return host === undefined ? [] : [{ argument, host: typeof host === "string" ? host.toLowerCase() : host }];
}
