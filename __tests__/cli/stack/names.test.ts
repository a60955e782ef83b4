import { checkNames } from "../../../cli/stack/names";
import { stackInventory } from "../../../topology";

const EXISTING = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/there_before-AbCdEfGhIj";
const server = { program: "node", arguments: [] };
const runtime = (name: string) => {
  const resource = { random_id: { x: {} }, aws_bedrockagentcore_agent_runtime: { x: { agent_runtime_name: name } } };
  return stackInventory({ resource });
};
const gateway = (host: string) => {
  const authorizer = [
    { custom_jwt_authorizer: [{ discovery_url: `https://${host}/.well-known/openid-configuration` }] },
  ];
  return stackInventory({
    resource: { aws_bedrockagentcore_gateway: { x: { name: "x", authorizer_configuration: authorizer } } },
  });
};

const api = (url: string) => {
  const payload = JSON.stringify({ openapi: "3.0.0", servers: [{ url }], paths: {} });
  return stackInventory({
    resource: {
      aws_bedrockagentcore_gateway_target: {
        x: { target_configuration: [{ mcp: [{ open_api_schema: [{ inline_payload: [{ payload }] }] }] }] },
      },
    },
  });
};

/** Of a gateway, whose function the stack does not declare. */
const interceptor = (name: string) => {
  const arn = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  return stackInventory({
    resource: {
      aws_bedrockagentcore_gateway: { x: { interceptor_configuration: [{ interceptor: [{ lambda: [{ arn }] }] }] } },
    },
  });
};

test("fails with the names of the stack for one that is not among them", () => {
  expect(() => checkNames(runtime("demo"), { serverCommands: { other: server } })).toThrow(
    "--runtime names 'other', which is not in the stack: its runtimes are demo.",
  );
  expect(() =>
    checkNames(gateway("cognito-idp.us-east-1.amazonaws.com"), { hosts: { "example.com": "http://127.0.0.1:1" } }),
  ).toThrow("--host names 'example.com', which is not in the stack: it has no hosts outside of AWS.");
  expect(() =>
    checkNames(api("https://Api.example.com/v1"), { hosts: { "example.com": "http://127.0.0.1:1" } }),
  ).toThrow("--host names 'example.com', which is not in the stack: its hosts outside of AWS are api.example.com.");
});

test.each([
  ["a runtime of the stack", () => checkNames(runtime("demo"), { serverCommands: { demo: server } })],
  [
    "a function that an interceptor names by value",
    () => checkNames(interceptor("guard"), { lambdaHandlers: { guard: server } }),
  ],
  [
    "any runtime where a name is made at the apply",
    () => checkNames(runtime("${random_id.x.hex}"), { serverCommands: { other: server } }),
  ],
  [
    "a runtime that a target's endpoint names by value",
    () =>
      checkNames(
        stackInventory({
          resource: {
            aws_bedrockagentcore_gateway_target: {
              x: {
                target_configuration: [
                  {
                    mcp: [
                      { mcp_server: [{ endpoint: `https://x/runtimes/${encodeURIComponent(EXISTING)}/invocations` }] },
                    ],
                  },
                ],
              },
            },
          },
        }),
        { serverCommands: { there_before: server } },
      ),
  ],
  [
    "the host of an API",
    () => checkNames(api("https://api.example.com/v1"), { hosts: { "api.example.com": "http://127.0.0.1:1" } }),
  ],
  [
    "any host where a variable of an API's URL may be a part of it",
    () => checkNames(api("https://{tenant}.example.com"), { hosts: { "one.example.com": "http://127.0.0.1:1" } }),
  ],
  [
    "any host where a discovery document may name it",
    () => checkNames(gateway("issuer.example"), { hosts: { "login.example": "http://127.0.0.1:1" } }),
  ],
])("lets through %s", (_, check) => {
  expect(check).not.toThrow();
});
