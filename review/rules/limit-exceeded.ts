import { ENVIRONMENT_VARIABLES, LIFECYCLE_SECONDS, QUOTAS } from "../../aws/agentcore/limits";
import { MAX_CLIENT_SCOPES } from "../../aws/cognito/limits";
import { isSymbolicObject, type Runtime, type UserPoolClient } from "../../topology";
import { shown } from "../certainty";
import type { Report, Rule } from "../rule";

export const limitExceeded: Rule = {
  id: "limit-exceeded",
  severity: "error",
  summary: "Numbers and lengths stay within what the services take.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html",
  *check({ system }) {
    for (const runtime of system.runtimes) yield* runtimeLimits(runtime);
    for (const client of system.userPoolClients) yield* clientLimits(client);
    for (const { address, targets } of system.gateways) {
      const own = targets.filter(({ gateway }) => gateway.length === 1).length;
      if (own <= QUOTAS.targetsOfGateway) continue;
      yield {
        address,
        severity: "warning",
        message: `The gateway has ${own} targets, and an account's quota is ${QUOTAS.targetsOfGateway} unless AWS has raised it.`,
        fix: "Ask for a higher quota, or use more gateways.",
      };
    }
  },
};

function* runtimeLimits({ address, instance }: Runtime): Generator<Report> {
  const map = instance.arguments.map("environment_variables");
  const variables = map !== undefined && isSymbolicObject(map) ? Object.entries(map) : [];
  const { count, nameLength, valueLength } = ENVIRONMENT_VARIABLES;
  if (variables.length > count) {
    yield {
      address,
      message: `There are ${variables.length} environment variables, and the service takes ${count}.`,
      fix: "Use fewer, or read settings from elsewhere.",
    };
  }
  for (const [name, value] of variables) {
    const isLong = name.length > nameLength || (typeof value === "string" && value.length > valueLength);
    if (!isLong) continue;
    yield {
      address,
      message: `The environment variable ${name.slice(0, nameLength)} is too long for the service.`,
      fix: `Use names of at most ${nameLength} and values of at most ${valueLength} characters.`,
    };
  }
  const lifecycle = instance.arguments.block("lifecycle_configuration");
  for (const name of ["idle_runtime_session_timeout", "max_lifetime"]) {
    const seconds = lifecycle?.number(name);
    if (typeof seconds !== "number" || (seconds >= LIFECYCLE_SECONDS.shortest && seconds <= LIFECYCLE_SECONDS.longest))
      continue;
    yield {
      address,
      message: `${name} is ${seconds} seconds.`,
      fix: `Use ${LIFECYCLE_SECONDS.shortest} to ${LIFECYCLE_SECONDS.longest}.`,
    };
  }
}

function* clientLimits({ address, scopes }: UserPoolClient): Generator<Report> {
  const count = shown(scopes).length;
  if (count <= MAX_CLIENT_SCOPES) return;
  yield {
    address,
    message: `The client has ${count} scopes, and Cognito takes ${MAX_CLIENT_SCOPES}.`,
    fix: "Allow fewer scopes, or use more clients.",
  };
}
