import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayProtocol, McpServerBehindGateway } from "../../../constructs";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { fixtureArtifact, Synthesized } from "../support/synthesized";

const runtime = "aws_bedrockagentcore_agent_runtime.mcp_server";
const target = "aws_bedrockagentcore_gateway_target.mcp_server";

describeWithTerraform("terraform on a stack whose server changes", () => {
  let terraform: Terraform;
  let folder: string;

  beforeAll(async () => {
    terraform = await Terraform.start();
    ({ folder } = Synthesized.from(
      (stack) =>
        new McpServerBehindGateway(stack, "mcp", {
          projectName: "tools",
          agentRuntimeArtifact: fixtureArtifact(),
          environmentVariables: { LOG_LEVEL: "INFO" },
          protocolConfiguration: GatewayProtocol.mcp({ instructions: "Tools" }),
          shortAddresses: true,
        }),
    ));
    await terraform.init(folder);
    await terraform.apply(folder);
  });

  const changeInConfiguration = (before: RegExp, after: string): void => {
    const file = join(folder, "cdk.tf.json");
    const json = readFileSync(file, "utf8");
    const changed = json.replace(before, after);
    expect(changed).not.toBe(json);
    writeFileSync(file, changed);
  };
  const description = async () => (await terraform.resources(folder)).get(target)?.description;

  test("updates the target in place after the runtime, so that AWS reads the tools again", async () => {
    expect(await description()).toBe("Runtime version 1");
    // The hash of the image's sources, wherever it stands.
    changeInConfiguration(/\b[0-9a-f]{32}\b/g, "another");
    const applied = (await terraform.apply(folder)).map(({ address }) => address);
    expect(applied.indexOf(target)).toBeGreaterThan(applied.indexOf(runtime));
    expect(await description()).toBe("Runtime version 2");
  });

  test("leaves the target alone when the runtime does not change", async () => {
    expect(await terraform.planDetailed(folder)).toBe(0);
    changeInConfiguration(/"Tools"/, '"Tools of the team"');
    const applied = (await terraform.apply(folder)).map(({ address }) => address);
    expect(applied).toEqual(["aws_bedrockagentcore_gateway.main"]);
  });
});
