import { arn, generatedId } from "./account";
import { hasLength, isArn, isBetween, matches, type Rule } from "../validation/rules";
import type { ObjectValue } from "../wire/value";
import { type ResourceFacts, text } from "./facts";

const name = matches("name", /^[\w+=,.@-]*$/);

/** The attribute is a JSON object, as far as it is known. */
function isJsonObject(attribute: string): Rule {
  return (config) => {
    const document = config[attribute];
    if (typeof document !== "string") return [];
    const problem = jsonProblem(document);
    if (problem === undefined) return [];
    return [
      {
        path: [attribute],
        summary: "Invalid Attribute Value",
        detail: `"${attribute}" contains an invalid JSON policy: ${problem}.`,
      },
    ];
  };
}

function jsonProblem(document: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(document);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? undefined : "not a JSON object";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function roleName(resource: ObjectValue): string {
  return typeof resource.name === "string" ? resource.name : `terraform-${generatedId("role", 26)}`;
}

/** `aws_iam_role`. */
export const role: ResourceFacts = {
  validate: [
    name,
    hasLength("name", 1, 64),
    isBetween("max_session_duration", 3600, 43_200),
    hasLength("description", 0, 1000),
    isArn("permissions_boundary"),
    isJsonObject("assume_role_policy"),
  ],
  replacedBy: ["name", "name_prefix", "path"],
  assigned: (resource, account) => ({
    name: roleName(resource),
    id: roleName(resource),
    arn: arn(account, "iam", `role${typeof resource.path === "string" ? resource.path : "/"}${roleName(resource)}`, {
      global: true,
    }),
    unique_id: `AROA${generatedId(`role ${roleName(resource)}`, 17).toUpperCase()}`,
    create_date: "2026-01-01T00:00:00Z",
  }),
};

/** `aws_iam_role_policy`. */
export const rolePolicy: ResourceFacts = {
  validate: [name, hasLength("name", 1, 128), isJsonObject("policy")],
  replacedBy: ["name", "name_prefix", "role"],
  assigned: (resource) => {
    const policyName =
      typeof resource.name === "string" ? resource.name : `terraform-${generatedId("role policy", 26)}`;
    return { name: policyName, id: `${text(resource, "role")}:${policyName}` };
  },
};

/** `aws_iam_role_policy_attachment`. */
export const rolePolicyAttachment: ResourceFacts = {
  validate: [isArn("policy_arn")],
  replacedBy: ["role", "policy_arn"],
  assigned: (resource) => ({ id: `${text(resource, "role")}-${generatedId(text(resource, "policy_arn"), 26)}` }),
};

/** `aws_iam_policy`. */
export const policy: ResourceFacts = {
  validate: [name, hasLength("name", 1, 128), isJsonObject("policy")],
  create: [hasLength("policy", 1, 6144)],
  replacedBy: ["name", "name_prefix", "path", "description"],
  assigned: (resource, account) => {
    const policyArn = arn(account, "iam", `policy/${text(resource, "name")}`, { global: true });
    return {
      id: policyArn,
      arn: policyArn,
      policy_id: `ANPA${generatedId(`policy ${policyArn}`, 17).toUpperCase()}`,
      attachment_count: 1,
    };
  },
};
