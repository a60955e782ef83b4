import { App, TerraformProvider, TerraformStack } from "cdktf";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  OAuth2CredentialProvider,
  Runtime,
} from "../../../constructs";
import { highestAllowed, isOlder } from "../../../constructs/private/version-constraint";
import { required, requiredWhere } from "../support/bindings";
import { createStack, errorOf, fixtureArtifact, secretOf, Synthesized } from "../support/synthesized";

const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";
const pin = (stack: TerraformStack, version: string) =>
  stack.addOverride("terraform.required_providers.aws.version", version);

/** Needs 6.40 for the scopes and 6.48 for the target. */
function defineNewer(stack: TerraformStack): Gateway {
  const authorizerConfiguration = GatewayAuthorizer.usingCustomJwt({ discoveryUrl, allowedScopes: ["call"] });
  const gateway = new Gateway(stack, "front", { authorizerConfiguration });
  gateway.addMcpServerTarget("Tools", {
    endpoint: "https://mcp.example/mcp",
    credentialProviderConfigurations: [GatewayCredentialProvider.fromIamRole({ service: "lambda" })],
  });
  return gateway;
}

describe("fields that the bindings lack", () => {
  test("raise the required provider version to the newest that is needed", () => {
    const synthesized = Synthesized.from(defineNewer);
    expect(synthesized.json.terraform.required_providers?.aws?.version).toBe(requiredWhere("~> 6.48"));
    expect(synthesized.only("aws_bedrockagentcore_gateway").authorizer_configuration).toEqual([
      { custom_jwt_authorizer: [{ discovery_url: discoveryUrl, allowed_scopes: ["call"] }] },
    ]);
  });

  test("leave the pin alone when they are not used", () => {
    const artifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/tools:1" });
    const { json } = Synthesized.from((stack) => new Runtime(stack, "tools", { agentRuntimeArtifact: artifact }));
    expect(json.terraform.required_providers?.aws?.version).toBe(required);
  });

  test.each([">= 6.30", "6.66.0", "~> 6.50", "~> 6", ">= 6.0, < 7"])(
    "accept the stack's own constraint %j",
    (version) => {
      const before = Synthesized.from((stack) => [pin(stack, version), defineNewer(stack)]);
      const after = Synthesized.from((stack) => [defineNewer(stack), pin(stack, version)]);
      for (const { json } of [before, after]) expect(json.terraform.required_providers?.aws?.version).toBe(version);
    },
  );

  test.each(["6.25.0", "= 6.47.9", "~> 6.25.0", "< 6.40", ">= 6.0, < 6.45"])(
    "fail when the stack pins %j on purpose, before or after",
    (version) => {
      const before = createStack();
      pin(before, version);
      const after = createStack();
      const [first, second] = [before, after].map(defineNewer);
      pin(after, version);
      for (const gateway of [first, second]) {
        const error = errorOf(() => gateway);
        expect(error).toMatchObject({ code: "PROVIDER_TOO_OLD" });
        expect(String(error)).toContain(`6.48.0 or newer, but the stack allows "${version}" only`);
      }
    },
  );

  test("raise the required Terraform version for write-only secrets, and fail under an older pin", () => {
    const define = (stack: TerraformStack) =>
      OAuth2CredentialProvider.usingGithub(stack, "m2m", { clientId: "gateway", clientSecret: secretOf(stack) });
    expect(Synthesized.from(define).json.terraform.required_version).toBe(">= 1.11");
    const stack = createStack();
    stack.addOverride("terraform.required_version", "~> 1.10.0");
    expect(String(errorOf(() => define(stack)))).toContain("needs Terraform 1.11 or newer");
  });
});

describe("version constraints", () => {
  test.each([
    ["6.25.0", "6.25.0"],
    ["v6.25", "6.25"],
    ["~> 6.25", "6.99999"],
    ["~> 6.25.1", "6.25.99999"],
    ["< 7", "6.99999"],
    ["< 6.40.0", "6.39.99999"],
    [">= 6.0, <= 6.30, != 6.28", "6.30"],
    [">= 6.0", undefined],
    ["> 5", undefined],
  ])("%j allows at most %j", (constraint, highest) => {
    expect(highestAllowed(constraint)).toBe(highest);
  });

  test.each([
    ["6.9", "6.10", true],
    ["6.10", "6.9", false],
    ["6.10", "6.10.0", false],
    ["6", "6.0.1", true],
  ])("%s is older than %s: %s", (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });
});

/** As `cdktf get` writes it for "aws@<version>" in cdktf.json. */
class GeneratedProvider extends TerraformProvider {
  public constructor(
    stack: TerraformStack,
    version: string,
    public readonly region: string,
  ) {
    super(stack, "aws", {
      terraformResourceType: "aws",
      terraformProviderSource: "aws",
      terraformGeneratorMetadata: {
        providerName: "aws",
        providerVersion: version,
        providerVersionConstraint: version,
      },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { region: this.region };
  }
}

describe("bindings that a project has made for itself", () => {
  test("have their provider's profile used by the commands of an apply", () => {
    const stack = createStack();
    stack.node.tryRemoveChild("aws");
    Object.assign(new GeneratedProvider(stack, "6.66.0", "us-east-1"), { profile: "deploy" });
    const synthesized = Synthesized.from(
      (scope) => new Runtime(scope, "tools", { agentRuntimeArtifact: fixtureArtifact() }),
      stack,
    );
    expect(JSON.stringify(synthesized.only("terraform_data").provisioner)).toContain('"PROVIDER_PROFILE":"deploy"');
  });

  test.each([
    ["6.30.0", "~> 6.48"],
    ["6.48.0", "6.48.0"],
    ["6.70.1", "6.70.1"],
  ])("of release %s have a stack with newer fields ask for %s", (version, constraint) => {
    const stack = createStack();
    stack.node.tryRemoveChild("aws");
    new GeneratedProvider(stack, version, "us-east-1");
    const { json } = Synthesized.from(defineNewer, stack);
    expect(json.terraform.required_providers?.aws?.version).toBe(constraint);
  });

  test("have their region checked as the ready-made have", () => {
    const stack = new TerraformStack(new App(), "stack");
    new GeneratedProvider(stack, "6.30.0", "us-east1");
    expect(errorOf(() => defineNewer(stack))).toMatchObject({ code: "REGION_INVALID" });
  });
});
