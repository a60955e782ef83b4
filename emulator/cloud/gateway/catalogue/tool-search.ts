import MiniSearch from "minisearch";

import { gatewayTool, type ToolDescription } from "../tool";

/** The tool that a gateway with semantic search puts first; names and words are AWS's own. */
export const SEARCH_TOOL = gatewayTool({
  inputSchema: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
  name: "x_amz_bedrock_agentcore_search",
  description:
    "A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many " +
    "tools available and you want to get a subset that matches the provided context.",
});

/** Not known of the service; enough to choose from and few enough to be a choice. */
const MOST_RESULTS = 10;

/** An approximation: AWS compares embeddings, this compares words of names and descriptions, best match first. */
export function searchTools(tools: readonly ToolDescription[], query: string): ToolDescription[] {
  const index = new MiniSearch<{ id: number; name: string; description: string }>({
    fields: ["name", "description"],
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean),
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 2 } },
  });
  index.addAll(tools.map(({ name, description = "" }, id) => ({ id, name, description })));
  return index
    .search(query)
    .slice(0, MOST_RESULTS)
    .flatMap(({ id }) => tools[Number(id)] ?? []);
}
