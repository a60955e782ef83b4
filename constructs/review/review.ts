// constructs/review/: the review of a stack at its synthesis.
import { Annotations, type TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { addResourceCheck } from "../private/checks";
import type { Problem } from "../private/errors";
import { stackOf } from "../private/framework";
import { type Finding, review } from "../../review";
import { type Acknowledgement, type Inventory, METADATA_KEY, stackInventory, type ValueObject } from "../../topology";

/** Which finding is meant so, and why. */
export interface AcknowledgeOptions {
  /** Id of the rule, such as `self-sign-up`. The finding names it. */
  readonly rule: string;

  /** Terraform address of the finding, such as `aws_cognito_user_pool.inbound`. */
  readonly address: string;

  /** Why it is meant so. It stays in the synthesized stack. */
  readonly reason: string;
}

const ID = "Review";

/** At synthesis a warning: what a program gives to `of`, such as `ProtocolType.of("NEW")`, may be newer than the rule. */
const VALUE_UNKNOWN = "value-unknown";

/**
 * Reviews a stack when it is synthesized, with the rules of the command `cdktf-agentcore review`. What will fail ends
 * synthesis, in one ValidationError with everything else that is wrong with the stack; what somebody should have decided
 * becomes a warning.
 *
 * Every stack with a Runtime or a Gateway has one.
 */
export class Review extends Construct {
  /** The review of the stack that a construct is in. */
  public static of(scope: Construct): Review {
    const stack = stackOf(scope);
    const existing = stack.node.tryFindChild(ID);
    return existing instanceof Review ? existing : new Review(stack, ID);
  }

  private readonly acknowledgements: Acknowledgement[] = [];

  private constructor(
    private readonly stack: TerraformStack,
    id: string,
  ) {
    super(stack, id);
    addResourceCheck(this, () => this.findProblems());
  }

  /** Accepts a warning. Errors cannot be accepted: they fail when the stack is deployed. */
  public acknowledge(options: AcknowledgeOptions): void {
    this.acknowledgements.push({ rule: options.rule, address: options.address, reason: options.reason });
    this.stack.addOverride(`//.${METADATA_KEY}`, { acknowledgements: this.acknowledgements });
  }

  private findProblems(): Problem[] {
    const inventory = stackInventory(this.stack.toTerraform() as ValueObject);
    const { findings } = review(inventory);
    const constructs =
      findings.length === 0 ? new Map<string, IConstruct>() : constructsByAddress(inventory, this.stack);
    return findings.flatMap((finding) => {
      const construct = constructs.get(finding.address) ?? this.stack;
      const severity = finding.rule === VALUE_UNKNOWN ? "warning" : finding.severity;
      if (severity === "error") return [problemOf(construct, finding)];
      annotate(construct, severity, textOf(finding));
      return [];
    });
  }
}

function problemOf({ node }: IConstruct, finding: Finding): Problem {
  return { code: "REVIEW_FINDING", message: textOf(finding), constructPath: node.path };
}

const textOf = ({ rule, address, message, fix }: Finding): string => `${address}: ${message} ${fix} [${rule}]`;

const LEVELS = { warning: "addWarning", info: "addInfo" } as const;

function annotate(construct: IConstruct, severity: keyof typeof LEVELS, text: string): void {
  const isThere = construct.node.metadata.some(({ data }) => data === text);
  if (!isThere) Annotations.of(construct)[LEVELS[severity]](text);
}

function constructsByAddress({ instances }: Inventory, stack: TerraformStack): Map<string, IConstruct> {
  const byPath = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  return new Map(
    instances.flatMap(({ address, constructPath }) => {
      const construct = constructPath === undefined ? undefined : byPath.get(constructPath);
      return construct === undefined ? [] : [[address, construct] as const];
    }),
  );
}
