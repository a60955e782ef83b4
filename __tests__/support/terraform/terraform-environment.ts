import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

const awsProvider = "registry.terraform.io/hashicorp/aws";

/**
 * The environment of terraform in tests. Nothing of the caller's AWS or Terraform settings gets in, and nothing gets
 * out: the AWS provider is the stand-in behind the socket, other providers would have to be in an empty folder, and
 * the credentials are not real.
 *
 * @param home - an empty folder for what terraform writes about itself
 * @param commands - folder of commands that hide those of the machine
 */
export async function terraformEnvironment(home: string, socket: string, commands: string): Promise<NodeJS.ProcessEnv> {
  const cliConfiguration = join(home, "terraform.rc");
  const noProviders = join(home, "providers");
  await mkdir(noProviders, { recursive: true });
  await writeFile(
    cliConfiguration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(noProviders)}\n  }\n}\n`,
  );
  return {
    PATH: [commands, process.env.PATH].join(delimiter),
    HOME: home,
    AWS_ACCESS_KEY_ID: "stand-in",
    AWS_SECRET_ACCESS_KEY: "stand-in",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: cliConfiguration,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    // A fifth of terraform's time would go into keeping its memory small.
    GOGC: "400",
    TF_REATTACH_PROVIDERS: JSON.stringify({
      [awsProvider]: {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: process.pid,
        Test: true,
        Addr: { Network: "unix", String: socket },
      },
    }),
  };
}
