import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { listTools } from "../../../emulator/cloud/gateway/catalogue/tools-list";

function gatewayWith(toolsOfTargets: readonly number[], searchType?: "SEMANTIC"): Gateway {
  const targets = toolsOfTargets.map((count, target) => ({
    status: "READY",
    lastSynchronizedAt: 1,
    tools: Array.from({ length: count }, (_, tool) => ({
      description: { name: `t${target}___${tool}`, inputSchema: {} },
    })),
  }));
  return { declaration: { searchType }, targets } as unknown as Gateway;
}

/** How many tools each page has. */
function pagesOf(gateway: Gateway): number[] {
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = listTools(gateway, cursor, "2025-11-25");
    sizes.push(page.tools.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return sizes;
}

test.each<[name: string, gateway: Gateway, pages: number[]]>([
  ["of 44 tools and the search", gatewayWith([44], "SEMANTIC"), [30, 15]],
  ["of 30 tools", gatewayWith([30]), [30]],
  ["of 30 tools and the search", gatewayWith([30], "SEMANTIC"), [30, 1]],
  ["of three targets", gatewayWith([2, 31, 1], "SEMANTIC"), [3, 30, 1, 1]],
  ["of a target without tools between others", gatewayWith([1, 0, 1]), [1, 0, 1]],
  ["of nothing but the search", gatewayWith([], "SEMANTIC"), [1]],
  ["of nothing", gatewayWith([]), [0]],
])("a catalogue %s has pages of 30 tools at most, of one target each", (_, gateway, pages) => {
  expect(pagesOf(gateway)).toEqual(pages);
});

test("a cursor that is null is none that is given", () => {
  expect(listTools(gatewayWith([44]), null, "2025-11-25").tools).toHaveLength(30);
});

test.each(["x", Buffer.from("2").toString("base64url"), 1])("a cursor that is none, as %p, is refused", (cursor) => {
  expect(() => listTools(gatewayWith([44], "SEMANTIC"), cursor, "2025-11-25")).toThrow("unknown cursor");
});
