import type { ResourcePolicyDeclaration } from "../../../topology";
import type { CheckRecorder } from "../../trace/hop-record";
import { operatorNotEmulated, resourceUnknown } from "./errors";
import { type AccessRequest, type Decision, evaluate, knowsOperator } from "./evaluation";
import { type PolicyDocument, type Policy, readResourcePolicy } from "./policy-document";

/** Who asks, by the names that policies have for him; none for the bearer of a token. */
export interface Caller {
  /** The name that denials give. */
  readonly arn: string;
  readonly principals: readonly string[];
}

/** Whoever is let in by a token has no name that a policy could have: developer guide, "resource-based-policies". */
export const TOKEN_BEARER: Caller = { arn: "anonymous", principals: [] };

/** What is known of each call; of the network that it comes from, nothing. */
const CONTEXT = { "aws:SecureTransport": "true", "aws:ViaAWSService": "false" };

/** The resource-based policies of AgentCore's gateways and runtimes. */
export class ResourcePolicies {
  private readonly policies = new Map<string, Policy>();

  /** @param exists whether there is a gateway, a runtime or an endpoint of an ARN */
  constructor(readonly exists: (resourceArn: string) => boolean) {}

  /** @throws AwsError ValidationException, ResourceNotFoundException, NotEmulated for an operator of a condition */
  put({ resourceArn, policy: json }: ResourcePolicyDeclaration): void {
    this.demandResource(resourceArn);
    const policy = readResourcePolicy(json);
    for (const operator of policy.document.Statement.flatMap(({ Condition = {} }) => Object.keys(Condition))) {
      if (!knowsOperator(operator)) throw operatorNotEmulated(operator);
    }
    this.policies.set(resourceArn, policy);
  }

  /** @returns undefined for a resource without a policy. @throws AwsError ResourceNotFoundException */
  get(resourceArn: string): string | undefined {
    this.demandResource(resourceArn);
    return this.policies.get(resourceArn)?.json;
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(resourceArn: string): void {
    this.demandResource(resourceArn);
    this.policies.delete(resourceArn);
  }

  /** @returns undefined for a resource without a policy, whose callers are asked for theirs alone */
  decide({ arn, principals }: Caller, action: string, resource: string): Decision | undefined {
    const policy = this.policies.get(resource);
    if (!policy) return undefined;
    const context = principals.length > 0 ? { ...CONTEXT, "aws:PrincipalArn": arn } : CONTEXT;
    const request: AccessRequest = { action, resource, principals, context };
    return evaluate([policy.document], request);
  }

  /**
   * Whether the bearer of a good token may call: a policy that does not allow it denies it.
   *
   * @returns why not, in the words of IAM
   */
  refusalOfBearer(
    action: string,
    resources: readonly string[],
    hop: CheckRecorder<"resource policy">,
  ): string | undefined {
    for (const resource of resources) {
      const decision = this.decide(TOKEN_BEARER, action, resource);
      if (decision === undefined) continue;
      const isAllowed = decision === "allowed";
      hop.check("resource policy", isAllowed, () => this.evidence(resource, decision));
      if (!isAllowed) return denial(TOKEN_BEARER, action, resource, decision);
    }
    return undefined;
  }

  evidence(resource: string, decision: Decision): { expected: string; actual: string } {
    const keys = keysOf(this.policies.get(resource)?.document);
    const unknown = keys.length > 0 ? `; nothing is known of ${keys.join(", ")}` : "";
    return { expected: `a policy of ${resource} that allows it`, actual: `${IN_WORDS[decision]}${unknown}` };
  }

  private demandResource(resourceArn: string): void {
    if (!this.exists(resourceArn)) throw resourceUnknown(resourceArn);
  }
}

const IN_WORDS = { allowed: "allowed", explicitDeny: "an explicit deny", implicitDeny: "not allowed" };

/** As the denials of callers' own policies are worded. */
export function denial({ arn }: Caller, action: string, resource: string, decision: Decision): string {
  const reason =
    decision === "explicitDeny"
      ? "with an explicit deny in a resource-based policy"
      : `because no resource-based policy allows the ${action} action`;
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** The keys of conditions that no call has here, such as `aws:SourceVpc`. */
function keysOf(policy: PolicyDocument | undefined): string[] {
  const known = [...Object.keys(CONTEXT), "aws:PrincipalArn"].map((key) => key.toLowerCase());
  const keys = (policy?.Statement ?? []).flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));
  return [...new Set(keys)].filter((key) => !known.includes(key.toLowerCase()));
}
