import { isSymbolicObject, type Runtime, type UserPoolClient } from "../../topology";
import { shown } from "../certainty";
import type { Report, Rule } from "../rule";

const MAX_VARIABLES = 50;
const MAX_VARIABLE_NAME = 100;
const MAX_VARIABLE_VALUE = 5_000;
const LIFETIME = { shortest: 60, longest: 1_209_600 };
const MAX_CLIENT_SCOPES = 50;
const MAX_TARGETS = 100;

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
      if (own <= MAX_TARGETS) continue;
      yield {
        address,
        severity: "warning",
        message: `The gateway has ${own} targets, and an account's quota is ${MAX_TARGETS} unless AWS has raised it.`,
        fix: "Ask for a higher quota, or use more gateways.",
      };
    }
  },
};

function* runtimeLimits({ address, instance }: Runtime): Generator<Report> {
  const map = instance.arguments.map("environment_variables");
  const variables = map !== undefined && isSymbolicObject(map) ? Object.entries(map) : [];
  if (variables.length > MAX_VARIABLES) {
    yield {
      address,
      message: `There are ${variables.length} environment variables, and the service takes ${MAX_VARIABLES}.`,
      fix: "Use fewer, or read settings from elsewhere.",
    };
  }
  for (const [name, value] of variables) {
    const isLong = name.length > MAX_VARIABLE_NAME || (typeof value === "string" && value.length > MAX_VARIABLE_VALUE);
    if (!isLong) continue;
    yield {
      address,
      message: `The environment variable ${name.slice(0, MAX_VARIABLE_NAME)} is too long for the service.`,
      fix: `Use names of at most ${MAX_VARIABLE_NAME} and values of at most ${MAX_VARIABLE_VALUE} characters.`,
    };
  }
  const lifecycle = instance.arguments.block("lifecycle_configuration");
  for (const name of ["idle_runtime_session_timeout", "max_lifetime"]) {
    const seconds = lifecycle?.number(name);
    if (typeof seconds !== "number" || (seconds >= LIFETIME.shortest && seconds <= LIFETIME.longest)) continue;
    yield {
      address,
      message: `${name} is ${seconds} seconds.`,
      fix: `Use ${LIFETIME.shortest} to ${LIFETIME.longest}.`,
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
