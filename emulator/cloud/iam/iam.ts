import type { RoleAttributes, RoleDeclaration, RolePolicyDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { AwsError } from "../errors";
import { UPPER_CASE, DIGITS } from "../random";
import { evaluate } from "./evaluation";
import { parsePolicyDocument, type PolicyDocument } from "./policy-document";

interface Role {
  readonly name: string;
  readonly arn: string;
  readonly trustPolicy: PolicyDocument;
  readonly inlinePolicies: Map<string, PolicyDocument>;
}

/** Who calls a service, and what the caller may do. */
export interface Principal {
  /** The name that denials give. */
  readonly arn: string;
  isAllowed(action: string, resource: string): boolean;
  /**
   * @param resources all of them have to be allowed; AWS names the first that is not.
   * @throws AwsError AccessDeniedException
   */
  authorize(action: string, resources: readonly string[]): void;
}

/** The temporary identity of a service that has assumed a role. */
export class RoleSession implements Principal {
  constructor(
    /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, the name that denials give. */
    readonly arn: string,
    private readonly role: Role,
  ) {}

  isAllowed(action: string, resource: string): boolean {
    return evaluate([...this.role.inlinePolicies.values()], { action, resource }) === "allowed";
  }

  authorize(action: string, resources: readonly string[]): void {
    for (const resource of resources) {
      const decision = evaluate([...this.role.inlinePolicies.values()], { action, resource });
      if (decision === "allowed") continue;
      const reason =
        decision === "explicitDeny"
          ? "with an explicit deny in an identity-based policy"
          : `because no identity-based policy allows the ${action} action`;
      throw new AwsError(
        "AccessDeniedException",
        `User: ${this.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
      );
    }
  }
}

/** Roles with their inline policies, and whether a service may assume them. */
export class Iam {
  private readonly roles = new Map<string, Role>();

  constructor(private readonly environment: Environment) {}

  createRole(declaration: RoleDeclaration): RoleAttributes {
    const { roleName } = declaration;
    if (this.roles.has(roleName)) {
      throw new AwsError("EntityAlreadyExists", `Role with name ${roleName} already exists.`);
    }
    const { partition, accountId, random } = this.environment;
    const role: Role = {
      name: roleName,
      arn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
      trustPolicy: parsePolicyDocument(declaration.assumeRolePolicy),
      inlinePolicies: new Map(),
    };
    this.roles.set(roleName, role);
    return { arn: role.arn, roleId: `AROA${random.text(17, UPPER_CASE + DIGITS)}` };
  }

  putRolePolicy(declaration: RolePolicyDeclaration): void {
    const role = this.roles.get(declaration.roleName);
    if (!role) {
      throw new AwsError("NoSuchEntity", `The role with name ${declaration.roleName} cannot be found.`);
    }
    role.inlinePolicies.set(declaration.policyName, parsePolicyDocument(declaration.policy));
  }

  /** @returns undefined where there is no such role or its trust policy does not let the service in. */
  assumeRole(request: { roleArn: string; service: string; sourceArn: string; sessionName: string }): RoleSession | undefined {
    const { partition, accountId } = this.environment;
    const role = [...this.roles.values()].find(({ arn }) => arn === request.roleArn);
    if (!role) return undefined;
    const decision = evaluate([role.trustPolicy], {
      action: "sts:AssumeRole",
      service: request.service,
      context: { "aws:SourceAccount": accountId, "aws:SourceArn": request.sourceArn },
    });
    if (decision !== "allowed") return undefined;
    return new RoleSession(`arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${request.sessionName}`, role);
  }
}
