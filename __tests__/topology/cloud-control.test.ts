import { parseDocument, topologyOf } from "../../topology";
import { temporaryFolder } from "../support/temporary-folder";
import { deploy } from "./fake-account";
import { failureOf } from "./plan/documents";
import { readTopology } from "./reading";

const GATEWAY = {
  name: "tools",
  role_arn: "arn:aws:iam::123456789012:role/tools",
  authorizer_type: "AWS_IAM",
  protocol_type: "MCP",
};
const PROPERTIES = {
  properties: { type: "string" },
  custom_claims: { type: "string" },
  oauth_2_token: { type: "string" },
  lines: { type: "array", items: { type: "object", properties: { sku: { type: "string" } } } },
};
const FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const SCHEMA = { type: "object", required: ["properties"], properties: PROPERTIES };
const TARGET = "awscc_bedrockagentcore_gateway_target.orders";
const DECLARED = {
  settings: { lambdaArn: FUNCTION_ARN, toolSchema: { inlinePayload: [{ inputSchema: SCHEMA }] } },
};
const TOOL = { name: "find_order", description: "Finds an order", input_schema: SCHEMA };
const CREDENTIAL = { credential_provider_type: "GATEWAY_IAM_ROLE" };

function target(lambdaArn: string | undefined) {
  return {
    name: "orders",
    credential_provider_configurations: [CREDENTIAL],
    target_configuration: {
      mcp: { lambda: { lambda_arn: lambdaArn, tool_schema: { inline_payload: [TOOL] } } },
    },
  };
}

test("properties of a tool's schema keep their names, and documents are texts", () => {
  const text = '{"openapi":"3.0.0"}';
  const document = { target_configuration: { mcp: { open_api_schema: { inline_payload: text } } } };
  const folder = temporaryFolder({
    "main.tf.json": {
      resource: {
        awscc_bedrockagentcore_gateway_target: {
          orders: { gateway_identifier: "g", ...target(FUNCTION_ARN) },
          api: { gateway_identifier: "g", name: "api", ...document },
        },
      },
    },
  });
  expect(deploy(readTopology(folder)).declarations).toMatchObject({
    [TARGET]: DECLARED,
    "awscc_bedrockagentcore_gateway_target.api": { settings: { inlinePayload: text } },
  });
});

/** Whatever is not written is unknown in a plan, however deep: attributes of awscc are optional and computed. */
const OPEN = {
  gateway_identifier: true,
  target_id: true,
  description: true,
  credential_provider_configurations: [{ credential_provider: true }],
  target_configuration: {
    mcp: {
      mcp_server: true,
      lambda: {
        lambda_arn: false,
        tool_schema: { s3: true, inline_payload: [{ input_schema: { description: true, items: true } }] },
      },
    },
  },
};

function planned(type: string, name: string, values: object, unknown: object, expressions: object) {
  const identity = { address: `${type}.${name}`, mode: "managed", type, name };
  return {
    value: { ...identity, values },
    change: { ...identity, change: { actions: ["create"], after: values, after_unknown: unknown } },
    configuration: { ...identity, expressions },
  };
}

function constants(values: object): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { constant_value: value as unknown }]),
  );
}

function madeOf(block: string, attribute: string): object {
  return { references: [`${block}.${attribute}`, block] };
}

/** @param open - whether the function's ARN is known only after the apply */
function plan(open: boolean): Buffer {
  const functionArn = open ? undefined : FUNCTION_ARN;
  const { mcp } = OPEN.target_configuration;
  const openMcp = { ...mcp, lambda: { ...mcp.lambda, lambda_arn: open } };
  const unknown = { ...OPEN, target_configuration: { mcp: openMcp } };
  const lambda = { function_name: "orders", role: GATEWAY.role_arn };
  const resources = [
    planned("awscc_bedrockagentcore_gateway", "tools", GATEWAY, { gateway_identifier: true }, constants(GATEWAY)),
    planned("aws_lambda_function", "orders", lambda, { arn: true }, constants(lambda)),
    planned("awscc_bedrockagentcore_gateway_target", "orders", target(functionArn), unknown, {
      ...constants(target(functionArn)),
      gateway_identifier: madeOf("awscc_bedrockagentcore_gateway.tools", "gateway_identifier"),
      ...(open && { target_configuration: madeOf("aws_lambda_function.orders", "arn") }),
    }),
  ];
  const region = { constant_value: "us-west-2" };
  return Buffer.from(
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources: resources.map(({ value }) => value) } },
      resource_changes: resources.map(({ change }) => change),
      configuration: {
        provider_config: { awscc: { name: "awscc", expressions: { region } } },
        root_module: { resources: resources.map(({ configuration }) => configuration) },
      },
    }),
  );
}

test("a plan's constants count without what the provider fills in, in the provider's region", () => {
  const topology = topologyOf(parseDocument("plan.json", plan(false)));
  expect(topology.region).toBe("us-west-2");
  expect(deploy(topology).declarations[TARGET]).toMatchObject(DECLARED);
});

test("what else is written a plan does not tell, and its configuration does", () => {
  expect(failureOf(() => deploy(topologyOf(parseDocument("plan.json", plan(true))))).message).toContain(
    "the provider awscc hides what is not written, too",
  );
  const source = temporaryFolder({
    "main.tf.json": {
      resource: {
        awscc_bedrockagentcore_gateway: { tools: GATEWAY },
        aws_lambda_function: { orders: { function_name: "orders", role: GATEWAY.role_arn } },
        awscc_bedrockagentcore_gateway_target: {
          orders: {
            gateway_identifier: "${awscc_bedrockagentcore_gateway.tools.gateway_identifier}",
            ...target("${aws_lambda_function.orders.arn}"),
          },
        },
      },
    },
  });
  const topology = topologyOf(parseDocument("plan.json", plan(true), { source }));
  expect(deploy(topology).declarations[TARGET]).toMatchObject(DECLARED);
});
