import type { Instance } from "../modules/inventory";
import { Block, type Shown } from "../arguments/block";
import { isResource, isSymbolicObject, isText, parseJsonText, type Symbolic, type Text, Unknown } from "../language";
import { resourceReaders } from "../resources";
import { readAttachment, readRoleAttachment } from "../resources/policy-attachment";
import { readRole as readRoleArguments } from "../resources/role";
import { readPolicy, readRoleName } from "../resources/role-policy";
import type { Links } from "./links";
import type { PolicyDocument, Role, Statement } from "./model";

const ROLE = resourceReaders.role.type;

interface OpenRole extends Role {
  readonly policies: PolicyDocument[];
  isOpen: boolean;
}

/** Roles with everything that is attached to them. */
export function readRoles(links: Links): Map<string, Role> {
  const roles = links.read(ROLE, readRole);
  const attach = (role: Symbolic | undefined, add: (role: OpenRole) => void): void => {
    const candidates = links.entities(role, ROLE, ["name", "id", "arn"], roles);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return add(only);
    // Whichever of them it is, the others have it not.
    const possible = candidates.length > 0 ? candidates : namesNothing(role) ? [...roles.values()] : [];
    for (const each of possible) each.isOpen = true;
  };
  for (const instance of links.ofType(resourceReaders.rolePolicy.type)) {
    const policy = documentOf(instance, readPolicy(instance.arguments));
    attach(readRoleName(instance.arguments), (role) => role.policies.push(policy));
  }
  for (const { arguments: block } of links.ofType(resourceReaders.rolePolicyAttachment.type)) {
    const { policyArn, roleName } = readRoleAttachment(block);
    attach(roleName, (role) => addManaged(role, policyArn, links));
  }
  for (const { arguments: block } of links.ofType(resourceReaders.policyAttachment.type)) {
    const { policyArn, roleNames = [] } = readAttachment(block);
    for (const name of roleNames instanceof Unknown ? [roleNames] : roleNames) {
      attach(name, (role) => addManaged(role, policyArn, links));
    }
  }
  return roles;
}

/** Whether a value may be any role's, as one of a local or of `each.value` that was not followed. */
function namesNothing(role: Symbolic | undefined): boolean {
  return role instanceof Unknown && role.references.every(({ address }) => !isResource(address));
}

function readRole(instance: Instance): OpenRole {
  const { name, assumeRolePolicy, inlinePolicies, managedPolicyArns = [] } = readRoleArguments(instance.arguments);
  return {
    address: instance.address,
    instance,
    name,
    trust: documentOf(instance, assumeRolePolicy),
    policies: inlinePolicies.map(({ policy }) => documentOf(instance, policy)),
    isOpen: managedPolicyArns instanceof Unknown || managedPolicyArns.length > 0,
  };
}

/** A managed policy counts where it is declared beside the role; AWS's own are not shown. */
function addManaged(role: OpenRole, policyArn: Shown["text"], links: Links): void {
  const policies = links.find(policyArn, resourceReaders.managedPolicy.type, ["arn", "id"]);
  if (policies.length !== 1) role.isOpen = true;
  role.policies.push(...policies.map((policy) => documentOf(policy, readPolicy(policy.arguments))));
}

function documentOf(instance: Instance, policy: Text | undefined): PolicyDocument {
  return { address: instance.address, instance, statements: readStatements(instance.address, policy) };
}

function readStatements(address: string, policy: Text | undefined): readonly Statement[] | undefined {
  const document = policy === undefined ? undefined : parseJsonText(policy);
  if (document === undefined || !isSymbolicObject(document)) return undefined;
  return new Block(document).blocks("Statement").map((statement) => ({
    address,
    effect: statement.value("Effect") === "Deny" ? "Deny" : "Allow",
    actions: oneOrMany(statement, "Action"),
    notActions: oneOrMany(statement, "NotAction"),
    resources: oneOrMany(statement, "Resource"),
    notResources: oneOrMany(statement, "NotResource"),
    principals: statement.value("Principal"),
    conditions: statement.value("Condition"),
  }));
}

function oneOrMany(block: Block, name: string): readonly Text[] {
  const value = block.value(name);
  if (value !== undefined && isText(value)) return [value];
  return Array.isArray(value) ? (value as readonly Symbolic[]).filter(isText) : [];
}
