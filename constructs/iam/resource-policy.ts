import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import { addCheck } from "../private/checks";
import { policyDocument, type PolicyStatement } from "../private/iam-policy";
import { NewerResource } from "../private/newer-resource";
import { nobodyNamed } from "../private/problems/policy";

/** One statement of the policy of a gateway, a runtime or an endpoint. */
export interface ResourcePolicyStatement {
  /**
   * Letters and digits.
   * @default - none
   */
  readonly sid?: string;

  /**
   * Denies what it names in the place of allowing it.
   * @default false
   */
  readonly deny?: boolean;

  /** Accounts by their ids, ARNs of roles and users; `["*"]` is everybody, and alone whoever comes with a token. */
  readonly principals: readonly string[];

  /**
   * @default - to call what has the policy
   */
  readonly actions?: readonly string[];

  /**
   * Values by keys, such as `aws:SourceVpc`, by operators, such as `StringEquals`.
   * @default - none
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What has a policy, and what its callers do. */
interface CallableResource {
  readonly resourceArn: string;
  readonly invokeAction: string;
}

/** The one policy of a resource: further statements join it. */
export class ResourcePolicy extends Construct {
  /** Adds a statement to the policy of what the owner makes. */
  public static add(owner: Construct, resource: CallableResource, statement: ResourcePolicyStatement): void {
    const id = "ResourcePolicy";
    const existing = owner.node.tryFindChild(id);
    const policy = existing instanceof ResourcePolicy ? existing : new ResourcePolicy(owner, id, resource);
    policy.statements.push(statement);
  }

  private readonly statements: ResourcePolicyStatement[] = [];

  private constructor(
    scope: Construct,
    id: string,
    private readonly callable: CallableResource,
  ) {
    super(scope, id);
    addCheck(this, () => this.statements.flatMap(({ principals }) => (principals.length === 0 ? [nobodyNamed()] : [])));
    new NewerResource(this, "Resource", {
      type: "aws_bedrockagentcore_resource_policy",
      feature: "A resource policy",
      since: PROVIDER_RELEASES.resourcePolicies,
      attributes: {
        resource_arn: callable.resourceArn,
        policy: Lazy.stringValue({ produce: () => policyDocument(this.statements.map((each) => this.render(each))) }),
      },
    });
  }

  private render({ sid, deny = false, principals, actions, conditions }: ResourcePolicyStatement): PolicyStatement {
    const { resourceArn, invokeAction } = this.callable;
    return {
      Sid: sid,
      Effect: deny ? "Deny" : "Allow",
      Principal: principals.includes("*") ? "*" : { AWS: principals },
      Action: actions ?? [invokeAction],
      Resource: [resourceArn],
      Condition: conditions,
    };
  }
}
