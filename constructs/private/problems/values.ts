import { DEFAULT_ENDPOINT } from "../../../aws/agentcore/endpoints";
import { problem, quote } from "./problem";

export const invalidName = (what: string, value: string, rule: string) =>
  problem("NAME_INVALID", `The ${what} ${quote(value)} is not valid: use ${rule}.`);

export const invalidProjectName = (value: unknown, rule: string) =>
  problem("PROJECT_NAME_INVALID", `The project name ${quote(value)} is not valid: use ${rule}.`);

export const unresolvedProjectName = () =>
  problem(
    "PROJECT_NAME_INVALID",
    "The project name is a value that Terraform only knows later, but every resource name is derived from it: " +
      "pass a literal string.",
  );

export const invalidRegion = (value: string) =>
  problem(
    "REGION_INVALID",
    `The region ${quote(value)} is not the name of an AWS region: use a name like "us-east-1".`,
  );

export const lengthOutOfRange = (what: string, length: number, minimum: number, maximum: number) =>
  problem("LENGTH_OUT_OF_RANGE", `The ${what} has ${length} characters: use ${minimum} to ${maximum}.`);

export const tooManyEntries = (what: string, count: number, maximum: number) =>
  problem("TOO_MANY_ENTRIES", `There are ${count} ${what}: use at most ${maximum}.`);

export const addressTaken = (address: string, paths: readonly string[]) =>
  problem(
    "ADDRESS_TAKEN",
    `The Terraform address ${address} stands for more than one element (${paths.join(", ")}): give your own ` +
      "element another construct id or another overrideLogicalId.",
  );

export const shortAddressesTaken = (path: string) =>
  problem(
    "ADDRESS_TAKEN",
    `${path} has the short addresses of the stack already: leave shortAddresses out of one of the two.`,
  );

export const targetNameTaken = (name: string) =>
  problem(
    "NAME_TAKEN",
    `Another target of the gateway is called ${quote(name)} already, and AWS takes the first only: give this one a ` +
      "gatewayTargetName of its own.",
  );

export const valueOutOfRange = (what: string, value: number, minimum: number, maximum: number) =>
  problem("VALUE_OUT_OF_RANGE", `The ${what} is ${value}: use ${minimum} to ${maximum}.`);

export const invalidHeader = (header: string) =>
  problem(
    "HEADER_INVALID",
    `The header ${quote(header)} cannot be passed on to the container: name "Authorization" or a header of your own, ` +
      'for example "X-Tenant".',
  );

export const secretInPlainText = (what: string) =>
  problem(
    "SECRET_IN_PLAIN_TEXT",
    `The ${what} is written in the program, and so would be in the Terraform configuration that it writes: pass ` +
      "the value of a sensitive TerraformVariable, or of a secret that Terraform reads.",
  );

export const invalidArn = (what: string, value: string, example: string) =>
  problem(
    "ARN_INVALID",
    `The ARN of the ${what}, ${quote(value)}, is none of that kind: use one like ${quote(example)}.`,
  );

export const argumentsConflict = (given: string, unused: readonly string[]) =>
  problem(
    "ARGUMENTS_CONFLICT",
    `${given} is given, which leaves nothing to do for ${unused.join(", ")}: leave out one or the other.`,
  );

export const partElsewhere = (part: string, given: string) =>
  problem("PART_ELSEWHERE", `The pattern has no ${part} of its own, because it was given ${given}: use that instead.`);

export const unknownEndpoint = (name: string, known: readonly string[]) =>
  problem(
    "NAME_INVALID",
    `The runtime gets no endpoint ${quote(name)}: name one of ${[DEFAULT_ENDPOINT, ...known].join(", ")}, or add it to endpoints.`,
  );
