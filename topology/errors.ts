import { describePosition, type Position } from "./position";

/** What can be wrong with a configuration. The codes are stable: callers may tell errors apart by them. */
export type TopologyErrorCode =
  | "SOURCE_NOT_FOUND"
  | "SOURCE_UNREADABLE"
  | "SOURCE_TOO_LARGE"
  | "SEVERAL_STACKS"
  | "NO_CONFIGURATION"
  | "NOT_JSON"
  | "NOT_HCL"
  | "NOT_A_CONFIGURATION"
  | "NOT_A_PLAN"
  | "DAMAGED_PLAN"
  | "UNSUPPORTED_PLAN_FORMAT"
  | "UNUSABLE_PLAN"
  | "HIDDEN_VALUE"
  | "INVALID_CONFIGURATION"
  | "DUPLICATE_ADDRESS"
  | "DANGLING_REFERENCE"
  | "REFERENCE_CYCLE"
  | "UNSUPPORTED_REFERENCE"
  | "UNSUPPORTED_ARGUMENT"
  | "UNSUPPORTED_RESOURCE"
  | "UNSUPPORTED_REPETITION"
  | "UNSUPPORTED_REGION"
  | ExpressionErrorCode
  | "MISSING_VARIABLE"
  | "UNDECLARED_VARIABLE"
  | "NOT_OF_THIS_PLAN"
  | "OPTION_UNUSABLE"
  | "MISSING_ARGUMENT"
  | "INVALID_ARGUMENT"
  | "NOT_CREATED";

/** A configuration that cannot be used. Its message is one sentence that says where, what and what to do. */
export class TopologyError extends Error {
  override readonly name = "TopologyError";

  constructor(
    readonly code: TopologyErrorCode,
    message: string,
    /** The Terraform address of the block at fault, where there is one. */
    readonly address?: string,
  ) {
    super(message);
  }

  /** Where that block begins, once it is known. */
  position?: Position;

  /** The message, after the place of the block. */
  get sentence(): string {
    return this.position === undefined ? this.message : `${describePosition(this.position)}: ${this.message}`;
  }
}

/** Does what may fail on a block, and says then where the block begins. */
export function withPositions<T>(positionOf: (address: string) => Position | undefined, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TopologyError && error.address !== undefined) error.position ??= positionOf(error.address);
    throw error;
  }
}

const MAX_QUOTED_CHARACTERS = 200;

function quote(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= MAX_QUOTED_CHARACTERS ? flat : `${flat.slice(0, MAX_QUOTED_CHARACTERS)}…`;
}

export const sourceNotFound = (path: string) =>
  new TopologyError(
    "SOURCE_NOT_FOUND",
    `${path} does not exist; give a cdktf.out folder, a folder with *.tf or *.tf.json files, one such file or a plan.`,
  );

export const sourceUnreadable = (path: string, reason: string) =>
  new TopologyError("SOURCE_UNREADABLE", `${path} cannot be read: ${reason}.`);

export const sourceTooLarge = (path: string, bytes: number, limit: number) =>
  new TopologyError("SOURCE_TOO_LARGE", `${path} has ${bytes} bytes, more than the ${limit} that are read.`);

export const severalStacks = (path: string, folders: readonly string[]) =>
  new TopologyError(
    "SEVERAL_STACKS",
    `${path} holds ${folders.length} stacks; name the folder of one: ${folders.join(", ")}.`,
  );

export const noConfiguration = (path: string) =>
  new TopologyError(
    "NO_CONFIGURATION",
    `${path} holds no *.tf or *.tf.json file; synthesize the stack first or name its folder.`,
  );

export const notJson = (path: string, line: number, column: number) =>
  new TopologyError("NOT_JSON", `${path} is not JSON: it goes wrong at line ${line}, column ${column}.`);

/** @param place - the file and the line */
export const notHcl = (place: string, reason: string) =>
  new TopologyError("NOT_HCL", `${place} is not HCL: ${quote(reason.replace(/\.$/, ""))}.`);

/** @param place - the file and the line */
export function nestsTooDeep(place: string, levels: number): TopologyError {
  return notAConfiguration(place, `it nests more than ${levels} levels deep`);
}

export const notAConfiguration = (path: string, reason: string) =>
  new TopologyError("NOT_A_CONFIGURATION", `${path} is not a Terraform configuration: ${reason}.`);

/** Something else that Terraform writes, with the way to a plan. */
export const notAPlan = (path: string, what: string) =>
  new TopologyError(
    "NOT_A_PLAN",
    `${path} is ${what}; make a plan with "terraform plan -out=tfplan" and give what "terraform show -json tfplan" prints.`,
  );

export const damagedPlan = (path: string, reason: string) =>
  new TopologyError(
    "DAMAGED_PLAN",
    `${path} is no whole plan: ${reason}; give all of what "terraform show -json tfplan" prints.`,
  );

export const damagedState = (path: string, reason: string) =>
  new TopologyError(
    "DAMAGED_PLAN",
    `${path} is no whole state: ${reason}; give all of what "terraform show -json" prints.`,
  );

export const unsupportedPlanFormat = (path: string, version: string) =>
  new TopologyError("UNSUPPORTED_PLAN_FORMAT", `${path} is a plan of format ${quote(version)}; format 1 is read.`);

/** A plan that can be read, but of which no system can be deployed. */
export const unusablePlan = (path: string, reason: string, advice: string) =>
  new TopologyError("UNUSABLE_PLAN", `${path} is a plan that ${reason}; ${advice}.`);

/** An argument whose text a plan does not show, and that can mean more than one thing. */
export const hiddenValue = (address: string, argument: string, reason: string) =>
  new TopologyError(
    "HIDDEN_VALUE",
    `${address}: the plan hides the text of ${argument}, and ${reason}; refer to the resource in the argument itself, or give Terraform JSON or a plan made after the apply.`,
    address,
  );

export const invalidConfiguration = (address: string, reason: string) =>
  new TopologyError("INVALID_CONFIGURATION", `${address}: ${reason}.`, address);

export const duplicateAddress = (address: string, path: string) =>
  new TopologyError("DUPLICATE_ADDRESS", `${address} is declared a second time in ${path}.`, address);

export const danglingReference = (address: string, target: string) =>
  new TopologyError("DANGLING_REFERENCE", `${address} refers to ${target}, which is not declared.`, address);

export function referenceCycle(addresses: readonly string[]): TopologyError {
  const path = [...addresses, addresses[0]].join(" → ");
  return new TopologyError("REFERENCE_CYCLE", `These refer to each other in a circle: ${path}.`, addresses[0]);
}

/** @param member - what is needed of the target, such as `id`, which can be told of a data source */
export function unsupportedReference(address: string, target: string, type: string, member?: string): TopologyError {
  const [kind, advice] = type.startsWith("data.")
    ? [type.slice("data.".length), `; ${answerAdvice(target, member)}`]
    : [type, ""];
  return new TopologyError(
    "UNSUPPORTED_REFERENCE",
    `${address} needs a value of ${target}, but the kind ${kind} is not supported${advice}.`,
    address,
  );
}

/** @param reason - why there is nothing of a module, such as that nobody has fetched it */
export const missingModule = (address: string, target: string, reason: string) =>
  new TopologyError("UNSUPPORTED_REFERENCE", `${address} needs a value of ${target}, but ${reason}.`, address);

/** A data source that answers, but not with this. */
export const unanswered = (address: string, target: string, member: string) =>
  new TopologyError(
    "UNSUPPORTED_REFERENCE",
    `${address} needs ${member} of ${target}, with which it does not answer here; ${answerAdvice(target, member)}.`,
    address,
  );

/** The state of a configuration that is not deployed here. */
export const unknownState = (address: string) =>
  new TopologyError(
    "UNSUPPORTED_REFERENCE",
    `${address} reads the state of a stack that is not deployed with this one; give the cdktf.out with both, or ${answerAdvice(address, "outputs")}.`,
    address,
  );

/** An error in one of several stacks. */
export function inStack(stack: string, { code, message, address, position }: TopologyError): TopologyError {
  const prefixed = address === undefined ? undefined : `${stack}/${address}`;
  return placedAt(position, new TopologyError(code, `${stack}: ${message}`, prefixed));
}

function placedAt(position: Position | undefined, error: TopologyError): TopologyError {
  error.position = position;
  return error;
}

/** An expression that fails on a text that stands in for the one of a data source. */
export function madeUpFailure(
  { code, message, address, position }: TopologyError,
  target: string,
  member: string,
): TopologyError {
  const sentence = `${message.replace(/\.$/, "")}, where a stand-in answers; ${answerAdvice(target, member)}.`;
  return placedAt(position, new TopologyError(code, sentence, address));
}

/** How to say what a data source answers. */
export function answerAdvice(address: string, member?: string): string {
  const [root = ""] = (member ?? "").split(/[.[]/);
  return `say what it answers with --data '${address}={${root === "" ? "…" : `"${root}": …`}}'`;
}

/** An answer for what is no data source of the source's, and no resource that is not created. */
export function unknownDataSource(address: string, known: readonly string[]): TopologyError {
  const there = known.length === 0 ? "it has none" : `there are ${quote(known.join(", "))}`;
  return new TopologyError(
    "OPTION_UNUSABLE",
    `--data names ${address}, which is no data source or made-up resource of the stack: ${there}.`,
  );
}

export const unsupportedAttribute = (address: string, reference: string) =>
  new TopologyError(
    "UNSUPPORTED_REFERENCE",
    `${address} needs ${reference}, an attribute that is not supported.`,
    address,
  );

/** Terraform, too, plans no instances whose keys it does not know. @param argument - `for_each` or `count` */
export function unknownRepetition(address: string, argument: string, madeOf: readonly string[]): TopologyError {
  const of = madeOf.length === 0 ? "" : ` is made of ${quote(madeOf.join(", "))}, which`;
  const advice = argument === "for_each" ? "use keys that are written out" : "use a number that is written out";
  return new TopologyError(
    "UNSUPPORTED_REPETITION",
    `${address}: its ${argument}${of} cannot be determined until apply, so its instances are not known; ${advice}.`,
    address,
  );
}

export const stackElsewhere = (name: string, region: string, expected: string) =>
  new TopologyError(
    "UNSUPPORTED_REGION",
    `${name} is in region ${region}, and another stack is in ${expected}: name the folder of one, such as cdktf.out/stacks/${name}.`,
  );

export const unsupportedRegion = (address: string, region: string, expected: string) =>
  new TopologyError(
    "UNSUPPORTED_REGION",
    `${address} is in region ${region}, but the aws provider is in ${expected}; one region is supported.`,
    address,
  );

export type ExpressionErrorCode =
  | "INVALID_EXPRESSION"
  | "UNSUPPORTED_EXPRESSION"
  | "UNKNOWN_FUNCTION"
  | "EXPRESSION_FAILED"
  | "OVER_BUDGET";

export function expressionFailed(
  address: string,
  code: ExpressionErrorCode,
  expression: string | undefined,
  reason: string,
): TopologyError {
  const subject = expression === undefined ? "" : ` cannot evaluate "${quote(expression)}"`;
  return new TopologyError(code, `${address}${subject}: ${quote(reason)}.`.replace(/…\.$/, "…"), address);
}

/** @param all - every variable without a value, so that nobody gets to know them one by one */
export const missingVariable = (address: string, all: readonly string[]) => {
  const missing = [...new Set([address, ...all])];
  const inOrder = (textOf: (name: string) => string): string[] =>
    missing.map((each) => textOf(each.slice("var.".length)));
  const options = inOrder((name) => `-var ${name}=VALUE`).join(" ");
  const [what, it] = missing.length === 1 ? ["has", "it a value"] : ["have", "them values"];
  return new TopologyError(
    "MISSING_VARIABLE",
    `${inWords(missing)} ${what} no default; give ${it} with ${options}, with ${inWords(inOrder((name) => `TF_VAR_${name}`))} in the environment, or in a terraform.tfvars beside the configuration.`,
    address,
  );
};

function inWords(names: readonly string[]): string {
  const [last = "", ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}

/** An option that goes with another kind of document. */
export const notForThis = (path: string, kind: string, option: string, reason: string) =>
  new TopologyError("OPTION_UNUSABLE", `${path} is ${kind}, with which ${option} cannot be used: ${reason}.`);

/** A plan beside a configuration that it was not made of. */
export const notOfThisPlan = (address: string, reason: string) =>
  new TopologyError(
    "NOT_OF_THIS_PLAN",
    `${address}: ${reason}; give the configuration that the plan was made of.`,
    address,
  );

export const undeclaredVariable = (name: string) =>
  new TopologyError(
    "UNDECLARED_VARIABLE",
    `var.${name} is given a value with -var, but the root module declares no such variable.`,
    `var.${name}`,
  );

export const invalidVariableFile = (path: string, name: string, reason: string) =>
  new TopologyError("INVALID_CONFIGURATION", `${path} gives ${name} no plain value: ${quote(reason)}.`, `var.${name}`);

export const missingArgument = (address: string, argument: string) =>
  new TopologyError("MISSING_ARGUMENT", `${address} lacks the required argument ${argument}.`, address);

export const invalidArgument = (address: string, argument: string, reason: string) =>
  new TopologyError("INVALID_ARGUMENT", `${address}: the argument ${argument} ${quote(reason)}.`, address);

/** An argument that is not supported, without which the resource can be. */
export const unsupportedArgument = (address: string, argument: string, reason: string) =>
  new TopologyError("UNSUPPORTED_ARGUMENT", invalidArgument(address, argument, reason).message, address);

/** A resource that cannot be without one of its arguments, which is not supported. */
export const unsupportedResource = (address: string, argument: string, reason: string) =>
  new TopologyError("UNSUPPORTED_RESOURCE", invalidArgument(address, argument, reason).message, address);

const UNSUPPORTED: readonly TopologyErrorCode[] = [
  "UNSUPPORTED_REFERENCE",
  "UNSUPPORTED_ARGUMENT",
  "UNSUPPORTED_RESOURCE",
];

/** Whether an error is about what is right for Terraform and AWS, and cannot be deployed here. */
export function isUnsupported(error: unknown): error is TopologyError {
  return error instanceof TopologyError && UNSUPPORTED.includes(error.code);
}

/** What an error says, without the address of the block that it is about. */
export function reasonOf({ message, address = "" }: TopologyError): string {
  if (message.startsWith(`${address}: `)) return message.slice(`${address}: `.length);
  return message.startsWith(`${address} `) ? `it ${message.slice(`${address} `.length)}` : message;
}

export const notCreated = (address: string, target: string) =>
  new TopologyError("NOT_CREATED", `${address} needs a value of ${target}, which is not created yet.`, address);
