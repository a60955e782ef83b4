import type { Instance } from "../modules/inventory";
import { Block } from "../arguments/block";
import { isResource, isSymbolicObject, isText, parseJsonText, type Symbolic, type Text, Unknown } from "../language";
import type { Links } from "./links";
import type { PolicyDocument, Role, Statement } from "./model";

const ROLE = "aws_iam_role";

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
  for (const instance of links.ofType("aws_iam_role_policy")) {
    const policy = readPolicy(instance, instance.arguments.text("policy"));
    attach(instance.arguments.text("role"), (role) => role.policies.push(policy));
  }
  for (const instance of links.ofType("aws_iam_role_policy_attachment")) {
    attach(instance.arguments.text("role"), (role) => addManaged(role, instance, links));
  }
  for (const instance of links.ofType("aws_iam_policy_attachment")) {
    const names = instance.arguments.optionalTexts("roles");
    for (const name of names instanceof Unknown ? [names] : (names ?? []))
      attach(name, (role) => addManaged(role, instance, links));
  }
  return roles;
}

/** Whether a value may be any role's, as one of a local or of `each.value` that was not followed. */
function namesNothing(role: Symbolic | undefined): boolean {
  return role instanceof Unknown && role.references.every(({ address }) => !isResource(address));
}

function readRole(instance: Instance): OpenRole {
  const { arguments: block, address } = instance;
  return {
    address,
    instance,
    name: block.text("name"),
    trust: readPolicy(instance, block.text("assume_role_policy")),
    policies: block
      .blocks("inline_policy")
      .flatMap((inline) => (inline.text("policy") === undefined ? [] : [readPolicy(instance, inline.text("policy"))])),
    isOpen: hasManagedPolicies(block),
  };
}

function hasManagedPolicies(block: Block): boolean {
  const arns = block.optionalTexts("managed_policy_arns");
  return arns instanceof Unknown || (arns !== undefined && arns.length > 0);
}

/** A managed policy counts where it is declared beside the role; AWS's own are not shown. */
function addManaged(role: OpenRole, attachment: Instance, links: Links): void {
  const policies = links.find(attachment.arguments.text("policy_arn"), "aws_iam_policy", ["arn", "id"]);
  if (policies.length !== 1) role.isOpen = true;
  role.policies.push(...policies.map((policy) => readPolicy(policy, policy.arguments.text("policy"))));
}

function readPolicy(instance: Instance, policy: Text | undefined): PolicyDocument {
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
