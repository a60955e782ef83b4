import { eachOf, runtimes, type Rule } from "../rule";

export const vpcConfigurationMissing: Rule = {
  id: "vpc-configuration-missing",
  severity: "error",
  summary: "A runtime in a VPC names its subnets and security groups.",
  source: "https://github.com/aws/bedrock-agentcore-starter-toolkit/issues/220",
  check: eachOf(runtimes, ({ instance }) => {
    const network = instance.arguments.optionalBlock("network_configuration");
    if (network?.text("network_mode") !== "VPC" || network.isOpen("network_mode_config")) return undefined;
    const config = network.optionalBlock("network_mode_config");
    const missing = ["subnets", "security_groups"].filter((name) => {
      const list = config?.optionalTexts(name);
      return list === undefined ? config?.isOpen(name) !== true : Array.isArray(list) && list.length === 0;
    });
    if (missing.length === 0) return undefined;
    return {
      message: `The network mode is VPC without ${missing.join(" and ")}: "NetworkModeConfig is required for VPC mode".`,
      fix: "Add network_mode_config { subnets = […], security_groups = […] }, or use the mode PUBLIC.",
    };
  }),
};
