import { type ITerraformDependable, Token } from "cdktf";
import { POLICY } from "../../../aws/agentcore/limits";
import type { Problem } from "../../private/errors";
import { escaped } from "../../private/escaped";
import { lengthProblems } from "../../private/names";
import { entity } from "./cedar";
import type { PolicyAction } from "./policy-action";
import { PolicyPrincipal } from "./policy-principal";

/** What a statement permits or forbids, to whom and when. */
export interface PolicyStatementOptions {
  /** The gateway whose tools the statement is about. */
  readonly gateway: {
    /** `arn:<partition>:bedrock-agentcore:<region>:<account>:gateway/<id>`. */
    readonly gatewayArn: string;
  };

  /**
   * Who calls.
   * @default - PolicyPrincipal.any()
   */
  readonly principal?: PolicyPrincipal;

  /**
   * What is called: `[target.tool("add_numbers")]`.
   * @default - PolicyAction.any()
   */
  readonly actions?: readonly PolicyAction[];

  /**
   * Expressions of Cedar that all have to hold. `context.input` has the tool's arguments:
   * `["context.input.amount < 500"]`.
   * @default - none
   */
  readonly when?: readonly string[];

  /**
   * Expressions of Cedar of which none may hold.
   * @default - none
   */
  readonly unless?: readonly string[];
}

/**
 * A statement of Cedar about the tools of a gateway. AWS denies what no statement permits, and what one forbids.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-understanding-cedar.html
 */
export class PolicyStatement {
  /** Allows calls. */
  public static permit(options: PolicyStatementOptions): PolicyStatement {
    return PolicyStatement.of("permit", options);
  }

  /** Denies calls, whatever else permits them. */
  public static forbid(options: PolicyStatementOptions): PolicyStatement {
    return PolicyStatement.of("forbid", options);
  }

  /** A statement that is written out, 35 to 10,000 characters. The policy's `dependsOn` is the program's business then. */
  public static fromCedar(statement: string): PolicyStatement {
    return new PolicyStatement(escaped(statement), []);
  }

  private static of(effect: "permit" | "forbid", options: PolicyStatementOptions): PolicyStatement {
    const { gateway, principal = PolicyPrincipal.any(), actions = [], when = [], unless = [] } = options;
    const resource = `resource == ${entity("Gateway", gateway.gatewayArn)}`;
    const head = [principal.head, actionsHead(actions), resource].map((part) => `  ${part}`).join(",\n");
    const clauses = [...clause("when", [...principal.conditions, ...when], "&&"), ...clause("unless", unless, "||")];
    return new PolicyStatement([`${effect}(\n${head}\n)`, ...clauses].join("\n") + ";", actions);
  }

  private constructor(
    private readonly text: string,
    private readonly actions: readonly PolicyAction[],
  ) {}

  /** The statement's text. */
  public toCedar(): string {
    return this.text;
  }

  /** What must exist before AWS can check the statement. */
  public get dependencies(): readonly ITerraformDependable[] {
    return [...new Set(this.actions.flatMap(({ dependencies }) => dependencies))];
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    const { shortest, longest } = POLICY.statementLength;
    return [
      // With references in it, how long it becomes is known at apply.
      ...(Token.isUnresolved(this.text) ? [] : lengthProblems("Cedar statement", this.text, shortest, longest)),
      ...this.actions.flatMap((action) => action.validate()),
    ];
  }
}

/** Cedar knows no wildcards of actions: each is named. */
function actionsHead(actions: readonly PolicyAction[]): string {
  const [first, ...others] = actions.map((action) => action.toCedar());
  if (first === undefined) return "action";
  return others.length === 0 ? `action == ${first}` : `action in [${[first, ...others].join(", ")}]`;
}

function clause(keyword: string, expressions: readonly string[], operator: string): string[] {
  const [first, ...others] = expressions;
  if (first === undefined) return [];
  const all = others.length === 0 ? first : expressions.map((each) => `(${each})`).join(` ${operator}\n  `);
  return [`${keyword} {\n  ${all}\n}`];
}
