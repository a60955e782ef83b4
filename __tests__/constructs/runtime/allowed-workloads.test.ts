import type { TerraformStack } from "cdktf";
import {
  type AllowedWorkloadConfiguration,
  Gateway,
  GatewayAuthorizer,
  OutboundUserPool,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type RuntimeTargetOptions,
} from "../../../constructs";
import { OWN } from "../../../constructs/private/framework";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, fixtureArtifact, Synthesized } from "../support/synthesized";

type Options = Partial<RuntimeTargetOptions>;

const gatewayIn = (stack: TerraformStack, name = "front"): Gateway =>
  new Gateway(stack, name, { gatewayName: name, authorizerConfiguration: GatewayAuthorizer.usingAwsIam() });

/** A runtime behind a user pool. */
function runtimeIn(stack: TerraformStack, allowedWorkloadConfiguration?: AllowedWorkloadConfiguration): Runtime {
  const userPool = new OutboundUserPool(stack, "machines");
  return new Runtime(stack, "server", {
    runtimeName: "server",
    agentRuntimeArtifact: fixtureArtifact(),
    authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool, allowedWorkloadConfiguration }),
  });
}

const define = (stack: TerraformStack, options: Options = {}): Gateway => {
  const gateway = gatewayIn(stack);
  gateway.addRuntimeTarget("Tools", { ...options, runtime: options.runtime ?? runtimeIn(stack) });
  return gateway;
};

function workloadsIn(stack: Synthesized): unknown {
  const [authorizer] = stack.only("aws_bedrockagentcore_agent_runtime").authorizer_configuration as [
    { custom_jwt_authorizer: [{ allowed_workload_configuration?: unknown }] },
  ];
  return authorizer.custom_jwt_authorizer[0].allowed_workload_configuration;
}

const versionOf = ({ json }: Synthesized) => json.terraform.required_providers?.aws?.version;
const arns = (stack: Synthesized): string => JSON.stringify(workloadsIn(stack) ?? null);

describe("a runtime behind a gateway", () => {
  test("admits that gateway alone where the stack's provider has it, and asks for no newer one", () => {
    const stack = Synthesized.from(define);
    expect(versionOf(stack)).toBe(requiredWhere("6.25.0"));
    expect(arns(stack)).toMatch(
      OWN === "cdktn" ? /"\$\{aws_bedrockagentcore_gateway\.front_\w+\.gateway_arn\}"/ : /^null$/,
    );
  });

  test("does so on a release that the stack asks for on its own", () => {
    const stack = createStack();
    stack.addOverride("terraform.required_providers.aws.version", ">= 6.60, < 7");
    expect(workloadsIn(Synthesized.from(define, stack))).toHaveLength(1);
  });

  test("does so wherever it is asked for, with the provider release that knows it, for each of its gateways", () => {
    const stack = Synthesized.from((scope) => {
      const runtime = runtimeIn(scope);
      gatewayIn(scope).addRuntimeTarget("Tools", { runtime, restrictRuntime: true });
      gatewayIn(scope, "side").addRuntimeTarget("Tools", { runtime });
    });
    expect(versionOf(stack)).toBe(requiredWhere("~> 6.55"));
    expect(arns(stack).match(/gateway_arn/g)).toHaveLength(2);
  });

  test("takes everybody's calls where it is told to, or where apply calls it itself", () => {
    for (const options of [{ restrictRuntime: false }, { waitUntilReady: true }]) {
      expect(workloadsIn(Synthesized.from((stack) => define(stack, options)))).toBeUndefined();
    }
  });

  test("admits those that its authorizer names, and no others", () => {
    const stack = Synthesized.from((scope) => {
      const gateway = gatewayIn(scope);
      const runtime = runtimeIn(scope, { hostingEnvironments: [gateway], workloadIdentities: ["batch-0123456789"] });
      gateway.addRuntimeTarget("Tools", { runtime });
    });
    expect(workloadsIn(stack)).toEqual([
      {
        hosting_environment: [{ arn: expect.stringContaining(".gateway_arn}") as string }],
        workload_identities: ["batch-0123456789"],
      },
    ]);
    expect(versionOf(stack)).toBe(requiredWhere("~> 6.55"));
  });
});

describe("admission fails at synthesis", () => {
  const signed = (stack: TerraformStack) => new Runtime(stack, "signed", { agentRuntimeArtifact: fixtureArtifact() });
  const imported = (stack: TerraformStack) =>
    Runtime.fromAgentRuntimeAttributes(stack, "imported", {
      agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/server-a1b2c3d4e5",
      agentRuntimeId: "server-a1b2c3d4e5",
      agentRuntimeName: "server",
    });

  test.each<[string, (stack: TerraformStack) => Gateway, string]>([
    [
      "for a gateway that the authorizer does not name",
      (stack) => define(stack, { runtime: runtimeIn(stack, { workloadIdentities: ["batch-0123456789"] }) }),
      'The runtime "server" does not admit the gateway "front"',
    ],
    [
      "for a list without entries",
      (stack) => define(stack, { runtime: runtimeIn(stack, {}) }),
      "allowedWorkloadConfiguration names no workload",
    ],
    [
      "for a name that no identity has",
      (stack) => define(stack, { runtime: runtimeIn(stack, { workloadIdentities: ["a/b"] }) }),
      'The workload identity name "a/b" is not valid',
    ],
    [
      "for more than AWS takes",
      (stack) =>
        define(stack, {
          runtime: runtimeIn(stack, { workloadIdentities: Array.from({ length: 11 }, (_, index) => `batch-${index}`) }),
        }),
      "There are 11 workload identities: use at most 10.",
    ],
    [
      "for SigV4",
      (stack) => define(stack, { runtime: signed(stack), restrictRuntime: true }),
      "which takes SigV4, so that IAM says who may call it: leave it out.",
    ],
    [
      "for a runtime that something else makes",
      (stack) => define(stack, { runtime: imported(stack), restrictRuntime: true }),
      'restrictRuntime has no effect on the runtime "server", which something else makes: leave it out.',
    ],
    [
      "where apply calls the runtime itself",
      (stack) => define(stack, { restrictRuntime: true, waitUntilReady: true }),
      "because of waitUntilReady",
    ],
  ])("%s", (_, create, message) => {
    expect(String(errorOf(() => create(createStack())))).toContain(message);
  });
});
