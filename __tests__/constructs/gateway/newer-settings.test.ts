import { Gateway, GatewayAuthorizer, GatewayProtocol } from "../../../constructs";
import { requiredWhere } from "../support/bindings";
import { removeOutput, Synthesized } from "../support/synthesized";

afterAll(removeOutput);

const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();
const versionOf = ({ json }: Synthesized) => json.terraform.required_providers?.aws;

test("a gateway keeps sessions and streams, with the provider release that knows both", () => {
  const protocolConfiguration = GatewayProtocol.mcp({ sessionTimeoutInSeconds: 900, enableResponseStreaming: true });
  const stack = Synthesized.from(
    (scope) => new Gateway(scope, "gateway", { authorizerConfiguration, protocolConfiguration }),
  );
  expect(stack.only("aws_bedrockagentcore_gateway").protocol_configuration).toMatchObject([
    {
      mcp: [
        {
          session_configuration: [{ session_timeout_in_seconds: 900 }],
          streaming_configuration: [{ enable_response_streaming: true }],
        },
      ],
    },
  ]);
  expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.49") });
});

test("a target passes on the headers and query parameters that it is told to", () => {
  const stack = Synthesized.from((scope) =>
    new Gateway(scope, "gateway", { authorizerConfiguration }).addMcpServerTarget("notes", {
      endpoint: "https://mcp.example.com/",
      credentialProviderConfigurations: [],
      metadataConfiguration: { allowedRequestHeaders: ["X-Tenant"], allowedQueryParameters: ["version"] },
    }),
  );
  expect(stack.only("aws_bedrockagentcore_gateway_target").metadata_configuration).toEqual([
    { allowed_request_headers: ["X-Tenant"], allowed_query_parameters: ["version"] },
  ]);
  expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.40") });
});
