import {
  DOCUMENT_MEMBERS,
  EFFECTS,
  identityFault,
  POLICY_VERSIONS,
  type PolicyStatement,
  resourceFault,
  sidFault,
  STATEMENT_MEMBERS,
  trustFault,
} from "../../aws/iam/policy-grammar";
import {
  isSymbolicList,
  isSymbolicObject,
  parseJsonText,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "../../topology";
import { argumentOf, textsAt } from "../evidence/arguments";
import { eachOf, instances, type Rule } from "../rule";

/** Where policies stand, by Terraform's name of the kind. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["assume_role_policy", "inline_policy.policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_policy: ["policy"],
  aws_bedrockagentcore_resource_policy: ["policy"],
};

export const policyMalformed: Rule = {
  id: "policy-malformed",
  severity: "error",
  summary: "Policies keep to the grammar of IAM.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    for (const path of Object.hasOwn(POLICIES, type) ? (POLICIES[type] ?? []) : []) {
      for (const policy of textsAt(block, path)) {
        const document = parseJsonText(policy);
        const isHidden = policy instanceof Unknown && document === undefined;
        const fault = isHidden ? undefined : faultOf(document, grammarOf(type, path));
        if (fault === undefined) continue;
        yield {
          message: `IAM refuses ${argumentOf(path)}: ${fault.replace(/\.$/, "")}.`,
          fix: "Write the policy as the data source aws_iam_policy_document makes it.",
        };
      }
    }
  }),
};

function grammarOf(type: string, path: string): typeof identityFault {
  if (path === "assume_role_policy") return trustFault;
  return type === "aws_bedrockagentcore_resource_policy" ? resourceFault : identityFault;
}

function faultOf(
  document: Symbolic | undefined,
  faultOfStatement: (statement: PolicyStatement) => string | undefined,
): string | undefined {
  if (document === undefined || !isSymbolicObject(document)) return "it is no JSON object";
  const { Version: version, Statement: statement } = document;
  if (statement instanceof Unknown) return undefined;
  if (statement === undefined) return "it has no Statement";
  if (typeof version === "string" && !POLICY_VERSIONS.some((known) => known === version)) {
    return `its Version is "${version}", not one of ${POLICY_VERSIONS.join(" and ")}`;
  }
  const statements = (isSymbolicList(statement) ? statement : [statement]).filter(isSymbolicObject);
  const plain = statements.map(plainStatement);
  return (
    strangerIn(document, DOCUMENT_MEMBERS) ??
    statements
      .map((each) => strangerIn(each, [...STATEMENT_MEMBERS, "NotPrincipal"]) ?? effectFault(each))
      .find(Boolean) ??
    plain.map(faultOfStatement).find((fault) => fault !== undefined) ??
    sidFault(plain)
  );
}

function strangerIn(value: SymbolicObject, members: readonly string[]): string | undefined {
  const stranger = Object.keys(value).find((name) => !members.includes(name));
  return stranger === undefined ? undefined : `it has the member "${stranger}", which policies do not have`;
}

function effectFault({ Effect: effect }: SymbolicObject): string | undefined {
  if (effect instanceof Unknown || EFFECTS.some((known) => known === effect)) return undefined;
  return `an Effect is ${JSON.stringify(effect ?? null)}, not one of ${EFFECTS.join(" and ")}`;
}

/** With something that is right in the place of what is not known. */
function plainStatement(statement: SymbolicObject): PolicyStatement {
  const { Sid: sid, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  return {
    ...(typeof sid === "string" && { Sid: sid }),
    Principal: Principal ?? NotPrincipal,
    ...texts({ Action, NotAction }, "sts:AssumeRole"),
    ...texts({ Resource, NotResource }, "*"),
  };
}

function texts(
  members: Readonly<Record<string, Symbolic | undefined>>,
  right: string,
): Readonly<Record<string, readonly string[]>> {
  const entries = Object.entries(members).flatMap(([name, value]): [string, string[]][] => {
    if (value === undefined) return [];
    const list = isSymbolicList(value) ? value : [value];
    return [[name, list.map((item) => (typeof item === "string" ? item : right))]];
  });
  return Object.fromEntries(entries);
}
