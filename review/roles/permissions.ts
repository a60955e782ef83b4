import { policyPattern, type PolicyPattern, type Role, type Statement, type Text } from "../../topology";
import {
  type NeededResource,
  OPEN_WORD,
  SAMPLE_ACCOUNT,
  sampleArn,
  sampleText,
  type Samples,
} from "./needed-resources";

export interface Question {
  readonly action: string;
  readonly needed: NeededResource;
}

interface Sampling {
  readonly samples: Samples;
  /** Undefined where it is not shown; every region then is the right one. */
  readonly region?: string;
}

interface CompiledStatement {
  readonly effect: string;
  readonly actions: Matcher;
  /** Many patterns, often, and of most statements nobody asks. */
  readonly resources: () => Matcher;
  readonly isConditional: boolean;
}

/**
 * What a role may do, told before anything exists: references become samples of what the services will assign, and
 * then patterns are matched as IAM matches them. Undefined stands for what the source does not show.
 */
export class Permissions {
  private readonly statements: readonly CompiledStatement[];
  private readonly isOpen: boolean;

  constructor(
    role: Role,
    private readonly sampling: Sampling,
    ignoreCase = false,
  ) {
    const statements = role.policies.flatMap((policy) => policy.statements ?? []);
    this.isOpen = role.unshown.length > 0 || role.policies.some((policy) => policy.statements === undefined);
    this.statements = statements.map((statement) => compileStatement(statement, sampling, ignoreCase));
  }

  allows({ action, needed }: Question): boolean | undefined {
    const arn = sampleArn(needed, this.sampling.region);
    const answers = (effect: string): (boolean | undefined)[] =>
      this.statements
        .filter((statement) => statement.effect === effect)
        .map((statement) => covers(statement, action, arn));
    const denied = answers("Deny");
    if (denied.includes(true)) return false;
    const allowed = answers("Allow");
    if (allowed.includes(true)) return denied.includes(undefined) ? undefined : true;
    return this.isOpen || allowed.includes(undefined) ? undefined : false;
  }
}

function covers(
  { actions, resources, isConditional }: CompiledStatement,
  action: string,
  arn: string,
): boolean | undefined {
  const isAction = actions.matches(action);
  if (isAction === false) return false;
  const isResource = resources().matches(arn);
  if (isResource === false) return false;
  return isAction === undefined || isResource === undefined || isConditional ? undefined : true;
}

function compileStatement(statement: Statement, sampling: Sampling, ignoreCase: boolean): CompiledStatement {
  const { actions, notActions, resources, notResources } = statement;
  const arns = (patterns: readonly Text[]): string[] =>
    patterns.map((pattern) => ownArn(sampleText(pattern, sampling.samples), sampling));
  let matcher: Matcher | undefined;
  return {
    effect: statement.effect,
    actions: new Matcher(
      actions.map((pattern) => sampleText(pattern)),
      notActions.map((pattern) => sampleText(pattern)),
      true,
    ),
    resources: () => (matcher ??= new Matcher(arns(resources), arns(notResources), ignoreCase)),
    isConditional: statement.conditions !== undefined,
  };
}

/** The account and the partition are taken to be the own ones: which these are, is not shown. */
function ownArn(pattern: string, { region }: Sampling): string {
  const [arn = "", , service = "", regionPattern = "", , ...resource] = pattern.split(":");
  if (resource.length === 0) return pattern;
  const own = region === undefined || regionPattern.includes(OPEN_WORD) ? (region ?? OPEN_WORD) : regionPattern;
  return [arn, "aws", service, own, SAMPLE_ACCOUNT, ...resource].join(":");
}

interface Glob {
  readonly pattern: PolicyPattern;
  readonly isOpen: boolean;
}

/** IAM's patterns, or the negated ones of NotAction and NotResource. Exact ones, the many, are looked up. */
class Matcher {
  private readonly exact: ReadonlySet<string>;
  private readonly globs: readonly Glob[];
  private readonly isNegated: boolean;

  constructor(
    patterns: readonly string[],
    negated: readonly string[],
    private readonly ignoreCase: boolean,
  ) {
    this.isNegated = patterns.length === 0;
    const all = this.isNegated ? negated : patterns;
    const isExact = (pattern: string): boolean => !/[*?]/.test(pattern) && !pattern.includes(OPEN_WORD);
    this.exact = new Set(all.filter(isExact).map((pattern) => this.cased(pattern)));
    this.globs = all.filter((pattern) => !isExact(pattern)).map((pattern) => toGlob(pattern, ignoreCase));
  }

  matches(text: string): boolean | undefined {
    const answer = this.matchesOne(text);
    return this.isNegated && answer !== undefined ? !answer : answer;
  }

  private matchesOne(text: string): boolean | undefined {
    if (this.exact.has(this.cased(text)) || this.globs.some(({ pattern: glob }) => glob.test(text))) return true;
    const isOpen = text.includes(OPEN_WORD) || this.globs.some((glob) => glob.isOpen);
    return isOpen ? undefined : false;
  }

  private cased(text: string): string {
    return this.ignoreCase ? text.toLowerCase() : text;
  }
}

function toGlob(pattern: string, ignoreCase: boolean): Glob {
  return { pattern: policyPattern(pattern, ignoreCase), isOpen: pattern.includes(OPEN_WORD) };
}
