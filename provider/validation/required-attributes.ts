import type { Block } from "../schema/model";
import { isList, isObject, type ObjectValue } from "../wire/value";
import type { Path, Violation } from "../wire/violation";

/** Terraform itself sees that a required attribute is written; that it is not null is the provider's to check. */
export function missingAttributes(block: Block, value: ObjectValue, path: Path = []): readonly Violation[] {
  const missing = block.attributes.filter(({ name, required }) => required && value[name] === null);
  const nested = block.blocks.flatMap((child) => {
    const found = value[child.name] ?? null;
    const elements = isList(found)
      ? found.map((element, index) => [element, [index]] as const)
      : [[found, []] as const];
    return elements.flatMap(([element, step]) =>
      isObject(element) ? missingAttributes(child.block, element, [...path, child.name, ...step]) : [],
    );
  });
  return [...missing.map(({ name }) => violation([...path, name])), ...nested];
}

function violation(path: Path): Violation {
  return {
    path,
    summary: "Missing Configuration for Required Attribute",
    detail: `${path.join(".")} must not be null: the provider has marked it as required.`,
  };
}
