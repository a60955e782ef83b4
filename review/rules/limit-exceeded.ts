import { ENVIRONMENT_VARIABLES, LIFECYCLE_SECONDS, QUOTAS } from "../../aws/agentcore/limits";
import { MAX_CLIENT_SCOPES } from "../../aws/cognito/limits";
import { type Inventory, isSymbolicObject, soleReference, type Runtime, type UserPoolClient } from "../../topology";
import { shown } from "../evidence/certainty";
import { eachOf, runtimes, type Fault, type Report, type Rule } from "../rule";

export const limitExceeded: Rule = {
  id: "limit-exceeded",
  severity: "error",
  summary: "Numbers and lengths stay within what the services take.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html",
  *check(subject) {
    const { system, inventory } = subject;
    yield* eachOf(runtimes, runtimeLimits)(subject);
    yield* eachOf(() => system.userPoolClients, clientLimits)(subject);
    for (const { address, targets } of system.gateways) {
      const own = targets.filter(({ gateway }) => gateway.length === 1).length;
      if (own > QUOTAS.targetsOfGateway) {
        yield quotaReport(address, `The gateway has ${own} targets`, "targetsOfGateway");
      }
    }
    for (const [type, quota] of Object.entries(KINDS)) {
      const all = inventory.instances.filter((instance) => instance.type === type);
      const [first] = all;
      if (first === undefined || all.length <= QUOTAS[quota]) continue;
      yield quotaReport(first.address, `There are ${all.length} of ${type}`, quota);
    }
    for (const [runtime, count] of endpointsByRuntime(inventory)) {
      if (count + 1 > QUOTAS.endpointsOfRuntime) {
        yield quotaReport(runtime, `The runtime has ${count + 1} endpoints with its own`, "endpointsOfRuntime");
      }
    }
  },
};

/** What an account may have so many of, by Terraform's name of the kind. */
const KINDS = {
  aws_bedrockagentcore_gateway: "gateways",
  aws_bedrockagentcore_agent_runtime: "runtimes",
  aws_bedrockagentcore_oauth2_credential_provider: "oauth2CredentialProviders",
  aws_bedrockagentcore_api_key_credential_provider: "apiKeyCredentialProviders",
  aws_bedrockagentcore_workload_identity: "workloadIdentities",
} as const satisfies Readonly<Record<string, keyof typeof QUOTAS>>;

function quotaReport(address: string, what: string, quota: keyof typeof QUOTAS): Report {
  return {
    address,
    severity: "warning",
    message: `${what}, and an account's quota is ${QUOTAS[quota]} unless AWS has raised it.`,
    fix: "Ask for a higher quota, or use fewer.",
  };
}

function endpointsByRuntime({ instances }: Inventory): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type, arguments: block } of instances) {
    const id = type === "aws_bedrockagentcore_agent_runtime_endpoint" ? block.text("agent_runtime_id") : undefined;
    const runtime = id === undefined ? undefined : soleReference(id)?.address;
    if (runtime !== undefined) counts.set(runtime, (counts.get(runtime) ?? 0) + 1);
  }
  return counts;
}

function* runtimeLimits({ instance }: Runtime): Generator<Fault> {
  const map = instance.arguments.optionalTextMap("environment_variables");
  const variables = map !== undefined && isSymbolicObject(map) ? Object.entries(map) : [];
  const { count, nameLength, valueLength } = ENVIRONMENT_VARIABLES;
  if (variables.length > count) {
    yield {
      message: `There are ${variables.length} environment variables, and the service takes ${count}.`,
      fix: "Use fewer, or read settings from elsewhere.",
    };
  }
  for (const [name, value] of variables) {
    const isLong = name === "" || name.length > nameLength || (typeof value === "string" && value.length > valueLength);
    if (!isLong) continue;
    yield {
      message: `The environment variable "${name.slice(0, nameLength)}" is not of a length that the service takes.`,
      fix: `Use names of 1 to ${nameLength} and values of at most ${valueLength} characters.`,
    };
  }
  const lifecycle = instance.arguments.optionalBlock("lifecycle_configuration");
  for (const name of ["idle_runtime_session_timeout", "max_lifetime"]) {
    const seconds = lifecycle?.optionalNumber(name);
    if (
      typeof seconds !== "number" ||
      (seconds >= LIFECYCLE_SECONDS.shortest && seconds <= LIFECYCLE_SECONDS.longest)
    ) {
      continue;
    }
    yield {
      message: `${name} is ${seconds} seconds.`,
      fix: `Use ${LIFECYCLE_SECONDS.shortest} to ${LIFECYCLE_SECONDS.longest}.`,
    };
  }
}

function clientLimits({ scopes }: UserPoolClient): Fault | undefined {
  const count = shown(scopes).length;
  if (count <= MAX_CLIENT_SCOPES) return undefined;
  return {
    message: `The client has ${count} scopes, and Cognito takes ${MAX_CLIENT_SCOPES}.`,
    fix: "Allow fewer scopes, or use more clients.",
  };
}
