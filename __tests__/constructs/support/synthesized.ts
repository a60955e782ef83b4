import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AgentRuntimeArtifact } from "../../../constructs";
import type { PolicyStatement } from "../../../constructs/private/iam-policy";
import { temporaryFolder } from "../../support/temporary-folder";

type Json = Record<string, unknown>;

/** A stack on its own, with the AWS provider that every construct expects. */
export function createStack(region = "us-east-1"): TerraformStack {
  const stack = new TerraformStack(new App({ outdir: temporaryFolder() }), "stack");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  return stack;
}

/** The Terraform JSON of a stack, read back from the file that terraform would read. */
export class Synthesized {
  public static from(define: (stack: TerraformStack) => unknown, stack = createStack()): Synthesized {
    define(stack);
    const app = App.of(stack);
    app.synth();
    return new Synthesized(join(app.outdir, "stacks", stack.node.id));
  }

  public readonly json: Record<"data" | "output" | "resource" | "terraform", Record<string, Record<string, Json>>>;

  private constructor(public readonly folder: string) {
    this.json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"), (key, value: unknown) =>
      key === "//" ? undefined : value,
    ) as Synthesized["json"];
  }

  /** Addresses of all resources, data sources and outputs, sorted. */
  public addresses(): string[] {
    const { resource = {}, data = {}, output = {} } = this.json;
    const named = (prefix: string, kinds: Record<string, Json>) =>
      Object.entries(kinds).flatMap(([kind, elements]) =>
        Object.keys(elements).map((name) => `${prefix}${kind}.${name}`),
      );
    return [
      ...named("", resource),
      ...named("data.", data),
      ...Object.keys(output).map((name) => `output.${name}`),
    ].sort();
  }

  /** The arguments of the resource at an address. */
  public resource(address: string): Json {
    const [kind = "", name = ""] = address.split(".");
    const found = this.json.resource[kind]?.[name];
    if (!found) throw new Error(`No ${address} among ${this.addresses().join(", ")}.`);
    return found;
  }

  /** The only resource of a kind. */
  public only(kind: string): Json {
    const [element, ...others] = Object.values(this.json.resource[kind] ?? {});
    if (!element || others.length > 0) throw new Error(`Expected one ${kind} among ${this.addresses().join(", ")}.`);
    return element;
  }
}

export function statementsOf(policy: unknown): PolicyStatement[] {
  return (JSON.parse(String(policy)) as { Statement: PolicyStatement[] }).Statement;
}

/** A secret as programs should pass it: the value of the stack's sensitive variable. */
export function secretOf(stack: TerraformStack): string {
  const existing = stack.node.tryFindChild("secret");
  const variable =
    existing instanceof TerraformVariable ? existing : new TerraformVariable(stack, "secret", { sensitive: true });
  return variable.stringValue;
}

export const serverFixture = resolve(__dirname, "../fixtures/mcp-server");

/** An artifact that does not depend on the bundled server. */
export const fixtureArtifact = (): AgentRuntimeArtifact => AgentRuntimeArtifact.fromAsset({ directory: serverFixture });

/** What a function throws, or the synthesis of the construct that it returns; fails when neither does. */
export function errorOf(action: () => unknown): unknown {
  try {
    const result = action();
    if (Construct.isConstruct(result)) App.of(result).synth();
  } catch (error) {
    return error;
  }
  throw new Error("Expected an error.");
}

/** Of a role that no construct made. */
export const TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});
