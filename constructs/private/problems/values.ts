import { DEFAULT_ENDPOINT } from "../../../aws/agentcore/endpoints";
import type { Problem } from "../errors";
import { quote } from "./quote";

export function invalidName(what: string, value: string, rule: string): Problem {
  return { code: "NAME_INVALID", message: `The ${what} ${quote(value)} is not valid: use ${rule}.` };
}

export function invalidProjectName(value: string, rule: string): Problem {
  return { code: "PROJECT_NAME_INVALID", message: `The project name ${quote(value)} is not valid: use ${rule}.` };
}

export function unresolvedProjectName(): Problem {
  return {
    code: "PROJECT_NAME_INVALID",
    message:
      "The project name is a value that Terraform only knows later, but every resource name is derived from it: " +
      "pass a literal string.",
  };
}

export function invalidRegion(value: string): Problem {
  return {
    code: "REGION_INVALID",
    message: `The region ${quote(value)} is not the name of an AWS region: use a name like "us-east-1".`,
  };
}

export function lengthOutOfRange(what: string, length: number, minimum: number, maximum: number): Problem {
  return {
    code: "LENGTH_OUT_OF_RANGE",
    message: `The ${what} has ${length} characters: use ${minimum} to ${maximum}.`,
  };
}

export function tooManyEntries(what: string, count: number, maximum: number): Problem {
  return { code: "TOO_MANY_ENTRIES", message: `There are ${count} ${what}: use at most ${maximum}.` };
}

export function addressTaken(address: string, paths: readonly string[]): Problem {
  return {
    code: "ADDRESS_TAKEN",
    message:
      `The Terraform address ${address} stands for more than one element (${paths.join(", ")}): give your own ` +
      "element another construct id or another overrideLogicalId.",
  };
}

export function shortAddressesTaken(path: string): Problem {
  return {
    code: "ADDRESS_TAKEN",
    message: `${path} has the short addresses of the stack already: leave shortAddresses out of one of the two.`,
  };
}

export function targetNameTaken(name: string): Problem {
  return {
    code: "NAME_TAKEN",
    message:
      `Another target of the gateway is called ${quote(name)} already, and AWS takes the first only: give this one a ` +
      "gatewayTargetName of its own.",
  };
}

export function valueOutOfRange(what: string, value: number, minimum: number, maximum: number): Problem {
  return { code: "VALUE_OUT_OF_RANGE", message: `The ${what} is ${value}: use ${minimum} to ${maximum}.` };
}

export function invalidHeader(header: string): Problem {
  return {
    code: "HEADER_INVALID",
    message:
      `The header ${quote(header)} cannot be passed on to the container: name "Authorization" or a header of your own, ` +
      'for example "X-Tenant".',
  };
}

export function secretInPlainText(what: string): Problem {
  return {
    code: "SECRET_IN_PLAIN_TEXT",
    message:
      `The ${what} is written in the program, and so would be in the Terraform configuration that it writes: pass ` +
      "the value of a sensitive TerraformVariable, or of a secret that Terraform reads.",
  };
}

export function invalidArn(what: string, value: string, example: string): Problem {
  return {
    code: "ARN_INVALID",
    message: `The ARN of the ${what}, ${quote(value)}, is none of that kind: use one like ${quote(example)}.`,
  };
}

export function argumentsConflict(given: string, unused: readonly string[]): Problem {
  return {
    code: "ARGUMENTS_CONFLICT",
    message: `${given} is given, which leaves nothing to do for ${unused.join(", ")}: leave out one or the other.`,
  };
}

export function partElsewhere(part: string, given: string): Problem {
  return {
    code: "PART_ELSEWHERE",
    message: `The pattern has no ${part} of its own, because it was given ${given}: use that instead.`,
  };
}

export function unknownEndpoint(name: string, known: readonly string[]): Problem {
  return {
    code: "NAME_INVALID",
    message: `The runtime gets no endpoint ${quote(name)}: name one of ${[DEFAULT_ENDPOINT, ...known].join(", ")}, or add it to endpoints.`,
  };
}
