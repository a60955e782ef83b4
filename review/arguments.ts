import { type Block, type Text, Unknown } from "../topology";

/** The texts at the end of a path such as `authorizer_configuration.custom_jwt_authorizer.allowed_clients`. */
export function textsAt(block: Block, path: string): readonly Text[] {
  return blocksAt(block, path).flatMap(({ block: inner, name }) => {
    const list = Array.isArray(inner.value(name)) ? inner.texts(name) : undefined;
    if (list !== undefined) return list instanceof Unknown ? [] : list;
    const text = inner.text(name);
    return text === undefined ? [] : [text];
  });
}

/** The innermost blocks of a path, with the name of the argument at its end; `*` stands for blocks of any name. */
export function blocksAt(block: Block, path: string): readonly { readonly block: Block; readonly name: string }[] {
  const [name = "", ...rest] = path.split(".");
  return rest.length === 0
    ? [{ block, name }]
    : namesIn(block, name)
        .flatMap((each) => block.blocks(each))
        .flatMap((inner) => blocksAt(inner, rest.join(".")));
}

function namesIn({ values }: Block, name: string): readonly string[] {
  return name === "*" ? Object.keys(values) : [name];
}

/** The name of the argument at the end of a path. */
export function argumentOf(path: string): string {
  return path.split(".").at(-1) ?? path;
}
