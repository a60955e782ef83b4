import { readFileSync } from "node:fs";
import { join } from "node:path";
import { discard, synthesize } from "../support/synthesize";
import { examples, programOf } from "./examples";

interface Stack {
  readonly output?: Record<string, unknown>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** A reference to a secret attribute or variable. */
const secret = /client_secret\b(?!_arn)|var\.\w*(secret|api_key)/;

describe("the examples", () => {
  it.each(examples)("%s shows no secret in an output, an environment variable or a command", async (example) => {
    const folder = await synthesize(programOf(example));
    const { output = {}, resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Stack;
    await discard(folder);
    const resources = Object.values(resource).flatMap((elements) => Object.values(elements));
    expect(JSON.stringify(resources)).toMatch(secret);
    const shown = [
      output,
      ...resources.map((each) => [each.environment_variables, each.provisioner, each.description]),
    ];
    expect(shown.map((each) => JSON.stringify(each)).filter((text) => secret.test(text))).toEqual([]);
  });
});
