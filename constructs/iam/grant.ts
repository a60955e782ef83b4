import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { derivedName } from "../private/names";
import { policyDocument } from "../private/iam-policy";
import { type Permission, statementsOf } from "./permission";
import type { IRole } from "./role";

/**
 * What one construct has allowed one role, as an inline policy of that role.
 *
 * Further grants of the construct to the same role join the policy.
 */
export class Grant extends Construct {
  /** Adds a permission to the grant of `granter` to `role`. */
  public static add(granter: Construct, role: IRole, permission: Permission): Grant {
    const grants = grantsByGranter.get(granter) ?? [];
    grantsByGranter.set(granter, grants);
    const existing = grants.find((grant) => grant.role === role);
    const grant = existing ?? new Grant(granter, `Grant${grants.length + 1}`, role);
    if (!existing) {
      grants.push(grant);
    }
    grant.permissions.push(permission);
    return grant;
  }

  /** What must wait until the role is allowed. */
  public readonly policy: ITerraformDependable;
  private readonly permissions: Permission[] = [];

  private constructor(
    scope: Construct,
    id: string,
    private readonly role: IRole,
  ) {
    super(scope, id);
    this.policy = new IamRolePolicy(this, "Resource", {
      name: derivedName(this, { separator: "-", maxLength: 128 }),
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(statementsOf(this.permissions)) }),
    });
  }
}

const grantsByGranter = new WeakMap<Construct, Grant[]>();
