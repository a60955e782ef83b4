import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { run } from "./support/run";
import { temporaryFolder } from "../support/temporary-folder";

const SCRIPT = join(__dirname, "../../server/base-images.mjs");
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.index.v1+json",
  manifests: [],
});
const DIGEST = `sha256:${createHash("sha256").update(MANIFEST).digest("hex")}`;
const OLD = `sha256:${"0".repeat(64)}`;

/** A registry as far as a pull of manifests goes, which wants a token as the public ones do. */
let registry: Server;
let host: string;
let folder: string;
let told: string;

beforeEach(async () => {
  told = DIGEST;
  registry = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", `http://${host}`);
    if (pathname === "/token") {
      const asked = `${searchParams.get("service")} ${searchParams.get("scope")}`;
      response.end(JSON.stringify({ token: asked === "registry repository:team/node:pull" ? "t0ken" : undefined }));
    } else if (request.headers.authorization !== "Bearer t0ken") {
      const challenge = `Bearer realm="http://${host}/token",service="registry",scope="repository:team/node:pull"`;
      response.writeHead(401, { "WWW-Authenticate": challenge }).end();
    } else if (pathname === "/v2/team/node/manifests/24-slim") {
      expect(request.headers.accept).toContain("application/vnd.oci.image.index.v1+json");
      response.writeHead(200, { "Docker-Content-Digest": told }).end(MANIFEST);
    } else {
      response.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1");
  await once(registry, "listening");
  host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
  folder = temporaryFolder();
});
afterEach(() => {
  registry.close();
});

async function renew(dockerfile: string): Promise<{ code: number | null; stderr: string; after: string }> {
  const file = join(folder, "Dockerfile");
  writeFileSync(file, dockerfile);
  const { code, stderr } = await run(process.execPath, [SCRIPT, file]);
  return { code, stderr, after: readFileSync(file, "utf8") };
}

test("writes the digest that a tag names, for an image without one and in the place of an old one", async () => {
  const image = `${host}/team/node:24-slim`;
  const rest = "FROM --platform=linux/arm64 ${RUNTIME_IMAGE}\n";
  const { code, after } = await renew(`ARG BUNDLE_IMAGE=${image}\nARG RUNTIME_IMAGE=${image}@${OLD}\n${rest}`);
  expect(after).toBe(`ARG BUNDLE_IMAGE=${image}@${DIGEST}\nARG RUNTIME_IMAGE=${image}@${DIGEST}\n${rest}`);
  expect(code).toBe(0);
});

test("fails with one sentence, and leaves the file alone, when one of the images is not there", async () => {
  const dockerfile = `ARG BUNDLE_IMAGE=${host}/team/node:24-slim\nARG RUNTIME_IMAGE=${host}/team/node:gone\n`;
  const { code, stderr, after } = await renew(dockerfile);
  expect(stderr).toBe(`${host} answers 404 for team/node:gone.\n`);
  expect([code, after]).toStrictEqual([1, dockerfile]);
});

test("fails when the registry sends another manifest than it says", async () => {
  told = OLD;
  const dockerfile = `ARG RUNTIME_IMAGE=${host}/team/node:24-slim\n`;
  const { code, stderr, after } = await renew(dockerfile);
  expect(stderr).toContain(`is ${OLD}, but sends ${DIGEST}.`);
  expect([code, after]).toStrictEqual([1, dockerfile]);
});

test.each([
  ["FROM scratch\n", "has no line such as ARG RUNTIME_IMAGE=registry/name:tag."],
  ["ARG RUNTIME_IMAGE=node\n", "node must be written as registry/name:tag."],
  ["ARG RUNTIME_IMAGE=127.0.0.1:1/team/node:24\n", "127.0.0.1:1 cannot be reached:"],
])("fails with one sentence for %j", async (dockerfile, sentence) => {
  const { code, stderr } = await renew(dockerfile);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});

test("the server's own Dockerfile names its base images by digest, in lines that the script knows", () => {
  const dockerfile = readFileSync(join(__dirname, "../../Dockerfile"), "utf8");
  expect(dockerfile.match(/^ARG \w+_IMAGE=[\w.-]+\/[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/gm)).toHaveLength(2);
});
