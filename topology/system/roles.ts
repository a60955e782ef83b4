import type { Instance } from "../modules/inventory";
import { Block } from "../arguments/block";
import { AWS_POLICY, awsManagedPolicy, awsManagedPolicyArn } from "../data-sources/aws-managed-policies";
import {
  isResource,
  isSymbolicObject,
  isText,
  matchText,
  parseJsonText,
  type Symbolic,
  type Text,
  type TextList,
  Unknown,
} from "../language";
import { resourceReaders } from "../resources";
import { readAttachment, readRoleAttachment } from "../resources/policy-attachment";
import { readRole as readRoleArguments } from "../resources/role";
import { readExclusiveAttachments } from "../resources/role-policies-exclusive";
import { readPolicy, readRoleName } from "../resources/role-policy";
import type { Links } from "./links";
import type { PolicyDocument, Role, Statement } from "./model";

const ROLE = resourceReaders.role.type;

interface OpenRole extends Role {
  readonly policies: PolicyDocument[];
  readonly unshown: string[];
}

/** Roles with everything that is attached to them. */
export function readRoles(links: Links): Map<string, Role> {
  const roles = links.read(ROLE, (instance) => readRole(instance, links));
  const attach = (naming: Instance, role: Symbolic | undefined, add: (role: OpenRole) => void): void => {
    const candidates = links.entities(role, ROLE, ["name", "id", "arn"], roles, naming);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return add(only);
    // Whichever of them it is, the others have it not.
    const possible = candidates.length > 0 ? candidates : namesNothing(role) ? [...roles.values()] : [];
    for (const each of possible) each.unshown.push(`whether it has ${naming.address}`);
  };
  for (const instance of links.ofType(resourceReaders.rolePolicy.type)) {
    const policy = documentOf(instance, readPolicy(instance.arguments));
    attach(instance, readRoleName(instance.arguments), (role) => role.policies.push(policy));
  }
  for (const { instance, policyArns, roleNames } of attachmentsIn(links)) {
    for (const name of roleNames) attach(instance, name, (role) => addManaged(role, policyArns, instance, links));
  }
  return roles;
}

interface Attachment {
  readonly instance: Instance;
  readonly policyArns: TextList;
  readonly roleNames: readonly Text[];
}

function attachmentsIn(links: Links): Attachment[] {
  const each = (type: string, read: (block: Block) => Omit<Attachment, "instance">): Attachment[] =>
    links.ofType(type).map((instance) => ({ instance, ...read(instance.arguments) }));
  return [
    ...each(resourceReaders.rolePolicyAttachment.type, (block) => {
      const { policyArn, roleName } = readRoleAttachment(block);
      return { policyArns: shown(policyArn), roleNames: shown(roleName) };
    }),
    ...each(resourceReaders.policyAttachment.type, (block) => {
      const { policyArn, roleNames = [] } = readAttachment(block);
      return { policyArns: shown(policyArn), roleNames: roleNames instanceof Unknown ? [roleNames] : roleNames };
    }),
    ...each(resourceReaders.rolePolicyAttachmentsExclusive.type, (block) => {
      const { policyArns = [], roleName } = readExclusiveAttachments(block);
      return { policyArns, roleNames: shown(roleName) };
    }),
  ];
}

function shown(text: Text | undefined): readonly Text[] {
  return text === undefined ? [] : [text];
}

/** Whether a value may be any role's, as one of a local or of `each.value` that was not followed. */
function namesNothing(role: Symbolic | undefined): boolean {
  return role instanceof Unknown && role.references.every(({ address }) => !isResource(address));
}

function readRole(instance: Instance, links: Links): OpenRole {
  const { name, assumeRolePolicy, inlinePolicies, managedPolicyArns = [] } = readRoleArguments(instance.arguments);
  const role: OpenRole = {
    address: instance.address,
    instance,
    name,
    trust: documentOf(instance, assumeRolePolicy),
    policies: inlinePolicies.map(({ policy }) => documentOf(instance, policy)),
    unshown: [],
  };
  addManaged(role, managedPolicyArns, instance, links);
  return role;
}

/** A managed policy counts where it is declared beside the role, or is one of AWS's that are known here. */
function addManaged(role: OpenRole, policyArns: TextList, attachment: Instance, links: Links): void {
  for (const arn of policyArns instanceof Unknown ? [policyArns] : policyArns) {
    const declared = links.find(arn, resourceReaders.managedPolicy.type, ["arn", "id"]);
    const ofAws = policyOfAws(arn, attachment, links);
    if (declared.length !== 1 && ofAws === undefined) role.unshown.push(whatOf(arn, attachment));
    const isNew = ({ address }: Instance): boolean => role.policies.every((policy) => policy.address !== address);
    role.policies.push(...declared.filter(isNew).map((policy) => documentOf(policy, readPolicy(policy.arguments))));
    if (ofAws !== undefined) role.policies.push(ofAws);
  }
}

function whatOf(arn: Text, { address }: Instance): string {
  return typeof arn === "string" ? `what ${arn} allows` : `which policy ${address} attaches`;
}

/** By its ARN, in whichever partition, or by the data source that looks it up. */
function policyOfAws(arn: Text, attachment: Instance, links: Links): PolicyDocument | undefined {
  const [looked, ...others] = links.find(arn, "data.aws_iam_policy", []);
  const name = looked?.arguments.text("name");
  const named = typeof name === "string" ? awsManagedPolicyArn(name, "aws") : looked?.arguments.text("arn");
  const [, pathAndName] = matchText((looked === undefined ? arn : named) ?? "", AWS_POLICY) ?? [];
  const json =
    typeof pathAndName === "string" && others.length === 0
      ? awsManagedPolicy(`arn:aws:iam::aws:policy/${pathAndName}`)
      : undefined;
  return json === undefined ? undefined : { ...documentOf(attachment, json), isOfAws: true };
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
