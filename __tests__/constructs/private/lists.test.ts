import type { TerraformStack } from "cdktf";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  InboundUserPool,
  PolicyStatement,
  Runtime,
  RuntimeAuthorizerConfiguration,
  UserSignIn,
  ValidationError,
  WorkloadIdentity,
} from "../../../constructs";
import { Synthesized } from "../support/synthesized";

/** As JavaScript gives it. */
const text = "a text" as unknown as string[];
const discoveryUrl = "https://login.example.com/.well-known/openid-configuration";
const callbackUrls = ["https://example.com/callback"];
const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();

const byToken = (stack: TerraformStack, options: object) =>
  new Gateway(stack, "gateway", {
    authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({ discoveryUrl, ...options }),
  });

test.each<[string, (stack: TerraformStack) => unknown]>([
  ["allowedClients", (stack) => byToken(stack, { allowedClients: text })],
  ["allowedAudience", (stack) => byToken(stack, { allowedAudience: text })],
  ["allowedScopes", (stack) => byToken(stack, { allowedScopes: text })],
  [
    "workloadIdentities",
    (stack) =>
      new Runtime(stack, "runtime", {
        agentRuntimeArtifact: AgentRuntimeArtifact.fromBundledServer(),
        authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
          discoveryUrl,
          allowedClients: ["gateway"],
          allowedWorkloadConfiguration: { workloadIdentities: text },
        }),
      }),
  ],
  [
    "identityProviders",
    (stack) => {
      const signIn = [UserSignIn.authorizationCode({ callbackUrls, identityProviders: text })];
      return new InboundUserPool(stack, "people", { signIn });
    },
  ],
  [
    "allowedResourceOauth2ReturnUrls",
    (stack) => new WorkloadIdentity(stack, "agent", { allowedResourceOauth2ReturnUrls: text }),
  ],
  [
    "principals",
    (stack) => {
      new Gateway(stack, "gateway", { authorizerConfiguration }).addToResourcePolicy({ principals: text });
    },
  ],
  ["when", () => PolicyStatement.permit({ gateway: { gatewayArn: "arn" }, when: text })],
  ["unless", () => PolicyStatement.permit({ gateway: { gatewayArn: "arn" }, unless: text })],
])("%s is a list, not the letters of a text", (name, make) => {
  const synthesize = () => Synthesized.from(make);
  expect(synthesize).toThrow(ValidationError);
  expect(synthesize).toThrow(`${name} is the text "a text": pass a list, ["a text"].`);
});
