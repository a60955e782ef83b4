// constructs/iam/: permissions, and grants of them to roles.
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { nameInStack } from "../private/addresses";
import { policyDocument } from "../private/iam-policy";
import { derivedName } from "../private/names";
import { resolved } from "../private/resolved";
import { type Permission, statementsOf } from "./permission";
import type { IRole } from "./role";

/**
 * What one construct has allowed one role, as an inline policy of that role.
 *
 * Further grants of the construct to the same role join the policy.
 */
export class Grant extends Construct {
  /** Adds a permission to the grant of `granter` to `role`. A role that is not mutable stays as it is. */
  public static add(granter: Construct, role: IRole, permission: Permission): Grant {
    const id = `Grant-${nameOfRole(granter, role)}`;
    const existing = granter.node.tryFindChild(id);
    const grant = existing instanceof Grant ? existing : new Grant(granter, id, role);
    grant.permissions.push(permission);
    return grant;
  }

  /**
   * What must wait until the role is allowed.
   * @default - nothing, for a role to which nothing is added
   */
  public readonly policy?: ITerraformDependable;
  private readonly permissions: Permission[] = [];

  private constructor(scope: Construct, id: string, role: IRole) {
    super(scope, id);
    if (role.mutable === false) return;
    this.policy = new IamRolePolicy(this, "Resource", {
      name: derivedName(this, { separator: "-", maxLength: 128 }),
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(statementsOf(this.permissions)) }),
    });
  }
}

/** The same in every program that grants to the role, in whatever order. */
function nameOfRole(granter: Construct, role: IRole): string {
  if (!Construct.isConstruct(role)) return resolved(granter, role.name);
  return TerraformStack.of(role) === TerraformStack.of(granter) ? nameInStack(role) : role.node.path;
}
