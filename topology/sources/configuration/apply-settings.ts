import { objectAt, objectsAt } from "../../language/members";
import { isObject, type Value, type ValueObject } from "../../language/value";
import { allModules } from "../../modules/module";
import { readSource } from "./folder";
import { readModuleTree } from "./module-tree";

/** Where an apply of a configuration would go, and where it would keep its state. */
export interface ApplySettings {
  /** The blocks of the AWS provider in the root module and all modules below it. */
  readonly awsProviders: readonly { readonly address: string; readonly body: ValueObject }[];
  /** The kind of the backend; `cloud` for HCP Terraform, `local` where none is named. */
  readonly backend: string;
  /** The file of the local backend. @default - `terraform.tfstate` */
  readonly statePath?: Value;
}

/** @throws TopologyError where the folder holds no configuration */
export function readApplySettings(folder: string): ApplySettings {
  const source = readSource(folder);
  const awsProviders = allModules(readModuleTree(source)).flatMap(({ blockPrefix, nodes }) =>
    [...nodes.values()]
      .filter(({ keyword, labels }) => keyword === "provider" && labels[0] === "aws")
      .map(({ address, body }) => ({ address: `${blockPrefix}${address}`, body })),
  );
  const terraform = [...source.files, ...source.overrides].flatMap(({ content }) => blocksAt(content, "terraform"));
  const isInCloud = terraform.some((block) => block["cloud"] !== undefined);
  const backends = terraform.flatMap((block) => blocksAt(block, "backend"));
  const [backend = "local"] = isInCloud ? ["cloud"] : Object.keys(backends.at(-1) ?? {});
  const [{ path: statePath = undefined } = {}] = blocksAt(backends.at(-1) ?? {}, "local");
  return { awsProviders, backend, statePath };
}

/** A block is an object or, as HCL and CDKTF write it, a list of them. */
function blocksAt(content: ValueObject, name: string): readonly ValueObject[] {
  const value = content[name];
  return value !== undefined && isObject(value) ? [objectAt(content, name)] : objectsAt(content, name);
}
