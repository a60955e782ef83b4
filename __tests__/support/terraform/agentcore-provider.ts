import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { build } from "esbuild";

import { packagesFolder } from "../installed-packages";

const REPOSITORY = resolve(__dirname, "../../..");
/** Within the repository, so that it finds its packages. */
const BUNDLE = join(REPOSITORY, "node_modules/.cache/agentcore-provider");
const ADDRESS = "registry.terraform.io/cdktf-agentcore/agentcore";

/** The provider of `provider/agentcore/` as a process of its own, which terraform is told of by a variable. */
export class AgentCoreProviderProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param folder for its socket @param endpoint of the account */
  static async start(folder: string, endpoint: string): Promise<AgentCoreProviderProcess> {
    mkdirSync(BUNDLE, { recursive: true });
    const program = join(BUNDLE, "main.cjs");
    const entryPoints = [join(REPOSITORY, "provider/main.ts")];
    await build({ entryPoints, bundle: true, platform: "node", packages: "external", outfile: program });
    copyFileSync(join(REPOSITORY, "provider/wire/tfplugin6.proto"), join(BUNDLE, "tfplugin6.proto"));
    const socket = join(folder, "s");
    const child = spawn(process.execPath, [program, socket, packagesFolder("aws-sdk")], {
      env: {
        PATH: process.env["PATH"],
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    if (child.stdout) await once(child.stdout, "data");
    const Addr = { Network: "unix", String: socket };
    const attached = { Protocol: "grpc", ProtocolVersion: 6, Pid: child.pid, Test: true, Addr };
    return new AgentCoreProviderProcess(child, { TF_REATTACH_PROVIDERS: JSON.stringify({ [ADDRESS]: attached }) });
  }

  stop(): void {
    this.child.kill();
  }
}

/** The kinds that the provider 5.100.0 lacks, or answers in another form than later ones. */
const OF_AGENTCORE = /^aws_bedrockagentcore_|^aws_region$/;

/** Writes the override files by which the AgentCore kinds of a folder are the AgentCore provider's. */
export function divideProviders(folder: string): void {
  const kinds = { resource: {} as Kinds, data: {} as Kinds };
  for (const [, keyword, type = "", name = ""] of declarations(folder)) {
    if (!OF_AGENTCORE.test(type)) continue;
    const blocks = (kinds[keyword as keyof typeof kinds][type] ??= {});
    blocks[name] = { provider: "agentcore" };
  }
  const override = {
    terraform: {
      backend: { local: { path: "terraform.tfstate" } },
      required_providers: {
        aws: { source: "hashicorp/aws", version: "5.100.0" },
        agentcore: { source: "cdktf-agentcore/agentcore" },
      },
    },
    ...Object.fromEntries(Object.entries(kinds).filter(([, types]) => Object.keys(types).length > 0)),
  };
  writeFileSync(join(folder, "agentcore_override.tf.json"), JSON.stringify(override));
}

type Kinds = Record<string, Record<string, object>>;

function declarations(folder: string): (readonly (string | undefined)[])[] {
  return readdirSync(folder).flatMap((file) => {
    const text = /\.tf(\.json)?$/.test(file) ? readFileSync(join(folder, file), "utf8") : "";
    if (!file.endsWith(".json")) return [...text.matchAll(/^(resource|data) "(\w+)" "(\w+)"/gm)];
    const content = JSON.parse(text || "{}") as Partial<Record<string, Kinds>>;
    return ["resource", "data"].flatMap((keyword) =>
      Object.entries(content[keyword] ?? {}).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => ["", keyword, type, name]),
      ),
    );
  });
}
