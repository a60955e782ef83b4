// review/evidence/: what several rules ask of a system.

import { type Runtime, type TextList } from "../../topology";

/** The headers that a runtime hands to its server beside those of the protocol; undefined where that is not shown. */
export function allowedHeaders({ instance }: Runtime): TextList | undefined {
  const block = instance.arguments;
  if (block.isOpen("request_header_configuration")) return undefined;
  return block.optionalBlock("request_header_configuration")?.optionalTexts("request_header_allowlist") ?? [];
}
