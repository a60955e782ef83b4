import type { Context, EntityJson } from "@cedar-policy/cedar-wasm/nodejs";

import type { PolicyEngineConfiguration } from "../../../topology";
import type { HopRecorder, Trace } from "../../trace/hop-record";
import { AwsError } from "../errors";
import type { Gateway } from "../gateway/gateways";
import type { OutboundAuthorization } from "../gateway/outbound/outbound-authorization";
import type { ToolDescription } from "../gateway/tool";
import type { PolicyCaller, PolicyQuestion, ToolPolicy } from "../gateway/tool-policy";
import { cedar } from "./cedar";
import { cedarValue, NAMESPACE } from "./cedar-schema";
import { engineGone, evaluationFailed } from "./errors";
import type { PolicyEngine, PolicyEngines } from "./policy-engines";

/** The engine's answer about one call. */
interface Decision {
  readonly isAllowed: boolean;
  /** Names of the policies that decided; none where no policy permits. @default - Cedar cannot read what it is asked */
  readonly determining?: readonly string[];
  /** For the trace. */
  readonly told: string;
}

/** Asks the policy engine of a gateway about the calls of its tools, in the name of the gateway's role. */
export class PolicyDecisions implements ToolPolicy {
  constructor(
    private readonly engines: PolicyEngines,
    private readonly outbound: OutboundAuthorization,
  ) {}

  refusal(
    { gateway, configuration, caller }: PolicyQuestion,
    tool: ToolDescription,
    toolArguments: unknown,
    trace: Trace,
  ): string | undefined {
    const isEnforced = configuration.mode === "ENFORCE";
    const station = gateway.attributes.gatewayArn;
    return trace.hop({ name: "policy engine", station }, (hop) => {
      const engine = this.askedAs(gateway, configuration, "AuthorizeAction", hop);
      const { isAllowed, determining, told } = decide(engine, requestOf(gateway, caller, tool, toolArguments));
      hop.check("policies", isAllowed || !isEnforced, () => ({
        expected: `a policy of ${engine.declaration.name} that permits ${tool.name}, and none that forbids it`,
        actual: `${told} in ${configuration.mode}`,
      }));
      if (isAllowed || !isEnforced) return undefined;
      if (!determining) throw evaluationFailed("tool call");
      const reason =
        determining.length === 0 ? "no determining policies" : `determining policies: ${determining.join(", ")}`;
      return `AuthorizeActionException - Tool Execution Denied: Tool call not allowed due to policy enforcement [Policy evaluation denied due to ${reason}]`;
    });
  }

  listable({ gateway, configuration, caller }: PolicyQuestion, trace: Trace): (tool: ToolDescription) => boolean {
    if (configuration.mode !== "ENFORCE") return () => true;
    const station = gateway.attributes.gatewayArn;
    const engine = trace.hop({ name: "policy engine", station }, (hop) =>
      this.askedAs(gateway, configuration, "PartiallyAuthorizeActions", hop),
    );
    return (tool) => {
      const context = { input: { __extn: { fn: "unknown", arg: "input" } } };
      const request = { ...requestOf(gateway, caller, tool, {}), context };
      const answer = orFailure(() => cedar().isAuthorizedPartial({ ...request, policies: policiesOf(engine) }));
      return answer.type === "residuals" && answer.response.decision !== "deny";
    };
  }

  /** The engine, once the gateway's role may ask it. @throws AwsError InternalServerException */
  private askedAs(
    gateway: Gateway,
    { arn }: PolicyEngineConfiguration,
    action: "AuthorizeAction" | "PartiallyAuthorizeActions",
    hop: HopRecorder<"policy engine">,
  ): PolicyEngine {
    const session = this.outbound.assumeServiceRole(gateway, hop);
    const resources = [arn, gateway.attributes.gatewayArn];
    const name = `bedrock-agentcore:${action}` as const;
    try {
      session.authorize(name, resources);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      hop.check(name, false, { expected: resources.join(" and "), actual: error.message });
      const what = action === "AuthorizeAction" ? "tool call" : "list tools";
      throw evaluationFailed(what);
    }
    hop.check(name, true, { expected: resources.join(" and "), actual: session.arn });
    const engine = this.engines.ofArn(arn);
    if (!engine) throw engineGone(arn);
    return engine;
  }
}

const uid = (type: string, id: string) => ({ type: `${NAMESPACE}::${type}`, id });

function requestOf(gateway: Gateway, caller: PolicyCaller, { name, inputSchema }: ToolDescription, given: unknown) {
  const resource = uid("Gateway", gateway.attributes.gatewayArn);
  const principal = principalOf(caller);
  const action = uid("Action", name);
  return {
    principal: principal.uid,
    action,
    resource,
    context: { input: cedarValue(given, inputSchema) } as Context,
    entities: [
      principal,
      { uid: resource, attrs: {}, parents: [] },
      { uid: action, attrs: {}, parents: [uid("Action", "CallTool")] },
      { uid: uid("Action", "CallTool"), attrs: {}, parents: [uid("Action", "Mcp")] },
      { uid: uid("Action", "Mcp"), attrs: {}, parents: [] },
    ],
  };
}

/** Claims are tags, and each is a text: developer guide, "policy-schema-constraints". */
function principalOf(caller: PolicyCaller): EntityJson {
  const { arn, claims = {} } = caller;
  if (arn !== undefined) return { uid: uid("IamEntity", arn), attrs: { id: arn }, parents: [] };
  const id = typeof claims["sub"] === "string" ? claims["sub"] : "";
  const tags = Object.fromEntries<string>(
    Object.entries(claims).map(([name, claim]) => [name, typeof claim === "string" ? claim : JSON.stringify(claim)]),
  );
  return { uid: uid("OAuthUser", id), attrs: { id }, parents: [], tags };
}

function policiesOf({ policies }: PolicyEngine) {
  const statements = [...policies.values()].map(({ declaration }) => [declaration.name, declaration.statement]);
  return { staticPolicies: Object.fromEntries(statements) as Record<string, string> };
}

/** Policies whose conditions cannot be evaluated are passed over, as Cedar does it, and the trace says so. */
function decide(engine: PolicyEngine, request: ReturnType<typeof requestOf>): Decision {
  const answer = orFailure(() => cedar().isAuthorized({ ...request, policies: policiesOf(engine) }));
  if (answer.type === "failure") {
    const reasons = answer.errors.map(({ message }) => message).join("; ");
    return { isAllowed: false, told: `undecided, since Cedar says: ${reasons},` };
  }
  const { decision, diagnostics } = answer.response;
  const isAllowed = decision === "allow";
  const by = `${isAllowed ? "permitted" : "denied"} by ${diagnostics.reason.join(", ") || "no policy"}`;
  const passedOver = diagnostics.errors.map(({ policyId, error }) => `, passed over ${policyId}: ${error.message},`);
  return { isAllowed, determining: diagnostics.reason, told: by + passedOver.join("") };
}

/** Of a number beyond its own Cedar says that it fails; half of a pair of characters it cannot read at all. */
function orFailure<Answer>(ask: () => Answer): Answer | { type: "failure"; errors: { message: string }[] } {
  try {
    return ask();
  } catch (error) {
    return { type: "failure", errors: [{ message: String(error) }] };
  }
}
