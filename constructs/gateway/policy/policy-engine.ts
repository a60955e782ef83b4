// constructs/gateway/policy/: policy engines, and policies in TypeScript in place of Cedar.
import { Construct } from "constructs";
import { ASK_POLICY_ENGINE, GET_POLICY_ENGINE } from "../../../aws/agentcore/actions";
import { POLICY } from "../../../aws/agentcore/limits";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { Permission } from "../../iam/permission";
import { arnProblems } from "../../private/arns";
import { reportProblems } from "../../private/checks";
import { derivedName, lengthProblems, nameProblems, POLICY_ENGINE_NAME } from "../../private/names";
import { NewerResource } from "../../private/newer-resource";
import { nonEmptyTags, tagProblems } from "../../private/tags";
import { Policy, type PolicyOptions } from "./policy";

/** What a gateway does with a policy engine's answer. */
export class PolicyEngineMode {
  /** Calls that no policy permits are denied, and their tools not listed. */
  public static readonly ENFORCE = new PolicyEngineMode("ENFORCE");
  /** Every call goes on; traces tell what would have been denied. */
  public static readonly LOG_ONLY = new PolicyEngineMode("LOG_ONLY");

  /** A mode that this library does not know yet. */
  public static of(value: string): PolicyEngineMode {
    return new PolicyEngineMode(value);
  }

  private constructor(
    /** The service's name of the mode. */
    public readonly value: string,
  ) {}
}

/** A policy engine, of this program or of another. */
export interface IPolicyEngine {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:policy-engine/<id>`. */
  readonly policyEngineArn: string;
  /** The engine's name, a hyphen, and 10 characters. */
  readonly policyEngineId: string;
}

/** The policy engine of a gateway. */
export interface GatewayPolicyEngineConfiguration {
  /** The engine that is asked about every call. */
  readonly policyEngine: IPolicyEngine;
  /** What becomes of its answers. There is no default: AWS CDK's would enforce nothing. */
  readonly mode: PolicyEngineMode;
}

/** What a PolicyEngine is made with. */
export interface PolicyEngineProps {
  /**
   * 1 to 48 letters, digits and underscores, beginning with a letter; unique in the account and region.
   * @default - derived from the construct's path
   */
  readonly policyEngineName?: string;

  /**
   * 1 to 4096 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * ARN of the KMS key that encrypts the policies. Another one makes the engine anew.
   * @default - a key of AWS
   */
  readonly kmsKeyArn?: string;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Policies that say who may call which tools of the gateways that ask it. Needs AWS provider 6.47; a gateway that asks it,
 * 6.66.
 */
export class PolicyEngine extends Construct implements IPolicyEngine {
  /** An engine that something else made, by its ARN. Policies can be added to it. */
  public static fromPolicyEngineArn(scope: Construct, id: string, policyEngineArn: string): IPolicyEngine {
    reportProblems(new Construct(scope, id), arnProblems("policy engine", policyEngineArn));
    return { policyEngineArn, policyEngineId: policyEngineArn.split("/").at(-1) ?? "" };
  }

  public readonly policyEngineArn: string;
  public readonly policyEngineId: string;
  /** As given, or as derived from the path. */
  public readonly policyEngineName: string;

  public constructor(scope: Construct, id: string, props: PolicyEngineProps = {}) {
    super(scope, id);
    const { description, kmsKeyArn, tags } = props;
    const name =
      props.policyEngineName ?? derivedName(this, { separator: "_", maxLength: POLICY_ENGINE_NAME.maxLength });
    reportProblems(this, [
      ...nameProblems(POLICY_ENGINE_NAME, name),
      ...lengthProblems("description", description, 1, POLICY.descriptionLength),
      ...tagProblems(tags),
    ]);
    const resource = new NewerResource(this, "Resource", {
      type: "aws_bedrockagentcore_policy_engine",
      feature: "A policy engine",
      since: PROVIDER_RELEASES.policyEngines,
      attributes: { name, description, encryption_key_arn: kmsKeyArn, tags: nonEmptyTags(tags) },
    });
    this.policyEngineName = name;
    this.policyEngineArn = resource.getStringAttribute("policy_engine_arn");
    this.policyEngineId = resource.getStringAttribute("policy_engine_id");
  }

  /** Adds a policy. */
  public addPolicy(id: string, options: PolicyOptions): Policy {
    return new Policy(this, id, { ...options, policyEngine: this });
  }
}

/**
 * What the role of a gateway needs to ask a policy engine, before the engine is the gateway's.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html
 */
export function policyEnginePermissions(
  { policyEngineArn }: IPolicyEngine,
  gatewayArns: string,
): readonly Permission[] {
  return [
    { sid: "GetPolicyEngine", actions: [GET_POLICY_ENGINE], resources: [policyEngineArn] },
    {
      sid: "AuthorizeActions",
      actions: ASK_POLICY_ENGINE,
      resources: [policyEngineArn, gatewayArns],
    },
  ];
}
