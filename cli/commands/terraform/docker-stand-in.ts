import { createHash } from "node:crypto";
import { once } from "node:events";

import { AwsClient } from "aws4fetch";

import { readContainerUri } from "../../../aws/agentcore/names";
import { CommandFailure } from "../../errors";

/** An image that nobody builds: AWS takes a manifest whose layers it has, the emulator any. */
const MANIFEST = { schemaVersion: 2, mediaType: "application/vnd.docker.distribution.manifest.v2+json" };

/** Stands in for docker below `cdktf-agentcore terraform`: what is pushed is noted in the emulated repository. */
export async function dockerStandIn(parameters: readonly string[]): Promise<void> {
  if (parameters.includes("login") && parameters.includes("--password-stdin")) {
    // Whoever writes the password may be at it still.
    process.stdin.resume();
    await once(process.stdin, "end");
  }
  for (const image of pushedImages(parameters)) {
    await push(image);
    process.stderr.write(
      `cdktf-agentcore: ${image} is noted in the emulated repository; it is neither built nor run.\n`,
    );
  }
}

/** @returns the images that the command line pushes */
function pushedImages(parameters: readonly string[]): string[] {
  if (parameters[0] === "push") return parameters.filter((each, index) => index > 0 && !each.startsWith("-"));
  if (!parameters.includes("--push")) return [];
  return parameters.flatMap((each, index) => {
    if (each === "-t" || each === "--tag") return [parameters[index + 1] ?? ""];
    return each.startsWith("--tag=") ? [each.slice("--tag=".length)] : [];
  });
}

/** @throws CommandFailure in the words of the repository */
async function push(image: string): Promise<void> {
  const uri = readContainerUri(image);
  const url = process.env["AWS_ENDPOINT_URL"];
  if (uri?.region === undefined || url === undefined) return;
  const { region, repository: repositoryName, tag: imageTag = "latest" } = uri;
  const digest = `sha256:${createHash("sha256").update(image).digest("hex")}`;
  const imageManifest = JSON.stringify({ ...MANIFEST, config: { digest, size: 2 }, layers: [] });
  const signer = { accessKeyId: "test", secretAccessKey: "test", service: "ecr", region, retries: 0 };
  const answer = await new AwsClient(signer).fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.PutImage",
    },
    body: JSON.stringify({ repositoryName, imageTag, imageManifest }),
  });
  if (answer.ok) return;
  const { __type, message } = (await answer.json()) as { readonly __type?: string; readonly message?: string };
  if (__type !== "ImageAlreadyExistsException") throw new CommandFailure(`${image} is not taken: ${message}`);
}
