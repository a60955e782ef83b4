import type { Problem } from "../../private/errors";
import { invalidBuildArg, invalidBuildOption } from "../../private/problems/images";
import type { AssetImageOptions, DockerCacheOption } from "./container-image";

/** One `NAME=value` a line. */
export function buildArgLines({ buildArgs = {} }: AssetImageOptions): string {
  return Object.entries(buildArgs)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
}

/** Arguments of `docker buildx build`, without the build's own arguments. */
export function buildOptions(options: AssetImageOptions): string[] {
  const { target, buildSsh, buildSecrets = {}, buildContexts = {}, cacheFrom = [], cacheTo, cacheDisabled } = options;
  return [
    ...(target === undefined ? [] : ["--target", target]),
    ...Object.entries(buildSecrets).flatMap(([id, source]) => ["--secret", `id=${id},${source}`]),
    ...(buildSsh === undefined ? [] : ["--ssh", buildSsh]),
    ...Object.entries(buildContexts).flatMap(([name, source]) => ["--build-context", `${name}=${source}`]),
    ...cacheFrom.flatMap((cache) => ["--cache-from", cacheOption(cache)]),
    ...(cacheTo ? ["--cache-to", cacheOption(cacheTo)] : []),
    ...(cacheDisabled === true ? ["--no-cache"] : []),
  ];
}

/** A further context is a directory unless it is an image, a layout of images, or on the web or in Git. */
export function isDirectoryContext(source: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\/|^git@/.test(source);
}

export function buildProblems(options: AssetImageOptions): Problem[] {
  const wrongArgs = Object.entries(options.buildArgs ?? {}).filter(
    ([name, value]) => !/^[A-Za-z_]\w*$/.test(name) || value.includes("\n"),
  );
  const wrongOptions = buildOptions(options).filter((option) => option === "" || option.includes("\n"));
  return [...wrongArgs.map(([name, value]) => invalidBuildArg(name, value)), ...wrongOptions.map(invalidBuildOption)];
}

function cacheOption({ type, params = {} }: DockerCacheOption): string {
  return [`type=${type}`, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join();
}
