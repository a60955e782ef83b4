import { type Block, entryOf, type Text, Unknown } from "../../topology";
import { ArgumentTree } from "./argument-tree";

/** The texts at the end of a path such as `authorizer_configuration.custom_jwt_authorizer.allowed_clients`. */
export function textsAt(block: Block, path: string): readonly Text[] {
  return blocksAt(block, path).flatMap(({ block: inner, name }) => textsOf(inner, name));
}

/** The texts of an argument, which may be one or a list. */
export function textsOf(block: Block, name: string): readonly Text[] {
  const list = Array.isArray(block.value(name)) ? block.optionalTexts(name) : undefined;
  if (list !== undefined) return list instanceof Unknown ? [] : list;
  const text = block.text(name);
  return text === undefined ? [] : [text];
}

/** The innermost blocks of a path, with the name of the argument at its end; `*` stands for blocks of any name. */
export function blocksAt(block: Block, path: string): readonly { readonly block: Block; readonly name: string }[] {
  return entryOf(trees, path, () => ArgumentTree.of([path], () => path)).in(block);
}

/** Of paths that rules name. */
const trees = new Map<string, ArgumentTree<string>>();

/** The name of the argument at the end of a path. */
export function argumentOf(path: string): string {
  return path.split(".").at(-1) ?? path;
}
