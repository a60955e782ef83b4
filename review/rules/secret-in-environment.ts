import { isSymbolicObject, referencesIn, referenceText, type Symbolic } from "../../topology";
import { eachOf, runtimes, type Rule } from "../rule";
import { isSecret, namesSecret } from "../evidence/secrets";
import { isWithheld } from "../withheld";

export const secretInEnvironment: Rule = {
  id: "secret-in-environment",
  severity: "warning",
  summary: "The environment of a runtime holds no secrets.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity.html",
  check: eachOf(runtimes, function* ({ instance }) {
    const variables = instance.arguments.optionalTextMap("environment_variables");
    if (variables === undefined || !isSymbolicObject(variables)) return;
    for (const [name, value] of Object.entries(variables)) {
      const what = secretIn(name, value);
      if (what === undefined) continue;
      yield {
        message: `The environment variable ${name} holds ${what}, which everybody reads who may read the runtime or the state.`,
        fix: "Have the server read it from Secrets Manager or AgentCore Identity, and pass its name only.",
      };
    }
  }),
};

/** An ARN, a URL, or the name of a parameter such as `/prod/database/password`. */
const NAMES_ELSEWHERE = /^(arn:|https?:|(\/[\w.-]+){2,}$)/;

/** The value itself is never shown. */
function secretIn(name: string, value: Symbolic): string | undefined {
  if (isWithheld(value)) return "a value that is marked as sensitive";
  const reference = referencesIn(value).find(isSecret);
  if (reference !== undefined) return referenceText(reference);
  return typeof value === "string" && value.length > 7 && !NAMES_ELSEWHERE.test(value) && namesSecret(name)
    ? "a secret in plain text"
    : undefined;
}
