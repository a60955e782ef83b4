import type { IConstruct } from "constructs";

/** Stable names of everything that the constructs refuse. */
export type ErrorCode =
  | "ADDRESS_TAKEN"
  | "ARGUMENTS_CONFLICT"
  | "ARN_INVALID"
  | "AUTHORIZATION_MISMATCH"
  | "BUILD_CONTEXT_INVALID"
  | "CALLBACK_URL_INVALID"
  | "CLAIM_INVALID"
  | "CLIENT_MISSING"
  | "CODE_INVALID"
  | "CONTAINER_URI_INVALID"
  | "CREDENTIAL_NOT_ACCEPTED"
  | "CREDENTIAL_PROVIDER_COUNT"
  | "DISCOVERY_URL_INVALID"
  | "ENDPOINT_INVALID"
  | "FRAMEWORK_MISMATCH"
  | "HEADER_INVALID"
  | "JWT_ALLOW_LIST_MISSING"
  | "LENGTH_OUT_OF_RANGE"
  | "LIST_EXPECTED"
  | "NAME_INVALID"
  | "NAME_TAKEN"
  | "OPTION_INVALID"
  | "OPTION_MISSING"
  | "OPTION_UNKNOWN"
  | "PART_ELSEWHERE"
  | "PROJECT_NAME_INVALID"
  | "PROTOCOL_MISMATCH"
  | "PROVIDER_TOO_OLD"
  | "REGION_INVALID"
  | "REVIEW_FINDING"
  | "SCHEMA_INVALID"
  | "SCOPES_INVALID"
  | "SECRET_IN_PLAIN_TEXT"
  | "TOO_MANY_ENTRIES"
  | "VALUE_OUT_OF_RANGE";

/** One thing that is wrong: what it is, the value that was given, and what to do about it. */
export interface Problem {
  /** Stable, for programs. */
  readonly code: ErrorCode;
  /** For people: what is wrong, the value, and what to do. */
  readonly message: string;
  /** Path of the construct that was given the value. */
  readonly constructPath?: string;
}

/**
 * Thrown when constructs are given values that AWS or Terraform would refuse later: at construction when nothing can be
 * built from the value, otherwise by `app.synth()`, for everything that is wrong with a stack at once.
 *
 * `code` and `constructPath` are the first problem's.
 */
export class ValidationError extends Error {
  /** Always "ValidationError". */
  public override readonly name = "ValidationError";
  /** Code of the first problem. */
  public readonly code: ErrorCode;
  /** Path of the construct that the first problem is about. */
  public readonly constructPath?: string;

  public constructor(
    /** Everything that is wrong, in the order of construction. */
    public readonly problems: readonly [Problem, ...Problem[]],
  ) {
    super(messageOf(problems));
    [{ code: this.code, constructPath: this.constructPath }] = problems;
  }
}

/** One line for each construct. */
function messageOf(problems: readonly Problem[]): string {
  const paths = [...new Set(problems.map(({ constructPath }) => constructPath))];
  return paths
    .map((path) => {
      const messages = problems.filter(({ constructPath }) => constructPath === path).map(({ message }) => message);
      return [path, messages.join(" ")].filter(Boolean).join(": ");
    })
    .join("\n");
}

/** Reports problems that leave nothing to go on with, before synthesis. */
export function throwOnProblems(scope: IConstruct, problems: readonly Problem[]): void {
  throwProblems(problems.map((problem) => ({ ...problem, constructPath: scope.node.path })));
}

/** Throws when there is any problem. */
export function throwProblems([first, ...others]: readonly Problem[]): void {
  if (first) throw new ValidationError([first, ...others]);
}
