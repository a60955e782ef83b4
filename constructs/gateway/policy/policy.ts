import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { POLICY } from "../../../aws/agentcore/limits";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import { addCheck } from "../../private/checks";
import { derivedName, lengthProblems, nameProblems, POLICY_NAME } from "../../private/names";
import { NewerResource } from "../../private/newer-resource";
import type { PolicyStatement } from "./policy-statement";

/** What AWS does with what it finds in a new policy. */
export class PolicyValidationMode {
  /** A policy that the check of the tools' schema finds fault with is refused: a tool that there is not, for example. */
  public static readonly FAIL_ON_ANY_FINDINGS = new PolicyValidationMode("FAIL_ON_ANY_FINDINGS");
  /** A policy is taken as it is. */
  public static readonly IGNORE_ALL_FINDINGS = new PolicyValidationMode("IGNORE_ALL_FINDINGS");

  /** A mode that this library does not know yet. */
  public static of(value: string): PolicyValidationMode {
    return new PolicyValidationMode(value);
  }

  private constructor(
    /** The service's name of the mode. */
    public readonly value: string,
  ) {}
}

/** What a policy can be given. */
export interface PolicyOptions {
  /** What the policy permits or forbids. */
  readonly statement: PolicyStatement;

  /**
   * 1 to 48 letters, digits and underscores, beginning with a letter; unique in the engine.
   * @default - derived from the construct's path
   */
  readonly policyName?: string;

  /**
   * 1 to 4096 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * What becomes of a policy that AWS finds fault with.
   * @default - the service's own: PolicyValidationMode.FAIL_ON_ANY_FINDINGS
   */
  readonly validationMode?: PolicyValidationMode;
}

/** What a Policy is made with. */
export interface PolicyProps extends PolicyOptions {
  /** The engine that gets the policy. */
  readonly policyEngine: {
    /** The engine's name, a hyphen, and 10 characters. */
    readonly policyEngineId: string;
  };
}

/** One policy of a policy engine, in Cedar. Needs AWS provider 6.50. */
export class Policy extends Construct {
  /** `arn:…:policy-engine/<engine id>/policy/<id>`. */
  public readonly policyArn: string;
  /** Identifies the policy in its engine. */
  public readonly policyId: string;
  /** As given, or as derived from the path. */
  public readonly policyName: string;
  /** What other resources can wait for. */
  public readonly resource: ITerraformDependable;

  public constructor(scope: Construct, id: string, props: PolicyProps) {
    super(scope, id);
    const { statement, description, validationMode } = props;
    const name = props.policyName ?? derivedName(this, { separator: "_", maxLength: POLICY_NAME.maxLength });
    addCheck(this, () => [
      ...nameProblems(POLICY_NAME, name),
      ...lengthProblems("description", description, 1, POLICY.descriptionLength),
      ...statement.validate(),
    ]);
    const resource = new NewerResource(this, "Resource", {
      type: "aws_bedrockagentcore_policy",
      feature: "A policy",
      since: PROVIDER_RELEASES.policies,
      attributes: {
        name,
        description,
        policy_engine_id: props.policyEngine.policyEngineId,
        validation_mode: validationMode?.value,
      },
      blocks: { definition: [{ cedar: [{ statement: statement.toCedar() }] }] },
      dependencies: statement.dependencies,
    });
    this.policyName = name;
    this.policyArn = resource.getStringAttribute("policy_arn");
    this.policyId = resource.getStringAttribute("policy_id");
    this.resource = resource;
  }
}
