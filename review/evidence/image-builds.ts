import {
  describeText,
  type Block,
  type Instance,
  type Inventory,
  type Runtime,
  type Symbolic,
  type System,
  isText,
  isSymbolicObject,
} from "../../topology";

/** A container build in the configuration, and the runtime whose image it makes. */
export interface ImageBuild {
  readonly instance: Instance;
  readonly runtime: Runtime;
  /** Such as `linux/arm64`; undefined where the build names none, null where it is not shown. */
  readonly platform: string | undefined | null;
}

const BUILD = /\b(?:docker|podman|nerdctl|finch)\s+(?:buildx\s+|image\s+)?(?:build|bake)\b/;
const IMAGE_TYPES = new Set(["docker_image", "docker_registry_image"]);

/** Builds that a runtime waits for: others make images of something else. */
export function imageBuilds({ runtimes }: System, inventory: Inventory): ImageBuild[] {
  return inventory.instances.flatMap((instance) => {
    const platforms = [...instance.provisioners.flatMap(commandPlatform), ...resourcePlatform(instance)];
    const [platform] = platforms;
    if (platform === undefined) return [];
    const dependents = inventory.dependents(instance.blockAddress);
    const runtime = runtimes.find((candidate) => dependents.has(candidate.instance.blockAddress));
    return runtime === undefined ? [] : [{ instance, runtime, platform: platform.value }];
  });
}

interface Platform {
  readonly value: string | undefined | null;
}

function commandPlatform(provisioner: Block): Platform[] {
  const command = provisioner.text("command");
  if (command === undefined) return [];
  const text = typeof command === "string" ? command : describeText(command);
  if (!BUILD.test(text)) return [];
  const environment = provisioner.optionalTextMap("environment");
  const variables = environment !== undefined && isSymbolicObject(environment) ? environment : {};
  const written =
    /--platform[= ]+["']?([^\s"'\\]+)/.exec(text)?.[1] ?? /\bDOCKER_DEFAULT_PLATFORM=["']?([^\s"']+)/.exec(text)?.[1];
  if (written === undefined) return [{ value: valueOf(variables["DOCKER_DEFAULT_PLATFORM"]) }];
  const variable = /^\$\{?(\w+)\}?$/.exec(written)?.[1];
  if (variable === undefined) return [{ value: written.includes("$") ? null : written }];
  return [{ value: valueOf(Object.hasOwn(variables, variable) ? variables[variable] : undefined) ?? null }];
}

/** Of the provider kreuzwerker/docker. */
function resourcePlatform({ type, arguments: block }: Instance): Platform[] {
  const build = IMAGE_TYPES.has(type) ? block.optionalBlock("build") : undefined;
  return build === undefined ? [] : [{ value: valueOf(build.text("platform") ?? block.text("platform")) }];
}

function valueOf(value: Symbolic | undefined): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  return isText(value) && typeof value === "string" ? value : null;
}
