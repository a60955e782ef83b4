// Renews the digests of the Dockerfile's base images: asks each image's registry which one its tag names today, checks
// that the answer is the manifest with this digest, and writes it behind the tag. Argument: another Dockerfile.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const IMAGE_LINE = /^(ARG \w+_IMAGE=)([^\s@]+)(@sha256:[0-9a-f]{64})?$/gm;

/** Lists of manifests for several platforms first: the runtime image is for another one than the builder's. */
const ACCEPT = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Manifests are a few kilobytes; registries refuse more than 4 MiB. */
const TIMEOUT = 30_000;

function parseImage(image) {
  const [, host, name, tag] = /^([^/]+[.:][^/]+)\/(.+):([\w][\w.-]{0,127})$/.exec(image) ?? [];
  if (tag === undefined) throw new Error(`${image} must be written as registry/name:tag.`);
  return { host, name, tag };
}

/** A registry on this machine, as for tests, has no certificate. */
function manifestUrl({ host, name, tag }) {
  const scheme = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? "http" : "https";
  return `${scheme}://${host}/v2/${name}/manifests/${tag}`;
}

/** Public registries want a token even of those who have no account; the refusal says where to get it. */
async function anonymousToken(challenge, image) {
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  if (!/^bearer /i.test(challenge) || fields.realm === undefined) {
    throw new Error(
      `${image.host} wants to know who asks, in a way that is not known here: ${challenge || "none given"}.`,
    );
  }
  const url = new URL(fields.realm);
  if (url.protocol !== "https:" && url.hostname !== new URL(manifestUrl(image)).hostname) {
    throw new Error(`${image.host} sends for its token to ${url.origin}, which is not safe.`);
  }
  url.searchParams.set("scope", fields.scope ?? `repository:${image.name}:pull`);
  if (fields.service !== undefined) url.searchParams.set("service", fields.service);
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  const { token, access_token: accessToken } = response.ok ? await response.json() : {};
  if (token === undefined && accessToken === undefined) {
    throw new Error(`${url.origin} gave no token for ${image.name}: status ${response.status}.`);
  }
  return token ?? accessToken;
}

async function fetchManifest(image) {
  const ask = (headers) =>
    fetch(manifestUrl(image), { headers: { Accept: ACCEPT, ...headers }, signal: AbortSignal.timeout(TIMEOUT) });
  const response = await ask({});
  if (response.status !== 401) return response;
  const token = await anonymousToken(response.headers.get("www-authenticate") ?? "", image);
  return ask({ Authorization: `Bearer ${token}` });
}

/** The digest that the tag names now, computed from the manifest itself. */
async function currentDigest(text) {
  const image = parseImage(text);
  const response = await fetchManifest(image).catch((error) => {
    throw new Error(`${image.host} cannot be reached: ${error.cause?.message ?? error.message}.`);
  });
  if (!response.ok) throw new Error(`${image.host} answers ${response.status} for ${image.name}:${image.tag}.`);
  const manifest = Buffer.from(await response.arrayBuffer());
  const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
  const told = response.headers.get("docker-content-digest");
  if (told !== null && told !== digest) {
    throw new Error(`${image.host} says that ${text} is ${told}, but sends ${digest}.`);
  }
  return digest;
}

async function main() {
  const file = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../Dockerfile");
  const before = readFileSync(file, "utf8");
  const images = [...before.matchAll(IMAGE_LINE)].map(([, , image]) => image);
  if (images.length === 0) throw new Error(`${file} has no line such as ARG RUNTIME_IMAGE=registry/name:tag.`);
  const digests = new Map(await Promise.all(images.map(async (image) => [image, await currentDigest(image)])));
  // Written only once all are known, so that a registry that fails leaves the file as it was.
  const after = before.replace(IMAGE_LINE, (_line, argument, image) => `${argument}${image}@${digests.get(image)}`);
  writeFileSync(file, after);
  digests.forEach((digest, image) => console.log(`${image} is ${digest}`));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
