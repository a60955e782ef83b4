import type { RoleDeclaration, RolePolicyDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { UPPER_CASE, DIGITS } from "../random";
import type { TagMap } from "../tags";
import {
  accessDenied,
  policyAttached,
  policyHasVersions,
  policyUnknown,
  roleHasAttachedPolicies,
  roleHasPolicies,
  rolePolicyUnknown,
  roleNotAssumable,
  roleTaken,
  roleUnknown,
} from "./errors";
import { type AccessRequest, type Decision, evaluate } from "./evaluation";
import { ManagedPolicies } from "./managed-policies";
import { readPolicy, readTrustPolicy, type Policy, type PolicyDocument } from "./policy-document";
import { type Caller, denial } from "./resource-policies";

/** What a role is created with. */
export interface RoleSettings extends Pick<
  RoleDeclaration,
  "roleName" | "path" | "assumeRolePolicy" | "maxSessionDuration"
> {
  readonly description?: string;
  /** ARN of a managed policy. @default - none */
  readonly permissionsBoundary?: string;
  readonly tags?: TagMap;
}

/** A managed policy that bounds what a role's own policies can give it. */
export interface PermissionsBoundary {
  readonly arn: string;
  readonly policy: Policy;
}

export interface Role {
  readonly roleName: string;
  readonly path: string;
  description?: string;
  /** Seconds. */
  maxSessionDuration: number;
  readonly arn: string;
  readonly roleId: string;
  trustPolicy: Policy;
  boundary?: PermissionsBoundary;
  tags: TagMap;
  /** By name. */
  readonly inlinePolicies: Map<string, Policy>;
  /** Managed policies, by ARN. */
  readonly attachedPolicies: Map<string, Policy>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  isDeleted?: true;
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
export class RoleSession implements Principal, Caller {
  private known?: readonly PolicyDocument[];
  private name?: string;

  /** @param makeName asked once somebody wants to know it, which few calls do */
  constructor(
    private readonly role: Role,
    private readonly makeName: () => string,
  ) {}

  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, the name that denials give. */
  get arn(): string {
    return (this.name ??= this.makeName());
  }

  get roleArn(): string {
    return this.role.arn;
  }

  get isOver(): boolean {
    return this.role.isDeleted === true;
  }

  /** As IAM gives it to whom a role is lent: `ROLE_ID:SESSION`. */
  get userId(): string {
    return `${this.role.roleId}:${this.arn.slice(this.arn.lastIndexOf("/") + 1)}`;
  }

  /** Its own name, its role's and its account's. */
  get principals(): readonly string[] {
    return [this.arn, this.roleArn, ...accountNames(this.roleArn)];
  }

  /** The same, with the policies that the role has by now. */
  anew(): RoleSession {
    return new RoleSession(this.role, () => this.arn);
  }

  isAllowed(action: string, resource: string): boolean {
    return this.denial(action, resource) === undefined;
  }

  authorize(action: string, resources: readonly string[]): void {
    for (const resource of resources) {
      const reason = this.denial(action, resource);
      if (reason === undefined) continue;
      throw accessDenied(describeDenial(this.arn, action, resource, reason));
    }
  }

  /**
   * @param granted what the policy of the resource says, which may allow in the place of the role's own
   * @returns why the action is denied, in AWS's words
   */
  denialFor(action: string, resource: string, granted: Decision | undefined): string | undefined {
    if (granted === "explicitDeny") return denial(this, action, resource, granted);
    const reason = this.denial(action, resource, granted === "allowed");
    return reason && describeDenial(this.arn, action, resource, reason);
  }

  private denial(action: string, resource: string, isGranted = false): string | undefined {
    const { boundary } = this.role;
    return (
      denialBy("identity-based policy", this.policies, action, resource, isGranted) ??
      (boundary && denialBy("permissions boundary", [boundary.policy.document], action, resource))
    );
  }

  /** Those that the role has when they are asked for at first: a session lasts one call. */
  private get policies(): readonly PolicyDocument[] {
    this.known ??= [...this.role.inlinePolicies.values(), ...this.role.attachedPolicies.values()].map(
      ({ document }) => document,
    );
    return this.known;
  }
}

function describeDenial(arn: string, action: string, resource: string, reason: string): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** What stands for everybody of an account: IAM user guide, "reference_policies_elements_principal". */
export function accountNames(arn: string): readonly string[] {
  const [, partition = "", , , accountId = ""] = arn.split(":");
  return [accountId, `arn:${partition}:iam::${accountId}:root`];
}

/** Why these policies do not let a request pass, in AWS's words; undefined where they do. */
function denialBy(
  kind: string,
  policies: readonly PolicyDocument[],
  action: string,
  resource: string,
  isGranted = false,
): string | undefined {
  const decision = evaluate(policies, { action, resource });
  if (decision === "allowed" || (isGranted && decision === "implicitDeny")) return undefined;
  const article = kind.startsWith("i") ? "an" : "a";
  return decision === "explicitDeny"
    ? `with an explicit deny in ${article} ${kind}`
    : `because no ${kind} allows the ${action} action`;
}

/** Roles with their policies, and whether a service may assume them. */
export class Iam {
  readonly managedPolicies: ManagedPolicies;
  private readonly roles = new Map<string, Role>();

  constructor(
    private readonly environment: Environment,
    notice: (line: string) => void,
  ) {
    this.managedPolicies = new ManagedPolicies(environment, notice);
  }

  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument */
  createRole(settings: RoleSettings): Role {
    const { roleName, path = "/", description, maxSessionDuration = 3_600, permissionsBoundary, tags = {} } = settings;
    if (this.roles.has(roleName)) throw roleTaken(roleName);
    const { partition, accountId, random, clock } = this.environment;
    const role: Role = {
      roleName,
      path,
      description,
      maxSessionDuration,
      tags,
      boundary: permissionsBoundary === undefined ? undefined : this.boundary(permissionsBoundary, roleName),
      arn: `arn:${partition}:iam::${accountId}:role${path}${roleName}`,
      roleId: `AROA${random.text(17, UPPER_CASE + DIGITS)}`,
      trustPolicy: readTrustPolicy(settings.assumeRolePolicy),
      inlinePolicies: new Map(),
      attachedPolicies: new Map(),
      createdAt: clock.now(),
    };
    this.roles.set(roleName, role);
    return role;
  }

  /** @throws AwsError NoSuchEntity */
  putRolePermissionsBoundary(roleName: string, policyArn: string): void {
    this.role(roleName).boundary = this.boundary(policyArn, roleName);
  }

  /** @throws AwsError NoSuchEntity, MalformedPolicyDocument */
  updateAssumeRolePolicy(roleName: string, assumeRolePolicy: string): void {
    this.role(roleName).trustPolicy = readTrustPolicy(assumeRolePolicy);
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict while the role has policies */
  deleteRole(roleName: string): void {
    const role = this.role(roleName);
    if (role.attachedPolicies.size > 0) throw roleHasAttachedPolicies();
    if (role.inlinePolicies.size > 0) throw roleHasPolicies();
    role.isDeleted = true;
    this.roles.delete(roleName);
  }

  /** @throws AwsError NoSuchEntity, MalformedPolicyDocument */
  putRolePolicy({ roleName, policyName, policy }: RolePolicyDeclaration): void {
    this.role(roleName).inlinePolicies.set(policyName, readPolicy(policy));
  }

  /** @throws AwsError NoSuchEntity */
  rolePolicy(roleName: string, policyName: string): Policy {
    const policy = this.role(roleName).inlinePolicies.get(policyName);
    if (!policy) throw rolePolicyUnknown(policyName);
    return policy;
  }

  /** @throws AwsError NoSuchEntity */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.rolePolicy(roleName, policyName);
    this.role(roleName).inlinePolicies.delete(policyName);
  }

  /** @throws AwsError NoSuchEntity */
  attachRolePolicy(roleName: string, policyArn: string): void {
    this.role(roleName).attachedPolicies.set(policyArn, this.managedPolicies.attachable(policyArn, roleName));
  }

  /** @throws AwsError NoSuchEntity */
  detachRolePolicy(roleName: string, policyArn: string): void {
    if (this.role(roleName).attachedPolicies.delete(policyArn)) return;
    throw policyUnknown(policyArn);
  }

  /** Deletes the other inline policies. @throws AwsError NoSuchEntity */
  keepRolePolicies(roleName: string, policyNames: readonly string[]): void {
    const { inlinePolicies } = this.role(roleName);
    for (const name of inlinePolicies.keys()) if (!policyNames.includes(name)) inlinePolicies.delete(name);
  }

  /** Detaches the other managed policies, and attaches these. @throws AwsError NoSuchEntity */
  replaceAttachedPolicies(roleName: string, policyArns: readonly string[]): void {
    const { attachedPolicies } = this.role(roleName);
    for (const arn of attachedPolicies.keys()) if (!policyArns.includes(arn)) attachedPolicies.delete(arn);
    for (const arn of policyArns) if (!attachedPolicies.has(arn)) this.attachRolePolicy(roleName, arn);
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict while a role has it */
  deletePolicy(policyArn: string): void {
    this.managedPolicies.get(policyArn);
    if (this.all().some((role) => role.attachedPolicies.has(policyArn) || role.boundary?.arn === policyArn)) {
      throw policyAttached();
    }
    if (this.managedPolicies.get(policyArn).versions.length > 1) throw policyHasVersions();
    this.managedPolicies.delete(policyArn);
  }

  /** @throws AwsError NoSuchEntity */
  role(roleName: string): Role {
    const role = this.roles.get(roleName);
    if (!role) throw roleUnknown(roleName);
    return role;
  }

  /** Milliseconds since the epoch. */
  readonly now = (): number => this.environment.clock.now();

  all(): readonly Role[] {
    return [...this.roles.values()];
  }

  /** @returns undefined where there is no such role or its trust policy does not let the service in. */
  assumeRole(request: {
    roleArn: string;
    service: string;
    sourceArn: string;
    sessionName: () => string;
  }): RoleSession | undefined {
    const { roleArn, service, sourceArn, sessionName } = request;
    const context = { "aws:SourceAccount": this.environment.accountId, "aws:SourceArn": sourceArn };
    const role = this.assumableRole(roleArn, { service, context });
    return role && this.session(role, sessionName);
  }

  /** For a caller of STS. @returns with the role. @throws AwsError AccessDenied where the trust policy does not let him in */
  assumeRoleAs(
    caller: Caller,
    { roleArn, sessionName, externalId }: { roleArn: string; sessionName: string; externalId?: string },
  ): { readonly role: Role; readonly session: RoleSession } {
    const context: Record<string, string> = externalId === undefined ? {} : { "sts:ExternalId": externalId };
    const role = this.assumableRole(roleArn, { principals: caller.principals, context });
    if (!role) throw roleNotAssumable(caller.arn, roleArn);
    return { role, session: this.session(role, () => sessionName) };
  }

  private assumableRole(roleArn: string, by: Omit<AccessRequest, "action">): Role | undefined {
    const role = this.roles.get(roleArn.slice(roleArn.lastIndexOf("/") + 1));
    if (role?.arn !== roleArn) return undefined;
    const decision = evaluate([role.trustPolicy.document], { action: "sts:AssumeRole", ...by });
    return decision === "allowed" ? role : undefined;
  }

  private session(role: Role, sessionName: () => string): RoleSession {
    const { partition, accountId } = this.environment;
    return new RoleSession(
      role,
      () => `arn:${partition}:sts::${accountId}:assumed-role/${role.roleName}/${sessionName()}`,
    );
  }

  private boundary(arn: string, roleName: string): PermissionsBoundary {
    return { arn, policy: this.managedPolicies.attachable(arn, roleName) };
  }
}
