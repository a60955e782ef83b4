import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";
import { ROLE_NAME } from "../../aws/iam/names";
import { isName } from "../../aws/name-rule";
import { isAwsManagedPolicy } from "../../topology";
import type { Environment } from "../cloud/environment";
import type { Iam } from "../cloud/iam/iam";
import type { Existing } from "./existing";

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const TRUSTS_AGENTCORE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: SERVICE_PRINCIPAL }, Action: "sts:AssumeRole" }],
});

/** IAM user guide, "reference_identifiers". */
const ROLE_ID = /^AROA[A-Z0-9]{16,}$/;

/** Roles and policies that exist outside of the stack, of which nobody knows what they allow. */
export class ExistingIam {
  constructor(
    private readonly iam: Iam,
    private readonly environment: Environment,
    private readonly existing: Existing,
  ) {}

  roleOfArn(arn: string): void {
    const [, pathAndName] = this.ofAccount(arn, "role") ?? [];
    if (pathAndName !== undefined) this.role(pathAndName);
  }

  /** An ARN and an id are no name, by which AWS finds nothing. */
  roleOfName(name: string): void {
    if (isName(ROLE_NAME, name) && !ROLE_ID.test(name)) this.role(name);
  }

  /** @param pathAndName such as `service-role/mcp` */
  role(pathAndName: string): void {
    const [, path = "", name = ""] = /^(.*\/)?([^/]+)$/.exec(pathAndName) ?? [];
    const isThere = this.iam.all().some(({ roleName }) => roleName === name);
    if (isThere || this.existing.isDeclared("role", ({ roleName }) => roleName === name)) return;
    this.iam.createRole({ roleName: name, path: `/${path}`, assumeRolePolicy: TRUSTS_AGENTCORE });
    this.iam.putRolePolicy({ roleName: name, policyName: "everything", policy: EVERYTHING });
    this.existing.notice(
      `The role ${name} is none of the stack's: it is taken for one that exists, that AgentCore may assume and that may do everything.`,
    );
  }

  policyOfArn(arn: string): void {
    const [, pathAndName = ""] = this.ofAccount(arn, "policy") ?? [];
    const [, path = "", name = ""] = /^(.*\/)?([^/]+)$/.exec(pathAndName) ?? [];
    if (name === "" || isAwsManagedPolicy(arn) || this.hasPolicy(arn)) return;
    if (this.existing.isDeclared("managedPolicy", ({ policyName }) => policyName === name)) return;
    this.iam.managedPolicies.create({ policyName: name, path: `/${path}`, policy: EVERYTHING });
    this.existing.notice(
      `The policy ${name} is none of the stack's: it is taken for one that exists and that allows everything.`,
    );
  }

  private hasPolicy(arn: string): boolean {
    return this.iam.managedPolicies.all().some(({ identity }) => identity.arn === arn);
  }

  /** Nothing can be created in another account. */
  private ofAccount(arn: string, kind: string): RegExpExecArray | null {
    const { partition, accountId } = this.environment;
    return new RegExp(`^arn:${partition}:iam::${accountId}:${kind}/(.+)$`).exec(arn);
  }
}
