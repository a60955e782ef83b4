// emulator/cloud/policy/: policy engines, their policies, and what they decide.
import { POLICY } from "../../../aws/agentcore/limits";
import { POLICY_NAME } from "../../../aws/agentcore/names";
import { POLICY_VALIDATION_MODES } from "../../../aws/agentcore/values";
import type { CedarPolicyDeclaration, PolicyEngineDeclaration } from "../../../topology";
import { checkMembers } from "../agentcore-constraints";
import { name, oneOf, structure, text, UNBOUNDED } from "../constraints";
import { agentCoreArn, type Environment } from "../environment";
import type { Gateway } from "../gateway/gateways";
import { allTools } from "../gateway/catalogue/tools-list";
import { DIGITS, LOWER_CASE } from "../random";
import { Registry } from "../registry";
import type { TagMap, Tags } from "../tags";
import { timesNow, type Times } from "../times";
import { cedar } from "./cedar";
import { cedarSchema } from "./cedar-schema";
import {
  engineHasPolicies,
  engineTaken,
  engineUnknown,
  hasFindings,
  notCedar,
  policyTaken,
  policyUnknown,
} from "./errors";

const DESCRIPTION = text(POLICY.descriptionLength, undefined, 1).optional();

/** What the service asks of the members of a request, one by one. */
export const ENGINE = structure({ name: name(POLICY_NAME), description: DESCRIPTION });
export const POLICY_MEMBERS = structure({
  name: name(POLICY_NAME),
  description: DESCRIPTION,
  policyEngineId: text(UNBOUNDED),
  statement: text(POLICY.statementLength.longest, undefined, POLICY.statementLength.shortest),
  validationMode: oneOf(POLICY_VALIDATION_MODES).optional(),
});

export interface CedarPolicy extends Times {
  declaration: CedarPolicyDeclaration;
  readonly policyId: string;
  readonly policyArn: string;
}

export interface PolicyEngine extends Times {
  declaration: PolicyEngineDeclaration;
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  /** By id, in order of creation. */
  readonly policies: Map<string, CedarPolicy>;
}

/** The gateways that a statement names. */
const GATEWAY = /\bAgentCore::Gateway::"([^"]+)"/g;

/** AgentCore's policy engines with their policies. */
export class PolicyEngines extends Registry<PolicyEngine> {
  constructor(
    private readonly environment: Environment,
    private readonly tags: Tags,
    /** All of the account. */
    private readonly gateways: () => readonly Gateway[],
  ) {
    super(engineUnknown);
  }

  /** @throws AwsError ValidationException, ConflictException */
  create(declaration: PolicyEngineDeclaration, tags?: TagMap): PolicyEngine {
    cedar();
    checkMembers(ENGINE, declaration);
    if (this.all().some((engine) => engine.declaration.name === declaration.name)) throw engineTaken(declaration.name);
    const policyEngineId = this.newId(declaration.name);
    const policyEngineArn = agentCoreArn(this.environment, `policy-engine/${policyEngineId}`);
    const times = timesNow(this.environment.clock);
    const engine = { declaration, policyEngineId, policyEngineArn, policies: new Map<string, CedarPolicy>(), ...times };
    this.items.set(policyEngineId, engine);
    this.tags.create(policyEngineArn, tags);
    return engine;
  }

  ofArn(policyEngineArn: string): PolicyEngine | undefined {
    return this.all().find((engine) => engine.policyEngineArn === policyEngineArn);
  }

  /** @throws AwsError ConflictException while it has policies */
  override delete(policyEngineId: string): PolicyEngine {
    const engine = this.get(policyEngineId);
    if (engine.policies.size > 0) throw engineHasPolicies(policyEngineId);
    this.items.delete(policyEngineId);
    this.tags.delete(engine.policyEngineArn);
    return engine;
  }

  /** @throws AwsError ValidationException, ConflictException, ResourceNotFoundException */
  createPolicy(declaration: CedarPolicyDeclaration): CedarPolicy {
    checkMembers(POLICY_MEMBERS, declaration);
    const { policies, policyEngineArn } = this.get(declaration.policyEngineId);
    if ([...policies.values()].some((policy) => policy.declaration.name === declaration.name)) {
      throw policyTaken(declaration.name);
    }
    this.validate(declaration);
    const policyId = this.newId(declaration.name);
    const times = timesNow(this.environment.clock);
    const policy = { declaration, policyId, policyArn: `${policyEngineArn}/policy/${policyId}`, ...times };
    policies.set(policyId, policy);
    return policy;
  }

  /** @throws AwsError as `createPolicy` */
  updatePolicy(policyId: string, declaration: CedarPolicyDeclaration): CedarPolicy {
    const policy = this.getPolicy(declaration.policyEngineId, policyId);
    checkMembers(POLICY_MEMBERS, declaration);
    this.validate(declaration);
    policy.declaration = declaration;
    policy.updatedAt = this.environment.clock.now();
    return policy;
  }

  /** @throws AwsError ResourceNotFoundException */
  getPolicy(policyEngineId: string, policyId: string): CedarPolicy {
    const policy = this.get(policyEngineId).policies.get(policyId);
    if (!policy) throw policyUnknown(policyId);
    return policy;
  }

  /** @throws AwsError ResourceNotFoundException */
  deletePolicy(policyEngineId: string, policyId: string): CedarPolicy {
    const policy = this.getPolicy(policyEngineId, policyId);
    this.get(policyEngineId).policies.delete(policyId);
    return policy;
  }

  /** Against the schema of the gateways that the statement names. @throws AwsError ValidationException */
  private validate({ name: policyName, statement, validationMode }: CedarPolicyDeclaration): void {
    const policies = { staticPolicies: { [policyName]: statement } };
    const parsed = cedar().checkParsePolicySet(policies);
    if (parsed.type === "failure") throw notCedar(policyName, told(parsed.errors));
    if (validationMode === "IGNORE_ALL_FINDINGS") return;
    const named = [...statement.matchAll(GATEWAY)].map(([, arn]) => arn);
    const gateways = this.gateways().filter(({ attributes }) => named.includes(attributes.gatewayArn));
    const answer = cedar().validate({ policies, schema: cedarSchema(gateways.flatMap(allTools)) });
    const findings = answer.type === "failure" ? answer.errors : answer.validationErrors.map(({ error }) => error);
    if (findings.length > 0) throw hasFindings(policyName, told(findings));
  }

  private newId(from: string): string {
    return `${from}-${this.environment.random.text(10, LOWER_CASE + DIGITS)}`;
  }
}

/** Cedar's own words. */
function told(findings: readonly { readonly message: string; readonly help?: string | null }[]): string {
  return findings.map(({ message, help }) => (help ? `${message} (${help})` : message)).join("; ");
}
