import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { type Permission, statementsOf } from "../iam/permission";
import type { IRole } from "../iam/role";
import { withChosenAddress } from "../private/addresses";
import { policyDocument } from "../private/iam-policy";
import { LocalCommand } from "../private/local-command";

export interface GatewayPermissionsProps {
  readonly policyName: string;
  readonly role: IRole;
}

/**
 * A new policy takes effect some seconds after IAM has accepted it, and AWS connects to a target only once: a target
 * that is created earlier fails for good. Live reports needed up to 20 seconds.
 */
const PROPAGATION_SECONDS = 20;

/**
 * IAM's quotas, in characters: 10,240 for all inline policies of a role, of which some is left for others, and 6,144
 * for a managed policy. How long an ARN becomes is known at apply; those of secrets are the longest.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const INLINE_POLICY_LENGTH = 8_000;
const MANAGED_POLICY_LENGTH = 6_144;
const LONGEST_ARN = 200;
const STATEMENT_LENGTH = 150;

/** One policy of the role. */
interface PolicyPart {
  readonly maxLength: number;
  readonly permissions: Permission[];
  readonly dependencies: readonly ITerraformDependable[];
}

/**
 * What a gateway's role may do: what its targets need, nothing else. A part of it names the gateway's own identity,
 * which exists only after the gateway, so the order is role, gateway, policy, target.
 *
 * The policy is created with its first permission, and every change of it is followed by a pause until IAM knows it
 * everywhere. When it would grow over IAM's limit for inline policies, managed policies hold the rest.
 */
export class GatewayPermissions extends Construct {
  private readonly parts: PolicyPart[] = [];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayPermissionsProps,
  ) {
    super(scope, id);
  }

  /** Allows the role more, and returns what a target that needs it must wait for. */
  public allow(permissions: readonly Permission[]): readonly ITerraformDependable[] {
    if (permissions.length === 0 || this.props.role.mutable === false) return [];
    const holder = this.parts.find((part) => lengthWith(part, permissions) === lengthWith(part, []));
    if (holder) return holder.dependencies;
    const [lastPart] = this.parts.slice(-1);
    const part = lastPart && lengthWith(lastPart, permissions) <= lastPart.maxLength ? lastPart : this.createPart();
    part.permissions.push(...permissions);
    return part.dependencies;
  }

  private createPart(): PolicyPart {
    const number = this.parts.length + 1;
    const permissions: Permission[] = [];
    const policy = Lazy.stringValue({ produce: () => policyDocument(statementsOf(permissions)) });
    const part: PolicyPart =
      number === 1
        ? { permissions, maxLength: INLINE_POLICY_LENGTH, dependencies: this.createInlinePolicy(policy) }
        : { permissions, maxLength: MANAGED_POLICY_LENGTH, dependencies: this.createManagedPolicy(policy, number) };
    this.parts.push(part);
    return part;
  }

  private createInlinePolicy(policy: string): ITerraformDependable[] {
    const { policyName, role } = this.props;
    const resource = withChosenAddress(
      new IamRolePolicy(this, "Resource", { name: policyName, role: role.name, policy }),
    );
    return [resource, this.createPropagation("Propagation", resource.policy)];
  }

  private createManagedPolicy(policy: string, number: number): ITerraformDependable[] {
    const { policyName, role } = this.props;
    const resource = new IamPolicy(this, `Policy${number}`, { name: `${policyName}-${number}`, policy });
    const attachment = new IamRolePolicyAttachment(this, `Attachment${number}`, {
      role: role.name,
      policyArn: resource.arn,
    });
    return [attachment, this.createPropagation(`Propagation${number}`, resource.policy)];
  }

  private createPropagation(id: string, policy: string): LocalCommand {
    const command = `sleep ${PROPAGATION_SECONDS}`;
    return withChosenAddress(new LocalCommand(this, id, { triggersReplace: { policy }, command }));
  }
}

/** The part with more permissions has at most this many characters. What it allows already counts once. */
function lengthWith(part: PolicyPart, permissions: readonly Permission[]): number {
  return statementsOf([...part.permissions, ...permissions])
    .map(({ Resource = [], Action }) => STATEMENT_LENGTH + LONGEST_ARN * Resource.length + Action.join().length)
    .reduce((sum, length) => sum + length, 0);
}
